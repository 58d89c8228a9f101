import {DAY, HOUR} from '../domain/time.ts';
import type {HostEntry} from '../view/host-entry.ts';
import {hostInDetail} from './detail.ts';
import type {WatchedCourse, WatchedHost} from './host-watch.ts';
import {panesOf, rowsIn} from './layout.ts';
import type {Scene} from './scene.ts';

/** Hosts of which figures are on the screen: those in the window of their list, and the one in the detail. */
export function visibleHosts(scene: Scene): readonly WatchedHost[] {
  const {layout, lists, state} = scene;
  const boxes = panesOf(layout);
  const list = boxes.find(({pane}) => pane === 'hosts');
  const {top} = state.lists.hosts;
  const listed = list === undefined ? [] : lists.hosts.slice(top, top + rowsIn(list));
  const selected = boxes.some(({pane}) => pane === 'detail') ? hostInDetail(scene) : null;
  const all = selected === null || listed.some(({key}) => key === selected.key) ? listed : [...listed, selected];
  return all.map(watched);
}

/** The host whose course is on the screen, and how far back. */
export function visibleCourse(scene: Scene): WatchedCourse | null {
  const isShown = scene.state.main === 'hosts' && panesOf(scene.layout).some(({pane}) => pane === 'detail');
  const host = isShown ? hostInDetail(scene) : null;
  return host === null ? null : {host: watched(host), spanMs: scene.state.historySpan === 'day' ? DAY : HOUR};
}

function watched({key, origin, facts}: HostEntry): WatchedHost {
  return {key, collector: origin.url, host: facts.key};
}
