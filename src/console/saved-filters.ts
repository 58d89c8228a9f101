import type {SavedFilter} from './keys.ts';
import {focus} from './move-actions.ts';
import {withFilter} from './prompt-actions.ts';
import type {Scene} from './scene.ts';
import {become, type Step} from './step.ts';

/** Narrows the alerts by a kept filter; the same again lifts it. */
export function callSaved(scene: Scene, {filter}: SavedFilter): Step {
  const isOn = scene.state.filters.alerts === filter.trim() && scene.state.pane === 'alerts';
  return become(focus(withFilter(scene, 'alerts', isOn ? '' : filter), 'alerts'));
}
