import type {AlertEntry} from './alert-entry.ts';

/** Several alerts that are one matter for a human, and stand in a list as one row that opens into them. Source: CO-2, DP-2. */
export interface AlertFold {
  /** That of its row; no alert has such a key. */
  readonly key: string;
  /** What the row speaks for and acts on, in the order of the list; at least one. */
  readonly own: readonly AlertEntry[];
  /** What cannot be reached because of one of them: it waits for nobody, and the row does not act on it. */
  readonly affected: readonly AlertEntry[];
  /** The one of `own` that needs a hand most. Source: ST-1. */
  readonly lead: AlertEntry;
  /** How many alerts are in it, whatever the filter leaves of them. */
  readonly total: number;
}

/** One row of the folded list. */
export type AlertRow =
  | {
      readonly type: 'alert';
      readonly key: string;
      readonly entry: AlertEntry;
      /** Where it stands in an opened fold; null on its own. */
      readonly place: {readonly fold: AlertFold; readonly isLast: boolean} | null;
    }
  | {readonly type: 'fold'; readonly key: string; readonly fold: AlertFold; readonly isOpen: boolean};

/** The alert that a row shows: of a fold the one that needs a hand most. */
export function leadOf(row: AlertRow): AlertEntry {
  return row.type === 'fold' ? row.fold.lead : row.entry;
}

/** The alerts that a row acts on. */
export function ownOf(row: AlertRow): readonly AlertEntry[] {
  return row.type === 'fold' ? row.fold.own : [row.entry];
}

/** Every alert that a row stands for, in the order in which it opens. */
export function alertsOf(row: AlertRow): readonly AlertEntry[] {
  if (row.type === 'alert') return [row.entry];
  const {own, affected} = row.fold;
  return affected.length === 0 ? own : [...own, ...affected];
}

/** The list with some of its folds opened in place: the alerts of each stand below its row. */
export function withOpened(rows: readonly AlertRow[], opened: ReadonlySet<string>): readonly AlertRow[] {
  if (opened.size === 0) return rows;
  const listed: AlertRow[] = [];
  for (const row of rows) {
    if (row.type === 'alert' || !opened.has(row.key)) {
      listed.push(row);
      continue;
    }
    const {fold} = row;
    listed.push({...row, isOpen: true});
    const entries = alertsOf(row);
    for (const [index, entry] of entries.entries()) {
      listed.push({type: 'alert', key: entry.key, entry, place: {fold, isLast: index === entries.length - 1}});
    }
  }
  return listed;
}
