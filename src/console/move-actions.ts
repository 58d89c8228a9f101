import {isUnhandled} from '../view/alert-entry.ts';
import {type AlertRow, ownOf} from '../view/alert-rows.ts';
import {rowAtCursor} from './alert-list.ts';
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
/**
 * What nobody has in a row: the row itself, or an alert in a fold of which somebody has a part. The row of an open fold is
 * passed by: its alerts stand below it.
 */
function openIn(row: AlertRow, by: 1 | -1): string | null {
  if (row.type === 'fold' && row.isOpen) return null;
  const firing = ownOf(row).filter(({alert}) => alert.condition === 'firing');
  const open = firing.filter(({alert}) => isUnhandled(alert));
  if (open.length === 0) return null;
  return open.length === firing.length ? row.key : (open.at(by === 1 ? 0 : -1)?.key ?? null);
}

/** To the next alert that nobody has, past the end from the start; a fold opens when only some of its alerts are meant. */
function walkOpen(scene: Scene, by: 1 | -1, {t, now}: Hands): Step {
  const {alerts} = scene.lists;
  const {index} = scene.state.lists.alerts;
  for (let step = 1; step <= alerts.length; step++) {
    const at = (index + by * step + alerts.length * step) % alerts.length;
    const row = alerts[at];
    const cursor = row === undefined ? null : openIn(row, by);
    // One that is not listed yet is in a closed fold, which opens because the cursor goes there.
    if (cursor !== null)
      return become(withList(scene.state, 'alerts', {...scene.state.lists.alerts, index: at, cursor}));
  }
  return refuse(scene, t('console.refused.noneOpen'), now);
}

/** Opens the fold under the cursor in place; in an open one goes to its first alert. */
export const openFold: Action = scene => {
  const row = rowAtCursor(scene);
  if (row?.type !== 'fold') return stay(scene);
  if (row.isOpen) return moveBy(scene, at => at + 1);
  return become({...scene.state, opened: new Set(scene.state.opened).add(row.key)});
};

/** Closes the fold that the cursor is on or in; the cursor is on its row then. */
export const closeFold: Action = scene => {
  const row = rowAtCursor(scene);
  const key = row?.type === 'alert' ? row.place?.fold.key : row?.key;
  if (key === undefined || !scene.state.opened.has(key)) return stay(scene);
  const opened = new Set(scene.state.opened);
  opened.delete(key);
  const index = scene.lists.alerts.findIndex(other => other.key === key);
  const list = {...scene.state.lists.alerts, index, cursor: key};
  return become(withList({...scene.state, opened}, 'alerts', list));
};

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
