import type {AlertEntry} from '../view/alert-entry.ts';
import {type AlertRow, alertsOf, leadOf, withOpened} from '../view/alert-rows.ts';
import type {Lists, Scene} from './scene.ts';
import type {ConsoleState} from './state.ts';

type Here = Pick<Scene, 'state' | 'lists'>;

/** The row under the cursor. */
export function rowAtCursor({state, lists}: Here): AlertRow | null {
  const {cursor, index} = state.lists.alerts;
  const there = lists.alerts[index];
  if (there?.key === cursor) return there;
  return lists.alerts.find(({key}) => key === cursor) ?? null;
}

/** Which alert the detail shows: that under the cursor, of a fold the one that needs a hand most. */
export function selectedAlert(here: Here): AlertEntry | null {
  const row = rowAtCursor(here);
  return row === null ? null : leadOf(row);
}

interface Place {
  readonly row: AlertRow;
  /** null for the key of a fold. */
  readonly entry: AlertEntry | null;
}

/** A list is looked through once, and only when something is sought that is not where it was. */
const indexes = new WeakMap<readonly AlertRow[], ReadonlyMap<string, Place>>();

function indexOf(matters: readonly AlertRow[]): ReadonlyMap<string, Place> {
  const known = indexes.get(matters);
  if (known !== undefined) return known;
  const index = new Map<string, Place>();
  for (const row of matters) {
    if (row.type === 'fold') index.set(row.key, {row, entry: null});
    for (const entry of alertsOf(row)) index.set(entry.key, {row, entry});
  }
  indexes.set(matters, index);
  return index;
}

/** The row of the folded list that an alert is in, or that a fold has. */
export function rowHolding({matters}: Pick<Lists, 'matters'>, key: string): AlertRow | null {
  return indexOf(matters).get(key)?.row ?? null;
}

/** An alert of the list, also one in a closed fold. */
export function alertInList({matters}: Pick<Lists, 'matters'>, key: string): AlertEntry | null {
  return indexOf(matters).get(key)?.entry ?? null;
}

/** Every alert of the list, also those in closed folds, in its order. */
export function everyAlert({matters}: Pick<Lists, 'matters'>): readonly AlertEntry[] {
  return matters.flatMap(alertsOf);
}

/** Do two rows stand for an alert that is the same? */
export function isSameMatter(a: AlertRow | null, b: AlertRow | null): boolean {
  if (a === null || b === null) return false;
  const keys = new Set(alertsOf(a).map(({key}) => key));
  return alertsOf(b).some(({key}) => keys.has(key));
}

/**
 * Opens the folds that stand open, and keeps the cursor on what it stood on: an alert that became part of an incident is found
 * in that row, an incident that merged in the one that survived, one that shrank to a single alert in that alert's row.
 *
 * @param before - The last scene.
 * @param lists - The lists of now; of `alerts` only `matters` is looked at.
 */
export function unfold(before: Here, state: ConsoleState, lists: Lists): Here {
  const {cursor, index} = state.lists.alerts;
  const isSame = lists.matters === before.lists.matters && state.opened === before.state.opened;
  const alerts = isSame ? before.lists.alerts : withOpened(lists.matters, state.opened);
  const here = {state, lists: alerts === lists.alerts ? lists : {...lists, alerts}};
  if (cursor === null || alerts[index]?.key === cursor || alerts.some(({key}) => key === cursor)) return here;
  const was = rowAtCursor(before);
  const isAimed = cursor !== before.state.lists.alerts.cursor;
  const holder = rowHolding(lists, cursor);
  if (holder !== null) {
    // In a closed fold. Who stood in an open one, or goes to that very alert, is to see it.
    const isWanted = isAimed || (was?.type === 'alert' && was.place !== null);
    if (!isWanted) return withCursor(here, holder.key);
    const opened = new Set(state.opened).add(holder.key);
    return {state: {...state, opened}, lists: {...lists, alerts: withOpened(lists.matters, opened)}};
  }
  if (isAimed || was?.type !== 'fold') return here;
  for (const {key} of alertsOf(was)) {
    const row = rowHolding(lists, key);
    if (row !== null) return withCursor(here, row.key);
  }
  return here;
}

function withCursor({state, lists}: Here, cursor: string): Here {
  return {state: {...state, lists: {...state.lists, alerts: {...state.lists.alerts, cursor}}}, lists};
}

/**
 * A scene as the person at the keyboard has seen it: what joined the row under the cursor since then is not in it, so that no
 * key acts on what nobody saw.
 *
 * @param seen - What stood on the screen when the finger set out.
 */
export function asSeen(scene: Scene, seen: Here): Scene {
  const row = rowAtCursor(scene);
  if (row?.type !== 'fold') return scene;
  const painted = seen.lists.matters.find(({key}) => key === row.key) ?? rowAtCursor(seen);
  if (painted === null || (painted.type === 'fold' && painted.fold === row.fold)) return scene;
  const keys = new Set(alertsOf(painted).map(({key}) => key));
  const own = row.fold.own.filter(({key}) => keys.has(key));
  if (own.length === 0 || own.length === row.fold.own.length) return scene;
  const narrowed: AlertRow = {...row, fold: {...row.fold, own}};
  const alerts = scene.lists.alerts.map(other => (other === row ? narrowed : other));
  return {...scene, lists: {...scene.lists, alerts}};
}
