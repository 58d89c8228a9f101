import {compareSeverity} from '../domain/severity.ts';
import type {AlertEntry} from './alert-entry.ts';
import {type AlertRow, leadOf, ownOf} from './alert-rows.ts';

/** How alerts are ordered. `due` is the order that `listAlerts` gives: who breaches first. */
export const ALERT_ORDERS = ['due', 'severity', 'age', 'customer', 'host'] as const;
export type AlertOrder = (typeof ALERT_ORDERS)[number];

/** What alerts are put together by. */
export const ALERT_GROUPS = ['none', 'customer', 'site', 'host'] as const;
export type AlertGroup = (typeof ALERT_GROUPS)[number];

/** The line above the first row of a group: of which things it is, and of how many alerts. */
export interface GroupHead {
  readonly entry: AlertEntry;
  readonly group: Exclude<AlertGroup, 'none'>;
  readonly count: number;
}

const collator = new Intl.Collator(['de', 'en'], {numeric: true});

function nameOf({customer, alert}: AlertEntry): string {
  return customer?.name ?? alert.customer;
}

const COMPARE: Readonly<Record<Exclude<AlertOrder, 'due'>, (a: AlertEntry, b: AlertEntry) => number>> = {
  severity: (a, b) => compareSeverity(b.alert.severity, a.alert.severity),
  age: (a, b) => a.alert.openedAt - a.origin.skewMs - (b.alert.openedAt - b.origin.skewMs),
  customer: (a, b) => collator.compare(nameOf(a), nameOf(b)),
  host: (a, b) => collator.compare(a.alert.host, b.alert.host),
};

/** What is the same for all alerts of a group of the list, and different for others. */
export function groupKey({alert}: AlertEntry, group: AlertGroup): string {
  switch (group) {
    case 'none':
      return '';
    case 'customer':
      return alert.customer;
    case 'site':
      return `${alert.customer} ${alert.site}`;
    case 'host':
      return `${alert.customer} ${alert.site} ${alert.host}`;
    default:
      return group satisfies never;
  }
}

/** Orders and groups. Both are stable: within one customer who breaches first comes first, and so do groups. */
export function arrangeAlerts(
  entries: readonly AlertEntry[],
  order: AlertOrder,
  group: AlertGroup,
): readonly AlertEntry[] {
  const ordered = order === 'due' ? entries : entries.toSorted(COMPARE[order]);
  if (group === 'none') return ordered;
  return [...Map.groupBy(ordered, entry => groupKey(entry, group)).values()].flat();
}

/** The heads of the groups, by the key of the row that each stands above. What hangs on an alert is not counted. */
export function groupHeads(rows: readonly AlertRow[], group: AlertGroup): ReadonlyMap<string, GroupHead> {
  if (group === 'none') return new Map();
  const counts = new Map<string, number>();
  const firsts = new Map<string, AlertRow>();
  for (const row of rows) {
    const key = groupKey(leadOf(row), group);
    counts.set(key, (counts.get(key) ?? 0) + ownOf(row).length);
    if (!firsts.has(key)) firsts.set(key, row);
  }
  return new Map([...firsts].map(([key, row]) => [row.key, {entry: leadOf(row), group, count: counts.get(key) ?? 0}]));
}
