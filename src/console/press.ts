import type {DurationMs, Instant} from '../domain/time.ts';
import type {Translate} from '../runtime/i18n.ts';
import * as alerts from './alert-actions.ts';
import * as app from './app-actions.ts';
import {type ActionName, type Binding, bindingOf} from './keymap.ts';
import * as move from './move-actions.ts';
import * as prompts from './prompt-actions.ts';
import type {Scene} from './scene.ts';
import {type Action, become, type Hands, refuse, type Step, stay} from './step.ts';

/** What each name of the keymap does. */
const ACTIONS: Readonly<Record<ActionName, Action>> = {
  'alerts.acknowledge': alerts.acknowledge,
  'alerts.acknowledgeWith': prompts.acknowledgeWith,
  'alerts.release': alerts.release,
  'alerts.escalate': alerts.escalate,
  'alerts.note': prompts.note,
  'alerts.snooze': prompts.snooze,
  'hosts.downtime': prompts.downtime,
  'alerts.resolve': alerts.resolve,
  'app.undo': app.undo,
  'alerts.mark': alerts.mark,
  'alerts.markAll': alerts.markAll,
  'list.filter': prompts.filter,
  'list.open': app.open,
  'app.back': app.back,
  'pane.next': move.nextPane,
  'pane.previous': move.previousPane,
  'pane.customers': move.toPane('customers'),
  'pane.alerts': move.toPane('alerts'),
  'pane.hosts': move.toPane('hosts'),
  'pane.detail': move.toPane('detail'),
  'pane.events': move.toPane('events'),
  'move.down': move.down,
  'move.up': move.up,
  'move.top': move.top,
  'move.bottom': move.bottom,
  'move.pageDown': move.pageDown,
  'move.pageUp': move.pageUp,
  'app.help': app.help,
  'app.reconnect': app.reconnect,
  'app.redraw': app.redraw,
  'app.suspend': app.suspend,
  'app.quit': app.quit,
};

/** The last press of a key that changes something for everybody. */
export interface LastPress {
  readonly key: string;
  readonly at: Instant;
}

/**
 * A held key repeats after half a second and then faster than anybody presses twice: such a press of a key that changes
 * something does nothing.
 */
const REPEAT_GAP_MS: DurationMs = 700;

export function isRepeat(key: string, now: Instant, last: LastPress | null): boolean {
  return last !== null && last.key === key && now - last.at < REPEAT_GAP_MS;
}

/** One press: into the prompt or the question when one is open, else what the keymap says. Pure; effects are handed back. */
export function press(scene: Scene, key: string, hands: Hands): Step {
  const {state} = scene;
  if (state.prompt !== null) return prompts.pressInPrompt(state.prompt, key, scene, hands);
  if (state.question !== null && key === 'enter') return answerYes(scene);
  const binding = bindingOf(key);
  if (binding === undefined) return stay(scene);
  if (state.question !== null && !isAllowedOver(binding)) return stay(scene);
  if (state.help !== null && !isAllowedOver(binding)) return closeHelp(scene, binding, hands);
  const why = disabledReason(scene, binding, hands.t);
  return why === null ? ACTIONS[binding.action](scene, hands) : refuse(scene, why, hands.now);
}

/** Keys that work while a question or the help lies over the list. */
function isAllowedOver({action, group}: Binding): boolean {
  return group === 'move' || action === 'app.back' || action === 'app.quit' || action === 'app.help';
}

/** A key pressed in the help closes it, and looks, but changes nothing that was hidden behind it. */
function closeHelp(scene: Scene, binding: Binding & {readonly action: ActionName}, hands: Hands): Step {
  const state = {...scene.state, help: null};
  return binding.shared === true ? become(state) : ACTIONS[binding.action]({...scene, state}, hands);
}

/** Why a key does nothing here; null when it works. */
export function disabledReason(scene: Scene, binding: Binding, t: Translate): string | null {
  const {state} = scene;
  if (binding.shared === true) {
    if (scene.isReadOnly) return t('console.refused.readOnly');
    const roles = scene.view.collectors.map(({who}) => who?.role);
    if (roles.length > 0 && roles.every(role => role === 'viewer')) return t('console.refused.viewer');
  }
  if (binding.scope === 'alerts' && (state.pane === 'customers' || state.pane === 'hosts'))
    return t('console.refused.notHere');
  if (binding.scope === 'alerts' && state.pane === 'events') return t('console.refused.openFirst');
  if (binding.scope === 'alerts' && scene.lists.alerts.length === 0) return t('console.refused.nothing');
  return null;
}

function answerYes(scene: Scene): Step {
  const {question} = scene.state;
  if (question === null) return stay(scene);
  return {
    state: {...scene.state, question: null, marks: new Set(), notice: null, undo: question.undo},
    effects: [{type: 'send', commands: question.commands}],
  };
}
