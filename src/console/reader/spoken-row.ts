import {backupColumns, backupHeadLine, backupLine} from '../../view/backup-lines.ts';
import {customerColumns, customerHeadLine, customerLine} from '../../view/customer-lines.ts';
import type {DrawContext} from '../../view/draw-context.ts';
import {feedColumns, feedLine} from '../../view/feed-line.ts';
import {hostColumns, hostHeadLine, hostLine} from '../../view/host-lines.ts';
import {slaColumns, slaHeadLine, slaLine} from '../../view/sla-lines.ts';
import {rowAtCursor} from '../alert-list.ts';
import {selectedBackup} from '../backups-actions.ts';
import {detailOf, selectedHost} from '../detail.ts';
import {panesOf, rowsIn} from '../layout.ts';
import {paneContent} from '../pane-lines.ts';
import {paneTitle} from '../pane-title.ts';
import {keysOf, type Scene} from '../scene.ts';
import {NO_TREND} from '../trends.ts';
import {lineWords, tableWords} from './plain-words.ts';
import {spokenAlertRow} from './spoken-alert.ts';

/** Nothing is cut at this width. */
const WIDE = 400;

/** Name of the pane that has the keys, what it amounts to and is narrowed by. */
export function spokenTitle(scene: Scene, context: DrawContext): string {
  const [box] = panesOf(scene.layout);
  return box === undefined ? '' : lineWords(paneTitle(box, scene, context), context.t);
}

/** The row under the cursor as a sentence, and which one it is; for an empty list what it says instead. */
export function spokenRow(scene: Scene, context: DrawContext): readonly string[] {
  const {state, lists} = scene;
  if (state.pane === 'detail') return spokenDetail(scene, context);
  const words = rowWords(scene, context);
  if (words === null) return emptyWords(scene, context);
  const {t} = context;
  const {index} = state.lists[state.pane];
  const isMarked = state.pane === 'alerts' && state.marks.has(state.lists.alerts.cursor ?? '');
  const position = t('reader.position', {at: index + 1, of: keysOf(lists, state.pane).length});
  return [[...(isMarked ? [t('reader.marked')] : []), words, position].join(', ')];
}

function rowWords(scene: Scene, context: DrawContext): string | null {
  const {state, lists, trends} = scene;
  switch (state.pane) {
    case 'alerts': {
      const row = rowAtCursor(scene);
      return row === null ? null : spokenAlertRow(row, context);
    }
    case 'customers': {
      const entry = lists.customers.find(({id}) => id === state.lists.customers.cursor);
      if (entry === undefined) return null;
      const columns = customerColumns(WIDE, false);
      return tableWords(columns, customerHeadLine(columns, context), customerLine(columns, entry, context), context.t);
    }
    case 'hosts': {
      const entry = selectedHost(scene);
      if (entry === null) return null;
      const columns = hostColumns(WIDE).filter(({key}) => key !== 'trend');
      const trend = trends.get(entry.key) ?? NO_TREND;
      return tableWords(columns, hostHeadLine(columns, context), hostLine(columns, entry, trend, context), context.t);
    }
    case 'events': {
      const entry = lists.events.find(({key}) => key === state.lists.events.cursor);
      return entry === undefined ? null : lineWords(feedLine(feedColumns(WIDE), entry, context), context.t);
    }
    case 'backups': {
      const entry = selectedBackup(scene);
      if (entry === null) return null;
      const columns = backupColumns(WIDE);
      return tableWords(columns, backupHeadLine(columns, context), backupLine(columns, entry, context), context.t);
    }
    case 'sla': {
      const entry = lists.sla.find(({key}) => key === state.lists.sla.cursor);
      if (entry === undefined) return null;
      const columns = slaColumns(WIDE);
      return tableWords(columns, slaHeadLine(columns, context), slaLine(columns, entry, context), context.t);
    }
    case 'detail':
      return null;
    default:
      return state.pane satisfies never;
  }
}

function emptyWords(scene: Scene, context: DrawContext): readonly string[] {
  const [box] = panesOf(scene.layout);
  if (box === undefined) return [];
  return paneContent(box, scene, context)
    .lines.map(line => lineWords(line, context.t))
    .filter(Boolean);
}

/** The part of the detail in its window, line by line. */
function spokenDetail(scene: Scene, context: DrawContext): readonly string[] {
  const lines = detailWords(scene, context);
  const [box] = panesOf(scene.layout);
  const {detailTop} = scene.state;
  return lines.slice(detailTop, detailTop + (box === undefined ? 0 : rowsIn(box))).filter(Boolean);
}

/** Every line of the detail, blank ones too. */
export function detailWords(scene: Scene, context: DrawContext): readonly string[] {
  const [box] = panesOf(scene.layout);
  return box === undefined ? [] : detailOf(scene, box, context).map(line => lineWords(line, context.t));
}
