import type {DrawContext} from '../view/draw-context.ts';
import {hasAffectedLine} from '../view/fold-line.ts';
import {alertInList} from './alert-list.ts';
import {detailOf} from './detail.ts';
import {helpLines} from './help-lines.ts';
import {type Layout, panesOf, rowsIn} from './layout.ts';
import {settleList} from './list-window.ts';
import {keysOf, type Scene} from './scene.ts';
import type {ConsoleState, ListName, ListState} from './state.ts';

const LISTS = ['customers', 'alerts', 'hosts', 'events', 'backups', 'sla'] as const satisfies readonly ListName[];

/**
 * Brings a scene into line with itself: cursors on records that are there, windows around cursors, nothing scrolled past its end,
 * marks only on what is listed. A state that needs none of it is the very same after it.
 */
export function settle(scene: Scene, context: DrawContext): Scene {
  const {state, layout} = scene;
  const lists = {...state.lists};
  let isChanged = false;
  for (const name of LISTS) {
    const next = settleOne(scene, name);
    if (next === state.lists[name]) continue;
    lists[name] = next;
    isChanged = true;
  }
  const listed = withMarksInSight(scene, isChanged ? {...state, lists} : state);
  return {...scene, state: withScrollInBounds({...scene, state: listed}, layout, context)};
}

function settleOne({state, lists, layout}: Scene, name: ListName): ListState {
  const box = panesOf(layout).find(({pane}) => pane === name);
  const height = box === undefined ? null : Math.max(1, rowsIn(box));
  // What happens is followed at the top, until somebody goes there and looks.
  const isFollowing = name === 'events' && state.pane !== 'events' && state.lists.events.index === 0;
  const newest = lists.events[0]?.key ?? null;
  const list =
    isFollowing && state.lists.events.cursor !== newest ? {...state.lists.events, cursor: newest} : state.lists[name];
  return settleList(list, keysOf(lists, name), height, index => rowsOf(lists, name, index));
}

/** Rows that a record takes: a fold that tells what hangs on it has one more, and so has the first of a group. */
export function rowsOf(lists: Scene['lists'], name: ListName, index: number): number {
  const row = name === 'alerts' ? lists.alerts[index] : undefined;
  if (row === undefined) return 1;
  return 1 + (hasAffectedLine(row) ? 1 : 0) + (lists.heads.has(row.key) ? 1 : 0);
}

function withMarksInSight({lists}: Scene, state: ConsoleState): ConsoleState {
  if (state.marks.size === 0) return state;
  const marks = new Set([...state.marks].filter(key => alertInList(lists, key) !== null));
  return marks.size === state.marks.size ? state : {...state, marks};
}

function withScrollInBounds(scene: Scene, layout: Layout, context: DrawContext): ConsoleState {
  const {detailTop, help, question} = scene.state;
  // Nearly always nothing is scrolled; a state that stays what it is costs no pane its lines.
  if (detailTop === 0 && (help ?? 0) === 0 && (question?.top ?? 0) === 0) return scene.state;
  const box = panesOf(layout).find(({pane}) => pane === 'detail');
  const detail = box === undefined || detailTop === 0 ? null : detailOf(scene, box, context);
  const room = bodyRows(layout);
  return {
    ...scene.state,
    detailTop: detail === null || box === undefined ? detailTop : held(detailTop, detail.length, rowsIn(box)),
    help:
      help === null || help === 0
        ? help
        : held(help, helpLines(layout.columns - 4, scene.keys.bindings, context.t).length, room),
    question:
      question === null || question.top === 0
        ? question
        : {...question, top: held(question.top, question.list.length, room)},
  };
}

/** Rows that the help or the list of a question has. */
export function bodyRows(layout: Layout): number {
  return Math.max(1, layout.rows - OVERLAY_CHROME_ROWS);
}

/** Header, border above and below, last row. */
const OVERLAY_CHROME_ROWS = 4;

function held(top: number, count: number, height: number): number {
  return Math.max(0, Math.min(top, count - height));
}
