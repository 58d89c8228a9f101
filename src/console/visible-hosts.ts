import {hostOfSelected} from './detail.ts';
import type {WatchedHost} from './host-watch.ts';
import {panesOf, rowsIn} from './layout.ts';
import type {Scene} from './scene.ts';

/** Hosts of which figures are on the screen: those in the window of their list, and the one in the detail. */
export function visibleHosts(scene: Scene): readonly WatchedHost[] {
  const {layout, lists, state} = scene;
  const boxes = panesOf(layout);
  const list = boxes.find(({pane}) => pane === 'hosts');
  const {top} = state.lists.hosts;
  const listed = list === undefined ? [] : lists.hosts.slice(top, top + rowsIn(list));
  const selected = boxes.some(({pane}) => pane === 'detail') ? hostOfSelected(scene) : null;
  const all = selected === null || listed.includes(selected) ? listed : [...listed, selected];
  return all.map(({key, origin, facts}) => ({key, collector: origin.url, host: facts.key}));
}
