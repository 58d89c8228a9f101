import type {NocStore, NocView} from '../client/noc.ts';
import {type CustomerId, UNASSIGNED} from '../domain/address.ts';
import {type Instant, MINUTE} from '../domain/time.ts';
import {type AlertEntry, isUnhandled} from '../view/alert-entry.ts';
import type {AlertRow} from '../view/alert-rows.ts';
import {type AlertScope, selectAlerts} from '../view/alerts.ts';
import {type CustomerEntry, selectCustomers} from '../view/customers.ts';
import {foldAlerts} from '../view/fold-alerts.ts';
import type {HostEntry} from '../view/host-entry.ts';
import {createHostSelector} from '../view/hosts.ts';
import type {BackupFigures, Figures} from './figures.ts';
import {selectBackups} from './select-backups.ts';
import {selectOnCallFigures} from './select-on-call.ts';
import {selectSla} from './select-sla.ts';
import {isBlind, type Vital, vitalOf, withPulse} from './vitals.ts';

/** What the wall holds of the link: it can look, and nothing else. There is no way from here to `send`. */
export type WallStore = Pick<NocStore, 'getSnapshot'>;

/** How many alerts there are, by what they ask for. What a silent collector said last is counted apart: it is not known. */
export interface Counts {
  readonly critical: number;
  readonly warning: number;
  readonly unknown: number;
  readonly acked: number;
  readonly suppressed: number;
  readonly stale: number;
}

/** Everything the pages draw from, at one instant. */
export interface Picture {
  readonly now: Instant;
  readonly view: NocView;
  readonly vitals: readonly Vital[];
  readonly isBlind: boolean;
  /** Is there anything that this wall is for? In a lobby, a customer that somebody knows. */
  readonly hasSubject: boolean;
  /** Firing alerts, worst first. */
  readonly alerts: readonly AlertEntry[];
  /** The same, those of one incident as one row, and what stands behind a parent under it. */
  readonly matters: readonly AlertRow[];
  readonly counts: Counts;
  readonly figures: Figures;
  /** Worst first. Selected when asked for, since not every page does. */
  customers(): readonly CustomerEntry[];
  hosts(): readonly HostEntry[];
}

const FIRING: AlertScope = {resolvedForMs: 0, withClosed: false};

/**
 * Looks at the replicated picture as the wall may show it: silent collectors are stale, whatever their link says.
 *
 * @param customer - Only this one's, for its own lobby; null all. The collector does not send more, this is the second door.
 * @returns A selector that keeps an index of the hosts: keep it as long as the wall lives.
 */
export function createPicture(customer: CustomerId | null): (view: NocView, now: Instant) => Picture {
  const selectHosts = createHostSelector();
  const judgeBackups = byTheMinute(selectBackups);
  const isOurs = (id: CustomerId): boolean => customer === null || id === customer;
  return (raw, now) => {
    const view = withPulse(raw, now);
    const vitals = raw.collectors.map(collector => vitalOf(collector, now));
    const hosts = once(() => selectHosts(view, null, now).filter(({facts}) => isOurs(facts.customer)));
    const alerts = selectAlerts(view, null, FIRING, now).filter(({alert}) => isOurs(alert.customer));
    return {
      now,
      view,
      vitals,
      isBlind: isBlind(vitals),
      hasSubject: alerts.length > 0 || isSomebody(view, customer),
      alerts,
      matters: foldAlerts(alerts, alerts, 'none'),
      counts: countAlerts(alerts),
      figures: {
        sla: selectSla(view, alerts, isOurs, now),
        backups: () => judgeBackups(view, isOurs, now),
        onCall: once(() => selectOnCallFigures(view, isOurs, now)),
      },
      customers: () => selectCustomers(view, alerts).filter(({id}) => isOurs(id)),
      hosts,
    };
  };
}

function isSomebody(view: NocView, customer: CustomerId | null): boolean {
  if (customer === null || customer === UNASSIGNED) return true;
  return view.collectors.some(({state}) => state?.customers.has(customer) === true);
}

/** Reckons when it is first asked, and once: a picture is of one instant. */
function once<T>(reckon: () => T): () => T {
  let known: {readonly value: T} | null = null;
  return () => {
    known ??= {value: reckon()};
    return known.value;
  };
}

/** Judging hundreds of objects over fourteen nights costs too much for every second, and says the same for a minute. */
function byTheMinute(select: typeof selectBackups): typeof selectBackups {
  let known: {readonly minute: number; readonly key: string; readonly figures: BackupFigures | null} | null = null;
  return (view, isOurs, now) => {
    const minute = Math.floor(now / MINUTE);
    const key = view.collectors.map(({url, link, state}) => `${url} ${link} ${state === null}`).join('\n');
    if (known?.minute !== minute || known.key !== key) known = {minute, key, figures: select(view, isOurs, now)};
    return known.figures;
  };
}

function countAlerts(alerts: readonly AlertEntry[]): Counts {
  const counts = {critical: 0, warning: 0, unknown: 0, acked: 0, suppressed: 0, stale: 0};
  for (const {alert, origin} of alerts) {
    if (origin.isStale) counts.stale++;
    else if (isUnhandled(alert)) counts[alert.severity]++;
    else if (alert.suppressed.length > 0) counts.suppressed++;
    else counts.acked++;
  }
  return counts;
}
