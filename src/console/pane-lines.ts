import {type AlertColumn, alertColumns, alertHeadLine, alertLine} from '../view/alert-lines.ts';
import {type AlertRow, leadOf, ownOf} from '../view/alert-rows.ts';
import {backupColumns, backupHeadLine, backupLine} from '../view/backup-lines.ts';
import {emptyLines} from '../view/calm.ts';
import {truncateLine, wrapText} from '../view/cells.ts';
import type {FittedColumn} from '../view/columns.ts';
import {customerColumns, customerHeadLine, customerLine} from '../view/customer-lines.ts';
import type {DrawContext} from '../view/draw-context.ts';
import {feedColumns, feedLine} from '../view/feed-line.ts';
import {affectedLine, foldLine, memberLine} from '../view/fold-line.ts';
import {groupLine} from '../view/group-line.ts';
import {hostColumns, hostHeadLine, hostLine} from '../view/host-lines.ts';
import {onCallFor} from '../view/on-call.ts';
import {onCallLines} from '../view/on-call-line.ts';
import {slaColumns, slaHeadLine, slaLine} from '../view/sla-lines.ts';
import {type Line, type Part, part} from '../view/tone.ts';
import {detailOf} from './detail.ts';
import {columnsIn, type PaneBox, rowsIn} from './layout.ts';
import {windowEnd} from './list-window.ts';
import {ALL_IN_SIGHT, type OutOfSight, outOfSight} from './out-of-sight.ts';
import {keysOf, type Scene} from './scene.ts';
import {rowsOf} from './settle.ts';
import type {ListName} from './state.ts';
import {NO_TREND} from './trends.ts';

/** Cursor and mark stand before every row. */
const MARGIN = 2;
const CURSOR = '▌';
const MARK = '•';

/** What stands in a pane, and how much of it does not fit. */
export interface PaneContent {
  readonly lines: readonly Line[];
  readonly hidden: OutOfSight;
}

/** The rows of a pane, from the first to the last that is in its window. */
export function paneContent(box: PaneBox, scene: Scene, context: DrawContext): PaneContent {
  if (box.pane !== 'detail') return {lines: listLines(box, scene, context), hidden: hiddenOfList(box.pane, box, scene)};
  const lines = detailOf(scene, box, context);
  if (lines.length === 0) {
    const words = sentences([[part(context.t('console.empty.detail'), 'dim')]], columnsIn(box));
    return {lines: words, hidden: ALL_IN_SIGHT};
  }
  const top = scene.state.detailTop;
  const end = top + rowsIn(box);
  return {lines: lines.slice(top, end), hidden: outOfSight(top, end, lines.length)};
}

/** The events beside another list are only glanced at: that there are older ones goes without saying. */
function hiddenOfList(name: ListName, box: PaneBox, {state, lists}: Scene): OutOfSight {
  if (name === 'events' && state.pane !== name) return ALL_IN_SIGHT;
  const {top} = state.lists[name];
  const count = keysOf(lists, name).length;
  return outOfSight(
    top,
    windowEnd(top, count, rowsIn(box), index => rowsOf(lists, name, index)),
    count,
  );
}

function listLines(box: PaneBox, scene: Scene, context: DrawContext): readonly Line[] {
  switch (box.pane) {
    case 'alerts':
      return alertsLines(box, scene, context);
    case 'customers':
      return customersLines(box, scene, context);
    case 'hosts':
      return hostsLines(box, scene, context);
    case 'events':
      return eventsLines(box, scene, context);
    case 'backups':
      return backupsLines(box, scene, context);
    case 'sla':
      return slaLines(box, scene, context);
    case 'detail':
      return [];
    default:
      return box.pane satisfies never;
  }
}

function alertsLines(box: PaneBox, scene: Scene, context: DrawContext): readonly Line[] {
  const {lists, state, totals, view} = scene;
  const width = columnsIn(box) - MARGIN;
  const columns = alertColumns(width, state.customer === null);
  const head: Line = [part(' '.repeat(MARGIN)), ...alertHeadLine(columns, context)];
  const shown = inWindow(lists.alerts, box, scene, 'alerts').flatMap(({record, margin}) => {
    const affected = affectedLine(columns, record, context);
    const marked = ownOf(record).every(({key}) => state.marks.has(key));
    const line = [...margin(marked), ...rowLine(columns, record, context)];
    const group = lists.heads.get(record.key);
    return [
      ...(group === undefined ? [] : [truncateLine(groupLine(group, context), width)]),
      line,
      ...(affected === null ? [] : [[part(' '.repeat(MARGIN)), ...truncateLine(affected, width)]]),
    ];
  });
  const isAnyFiring = lists.matters.some(row => leadOf(row).alert.condition === 'firing');
  if (isAnyFiring) return [head, ...shown];
  const filter = [state.customer ?? '', state.filters.alerts].filter(Boolean).join(' ');
  const words = emptyLines(view, filter, totals.open + totals.acked + totals.suppressed, context);
  const calm = sentences(words, columnsIn(box));
  return shown.length === 0 ? calm : [...calm, [], head, ...shown];
}

function rowLine(columns: readonly FittedColumn<AlertColumn>[], row: AlertRow, context: DrawContext): Line {
  if (row.type === 'fold') return foldLine(columns, row.fold, row.isOpen, context);
  return row.place === null
    ? alertLine(columns, row.entry, context)
    : memberLine(columns, row.entry, row.place, context);
}

function customersLines(box: PaneBox, scene: Scene, context: DrawContext): readonly Line[] {
  const {lists} = scene;
  const columns = customerColumns(columnsIn(box) - MARGIN, box.isFramed);
  const rows = inWindow(
    lists.customers.map(entry => ({...entry, key: entry.id})),
    box,
    scene,
    'customers',
  ).map(({record, margin}) => [
    ...margin(record.id === scene.state.customer),
    ...customerLine(columns, record, context),
  ]);
  if (rows.length === 0) return sentences([[part(context.t('console.empty.customers'), 'dim')]], columnsIn(box));
  if (box.isFramed) return rows;
  const below = onCallBelow(box, scene, context);
  const room = rowsIn(box) - rows.length >= below.length ? below : [];
  return [[part(' '.repeat(MARGIN)), ...customerHeadLine(columns, context)], ...rows, ...room];
}

/** Who is on call for the customer under the cursor, with a blank row before. */
function onCallBelow(box: PaneBox, {state, view}: Scene, context: DrawContext): readonly Line[] {
  const {cursor} = state.lists.customers;
  const entries = cursor === null ? null : onCallFor(view, cursor, context.now);
  if (entries === null) return [];
  const lines = onCallLines(entries, columnsIn(box) - MARGIN, context);
  return [[], ...lines.map((line): Line => [part(' '.repeat(MARGIN)), ...line])];
}

function hostsLines(box: PaneBox, scene: Scene, context: DrawContext): readonly Line[] {
  const {lists, trends, state} = scene;
  const columns = hostColumns(columnsIn(box) - MARGIN);
  const rows = inWindow(lists.hosts, box, scene, 'hosts').map(({record, margin}) => {
    const trend = trends.get(record.key) ?? NO_TREND;
    return [...margin(false), ...hostLine(columns, record, trend, context)];
  });
  if (rows.length > 0) return [[part(' '.repeat(MARGIN)), ...hostHeadLine(columns, context)], ...rows];
  const isFiltered = state.filters.hosts !== '' || state.customer !== null;
  const words = context.t(isFiltered ? 'console.empty.hostsFiltered' : 'console.empty.hosts');
  return sentences([[part(words, 'dim')]], columnsIn(box));
}

function eventsLines(box: PaneBox, scene: Scene, context: DrawContext): readonly Line[] {
  const columns = feedColumns(columnsIn(box) - MARGIN);
  const rows = inWindow(scene.lists.events, box, scene, 'events').map(({record, margin}) => [
    ...margin(false),
    ...feedLine(columns, record, context),
  ]);
  return rows.length > 0 ? rows : sentences([[part(context.t('console.empty.events'), 'dim')]], columnsIn(box));
}

function backupsLines(box: PaneBox, scene: Scene, context: DrawContext): readonly Line[] {
  const columns = backupColumns(columnsIn(box) - MARGIN);
  const rows = inWindow(scene.lists.backups, box, scene, 'backups').map(({record, margin}) => [
    ...margin(false),
    ...backupLine(columns, record, context),
  ]);
  if (rows.length > 0) return [[part(' '.repeat(MARGIN)), ...backupHeadLine(columns, context)], ...rows];
  return sentences([[part(context.t('console.empty.backups'), 'dim')]], columnsIn(box));
}

/** Where there is room the last row says what the figures of the month are made of. */
function slaLines(box: PaneBox, scene: Scene, context: DrawContext): readonly Line[] {
  const columns = slaColumns(columnsIn(box) - MARGIN);
  const rows = inWindow(scene.lists.sla, box, scene, 'sla').map(({record, margin}) => [
    ...margin(false),
    ...slaLine(columns, record, context),
  ]);
  if (rows.length === 0) return sentences([[part(context.t('sla.empty'), 'dim')]], columnsIn(box));
  const hint = sentences([[part(context.t('sla.basis'), 'dim')]], columnsIn(box));
  const room = rowsIn(box) - rows.length >= hint.length ? hint : [];
  return [[part(' '.repeat(MARGIN)), ...slaHeadLine(columns, context)], ...rows, ...room];
}

interface Placed<T> {
  readonly record: T;
  /** The two cells before the row: cursor and mark. */
  readonly margin: (isMarked: boolean) => readonly Part[];
}

/** The records in the window of a list. Without the keys only the alerts keep a cursor, a dim one: it is what the detail shows. */
function inWindow<T extends {readonly key: string}>(
  records: readonly T[],
  box: PaneBox,
  scene: Scene,
  name: ListName,
): readonly Placed<T>[] {
  const {top, cursor} = scene.state.lists[name];
  const end = windowEnd(top, records.length, rowsIn(box), index => rowsOf(scene.lists, name, index));
  const isFocused = scene.state.pane === name;
  const tone = isFocused ? 'strong' : 'dim';
  const hasCursor = isFocused || name === 'alerts';
  return records.slice(top, end).map(record => ({
    record,
    margin: isMarked => [
      part(hasCursor && record.key === cursor ? CURSOR : ' ', tone),
      part(isMarked ? MARK : ' ', 'strong'),
    ],
  }));
}

/** Sentences in the place of a list, broken to its width, with a blank row before them. */
export function sentences(lines: readonly Line[], width: number): readonly Line[] {
  const room = Math.max(1, width - 2 * MARGIN);
  return [
    [],
    ...lines.flatMap(line =>
      wrapText(line.map(({text}) => text).join(''), room).map(
        (text): Line => [part(' '.repeat(MARGIN)), part(text, line[0]?.tone ?? 'plain')],
      ),
    ),
  ];
}
