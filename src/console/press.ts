import type {DurationMs, Instant} from '../domain/time.ts';
import type {Translate} from '../runtime/i18n.ts';
import * as alerts from './alert-actions.ts';
import * as app from './app-actions.ts';
import * as arrange from './arrange.ts';
import * as backups from './backups-actions.ts';
import {openCommandLine, recall, runLine} from './command-line.ts';
import * as hosts from './host-actions.ts';
import type {ActionName, Binding, ConsoleBinding} from './keymap.ts';
import {keyPlace} from './keys.ts';
import * as move from './move-actions.ts';
import * as prompts from './prompt-actions.ts';
import {withOffers} from './prompt-offers.ts';
import * as filters from './saved-filters.ts';
import type {Scene} from './scene.ts';
import * as sla from './sla-actions.ts';
import {type Action, become, type Hands, refuse, type Step, stay} from './step.ts';

/** What each name of the keymap does. */
const ACTIONS: Readonly<Record<ActionName, Action>> = {
  'alerts.acknowledge': alerts.acknowledge,
  'alerts.acknowledgeWith': prompts.acknowledgeWith,
  'alerts.release': alerts.release,
  'alerts.escalate': alerts.escalate,
  'alerts.note': prompts.note,
  'alerts.snooze': prompts.snooze,
  'alerts.tell': prompts.tell,
  'alerts.wait': prompts.wait,
  'alerts.resume': sla.resume,
  'alerts.priority': prompts.priority,
  'hosts.downtime': prompts.downtime,
  'alerts.resolve': alerts.resolve,
  'app.undo': app.undo,
  'alerts.mark': alerts.mark,
  'alerts.markAll': alerts.markAll,
  'list.filter': prompts.filter,
  'list.sort': arrange.sort,
  'list.group': arrange.group,
  'alerts.copy': app.copy,
  'list.open': app.open,
  'hosts.show': hosts.show,
  'hosts.history': hosts.history,
  'hosts.children': hosts.children,
  'app.back': app.back,
  'pane.next': move.nextPane,
  'pane.previous': move.previousPane,
  'pane.customers': move.toPane('customers'),
  'pane.alerts': move.toPane('alerts'),
  'pane.hosts': move.toPane('hosts'),
  'pane.detail': move.toPane('detail'),
  'pane.events': move.toPane('events'),
  'pane.backups': move.toPane('backups'),
  'pane.sla': move.toPane('sla'),
  'backups.morningCheck': backups.morningCheck,
  'backups.restoreTest': backups.restoreTest,
  'move.down': move.down,
  'move.up': move.up,
  'move.top': move.top,
  'move.bottom': move.bottom,
  'move.pageDown': move.pageDown,
  'move.pageUp': move.pageUp,
  'alerts.openFold': move.openFold,
  'alerts.closeFold': move.closeFold,
  'alerts.nextOpen': move.nextOpen,
  'alerts.previousOpen': move.previousOpen,
  'app.command': openCommandLine,
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
  if (state.prompt?.kind === 'command') {
    if (key === 'enter') return runLine(state.prompt, scene, hands, act);
    const recalled = recall(state.prompt, key, state.history);
    if (recalled !== null) return become({...state, prompt: withOffers(recalled, scene)});
  }
  if (state.prompt !== null) return prompts.pressInPrompt(state.prompt, key, scene, hands);
  if (state.question !== null && key === 'enter') return answerYes(scene);
  const binding = scene.keys.of(key, keyPlace(state));
  if (binding === undefined) return pressSaved(scene, key);
  if (state.question !== null && !isAllowedOver(binding)) return stay(scene);
  if (state.help !== null && !isAllowedOver(binding)) return closeHelp(scene, binding, hands);
  return act(scene, binding, hands);
}

/** Does what a binding stands for, or says why not here. */
export function act(scene: Scene, binding: ConsoleBinding, hands: Hands): Step {
  const why = disabledReason(scene, binding, hands.t);
  return why === null ? ACTIONS[binding.action](scene, hands) : refuse(scene, why, hands.now);
}

/** A key under which a filter was kept narrows the list of alerts by it. */
function pressSaved(scene: Scene, key: string): Step {
  const saved = scene.keys.savedAt(key);
  if (saved === undefined || scene.state.question !== null || scene.state.help !== null) return stay(scene);
  return filters.callSaved(scene, saved);
}

/** They have nothing to do with what lies behind. */
const OVER: ReadonlySet<string> = new Set(['app.back', 'app.quit', 'app.help', 'app.redraw']);

/** Keys that work while a question or the help lies over the list. */
function isAllowedOver({action, group}: Binding): boolean {
  return group === 'move' || OVER.has(action);
}

/** A key pressed in the help closes it, and looks, but changes nothing that was hidden behind it. */
function closeHelp(scene: Scene, binding: ConsoleBinding, hands: Hands): Step {
  const state = {...scene.state, help: null};
  return binding.shared === true ? become(state) : ACTIONS[binding.action]({...scene, state}, hands);
}

const ALL_FOR_ALERTS: ReadonlySet<string> = new Set(['hosts.downtime', 'list.filter', 'list.sort', 'list.group']);

/** Keys that would act, out of sight, on another list than the one that is looked at. */
const NOT_AT: Readonly<Record<Scene['state']['main'], ReadonlySet<string>>> = {
  alerts: new Set(),
  hosts: new Set(['list.sort', 'list.group']),
  events: new Set(['list.filter', 'list.sort', 'list.group']),
  backups: ALL_FOR_ALERTS,
  sla: ALL_FOR_ALERTS,
};

/** Keys that change how the list of alerts stands, not what is in the detail. */
const FOLDS: ReadonlySet<string> = new Set(['alerts.openFold', 'alerts.closeFold']);

function isAtMain({pane, main}: Scene['state']): boolean {
  return pane === main || pane === 'detail';
}

/** Panes in which an alert is under the cursor; the detail shows one unless it was opened from the backups or the hosts. */
function hasAlerts({pane, main}: Scene['state']): boolean {
  return pane === 'alerts' || pane === 'events' || (pane === 'detail' && main !== 'backups' && main !== 'hosts');
}

/** Why a key does nothing here; null when it works. */
export function disabledReason(scene: Scene, binding: Binding, t: Translate): string | null {
  const {state} = scene;
  if (binding.shared === true) {
    if (scene.isReadOnly) return t('console.refused.readOnly');
    const roles = scene.view.collectors.map(({who}) => who?.role);
    if (roles.length > 0 && roles.every(role => role === 'viewer')) return t('console.refused.viewer');
  }
  if (binding.scope === 'backups' && keyPlace(state) !== 'backups') return t('console.refused.onlyBackups');
  if (isAtMain(state) && NOT_AT[state.main].has(binding.action)) return t('console.refused.notHere');
  if (binding.scope === 'alerts' && !hasAlerts(state)) return t('console.refused.notHere');
  if (state.pane === 'events' && (binding.scope === 'alerts' || binding.action === 'hosts.downtime'))
    return t('console.refused.openFirst');
  if (FOLDS.has(binding.action) && state.pane !== 'alerts') return t('console.refused.notHere');
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
