import type {ConsoleState, PaneName} from './state.ts';

/** A pane on the screen. Cells, the border included where `isFramed`. */
export interface PaneBox {
  readonly pane: PaneName;
  readonly width: number;
  readonly height: number;
  readonly isFramed: boolean;
}

/**
 * How the screen is divided. `tiny` is too small to work in; `single` is one pane between a head of three rows and the last
 * row; `panes` has customers beside the large pane and, where there is room, the detail (and the events) below.
 */
export type Layout =
  | {readonly kind: 'tiny'; readonly columns: number; readonly rows: number}
  | {readonly kind: 'single'; readonly columns: number; readonly rows: number; readonly body: PaneBox}
  | {
      readonly kind: 'panes';
      readonly columns: number;
      readonly rows: number;
      readonly customers: PaneBox;
      readonly main: PaneBox;
      readonly detail: PaneBox | null;
      readonly events: PaneBox | null;
    };

/** Smaller than this nobody can work in. */
export const LEAST_COLUMNS = 40;
export const LEAST_ROWS = 10;

const PANES_FROM_COLUMNS = 100;
const PANES_FROM_ROWS = 18;
const DETAIL_FROM_ROWS = 30;
const EVENTS_FROM_COLUMNS = 150;
/** Header, title and rule above the one pane, the last row below it. */
const SINGLE_CHROME_ROWS = 4;
/** Header above the panes, the last row below them. */
const PANES_CHROME_ROWS = 2;

/**
 * Divides a terminal of that size; what has the keys decides what the large pane shows and who gets the room.
 *
 * @param hasBanner - A row below the header names the next deadline.
 */
export function layoutOf(
  columns: number,
  rows: number,
  state: Pick<ConsoleState, 'pane' | 'main'>,
  hasBanner = false,
): Layout {
  const bannerRows = hasBanner ? 1 : 0;
  if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) return {kind: 'tiny', columns, rows};
  if (columns < PANES_FROM_COLUMNS || rows < PANES_FROM_ROWS) {
    const body = {pane: state.pane, width: columns, height: rows - SINGLE_CHROME_ROWS - bannerRows, isFramed: false};
    return {kind: 'single', columns, rows, body};
  }
  const room = rows - PANES_CHROME_ROWS - bannerRows;
  const customersWidth = clamp(Math.floor(columns / 4.4), 26, 42);
  const mainWidth = columns - customersWidth;
  const hasDetail = rows >= DETAIL_FROM_ROWS;
  if (!hasDetail) {
    // Without a row of its own the detail takes the place of the list when it is asked for.
    const pane = state.pane === 'detail' ? 'detail' : state.main;
    return {
      kind: 'panes',
      columns,
      rows,
      customers: {pane: 'customers', width: customersWidth, height: room, isFramed: true},
      main: {pane, width: mainWidth, height: room, isFramed: true},
      detail: null,
      events: null,
    };
  }
  const lower = state.pane === 'detail' ? Math.floor(room * 0.65) : clamp(Math.floor(room * 0.36), 8, 20);
  const hasEvents = columns >= EVENTS_FROM_COLUMNS && state.main !== 'events';
  const eventsWidth = hasEvents ? Math.floor(columns * 0.4) : 0;
  return {
    kind: 'panes',
    columns,
    rows,
    customers: {pane: 'customers', width: customersWidth, height: room - lower, isFramed: true},
    main: {pane: state.main, width: mainWidth, height: room - lower, isFramed: true},
    detail: {pane: 'detail', width: columns - eventsWidth, height: lower, isFramed: true},
    events: hasEvents ? {pane: 'events', width: eventsWidth, height: lower, isFramed: true} : null,
  };
}

/** Panes on the screen, in the order in which Tab goes through them. */
export function panesOf(layout: Layout): readonly PaneBox[] {
  switch (layout.kind) {
    case 'tiny':
      return [];
    case 'single':
      return [layout.body];
    case 'panes':
      return [layout.customers, layout.main, layout.detail, layout.events].filter(box => box !== null);
    default:
      return layout satisfies never;
  }
}

/** Rows of a pane that its lines have: without the border, and without the head of a table. */
export function rowsIn(box: PaneBox): number {
  const framed = box.height - (box.isFramed ? 2 : 0);
  return Math.max(0, hasHead(box) ? framed - 1 : framed);
}

export function columnsIn(box: PaneBox): number {
  return Math.max(0, box.width - (box.isFramed ? 4 : 0));
}

/** Does the pane name its columns in its first row? The narrow list of customers and the detail do not. */
export function hasHead(box: PaneBox): boolean {
  if (box.pane === 'detail' || box.pane === 'events') return false;
  return box.pane !== 'customers' || !box.isFramed;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
