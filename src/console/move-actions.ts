import {isUnhandled} from '../view/alert-entry.ts';
import {panesOf, rowsIn} from './layout.ts';
import {keysOf, type Scene} from './scene.ts';
import type {ConsoleState, ListName, PaneName} from './state.ts';
import {type Action, become, type Hands, refuse, type Step, stay} from './step.ts';

/** Moves the cursor of the pane that has the keys; in the detail and the help it scrolls. */
function moveBy(scene: Scene, target: (at: number, count: number, page: number) => number): Step {
  const {state} = scene;
  if (state.question !== null) {
    const top = clamp(target(state.question.top, state.question.list.length, LIST_PAGE), state.question.list.length);
    return become({...state, question: {...state.question, top}});
  }
  if (state.help !== null) return become({...state, help: Math.max(0, target(state.help, HELP_END, LIST_PAGE))});
  const page = pageOf(scene);
  if (state.pane === 'detail') {
    return become({...state, detailTop: Math.max(0, target(state.detailTop, DETAIL_END, page))});
  }
  return moveList(scene, state.pane, target, page);
}

function moveList(
  scene: Scene,
  list: ListName,
  target: (at: number, count: number, page: number) => number,
  page: number,
): Step {
  const records = keysOf(scene.lists, list);
  if (records.length === 0) return stay(scene);
  const before = scene.state.lists[list];
  const index = clamp(target(before.index, records.length, page), records.length);
  const moved = {...before, index, cursor: records[index]?.key ?? null};
  return become(withList(scene.state, list, moved));
}

export function withList(state: ConsoleState, list: ListName, value: ConsoleState['lists'][ListName]): ConsoleState {
  const isShown = list === 'alerts' || list === 'backups' || list === 'hosts';
  const detailTop = isShown && value.cursor !== state.lists[list].cursor ? 0 : state.detailTop;
  return {...state, detailTop, lists: {...state.lists, [list]: value}};
}

/** Past any end; what is drawn knows where it really ends and is held there. */
const HELP_END = 1000;
const DETAIL_END = 10_000;
const LIST_PAGE = 10;

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}

function pageOf({layout, state}: Scene): number {
  const box = panesOf(layout).find(({pane}) => pane === state.pane);
  return box === undefined ? LIST_PAGE : Math.max(1, rowsIn(box) - 1);
}

export const down: Action = scene => moveBy(scene, at => at + 1);
export const up: Action = scene => moveBy(scene, at => at - 1);
export const top: Action = scene => moveBy(scene, () => 0);
export const bottom: Action = scene => moveBy(scene, (_, count) => count - 1);
export const pageDown: Action = scene => moveBy(scene, (at, _, page) => at + page);
/** To the next alert that nobody has, past the end from the start. */
function walkOpen(scene: Scene, by: 1 | -1, {t, now}: Hands): Step {
  const {alerts} = scene.lists;
  const {index} = scene.state.lists.alerts;
  for (let step = 1; step <= alerts.length; step++) {
    const at = (index + by * step + alerts.length * step) % alerts.length;
    const entry = alerts[at];
    if (entry === undefined || !isUnhandled(entry.alert)) continue;
    return become(withList(scene.state, 'alerts', {...scene.state.lists.alerts, index: at, cursor: entry.key}));
  }
  return refuse(scene, t('console.refused.noneOpen'), now);
}

export const nextOpen: Action = (scene, hands) => walkOpen(scene, 1, hands);
export const previousOpen: Action = (scene, hands) => walkOpen(scene, -1, hands);
export const pageUp: Action = scene => moveBy(scene, (at, _, page) => at - page);

/** Gives the keys to a pane, and the large place to what belongs there. */
export function focus(state: ConsoleState, pane: PaneName): ConsoleState {
  const isMain = pane === 'alerts' || pane === 'hosts' || pane === 'events' || pane === 'backups' || pane === 'sla';
  return {...state, pane, main: isMain ? pane : state.main};
}

export const toPane =
  (pane: PaneName): Action =>
  scene =>
    become(focus(scene.state, pane));

const ROUND: readonly PaneName[] = ['customers', 'alerts', 'hosts', 'detail', 'events', 'backups', 'sla'];

/** In the panes on the screen; on a small terminal through all of them. */
function turn(scene: Scene, by: 1 | -1): Step {
  const {layout, state} = scene;
  const round = layout.kind === 'panes' ? panesOf(layout).map(({pane}) => pane) : ROUND;
  const at = Math.max(0, round.indexOf(state.pane));
  const next = round[(at + by + round.length) % round.length] ?? 'alerts';
  // The large pane keeps what it shows when the keys go to a small one beside it.
  return become(layout.kind === 'panes' && next !== layout.main.pane ? {...state, pane: next} : focus(state, next));
}

export const nextPane: Action = scene => turn(scene, 1);
export const previousPane: Action = scene => turn(scene, -1);
