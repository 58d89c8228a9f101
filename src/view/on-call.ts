import type {CollectorView, NocView} from '../client/noc.ts';
import {type CustomerId, UNASSIGNED} from '../domain/address.ts';
import {outlookAt} from '../domain/on-call/outlook.ts';
import {type OnCallPerson, type OnCallRecord, personOf} from '../domain/on-call/plan.ts';
import type {NocState} from '../domain/state.ts';
import type {SafeText} from '../domain/text.ts';
import type {Instant} from '../domain/time.ts';
import {type Origin, originOf} from './origin.ts';

/**
 * Who is on call by one schedule now, and what comes. Instants stand as they were planned: a collector's clock that is some
 * milliseconds ahead must not make 07:59 of 08:00.
 */
export interface OnCallEntry {
  readonly schedule: SafeText;
  readonly origin: Origin;
  /** Names of those that it serves, as far as they may be seen; null: every customer of its collector. */
  readonly customers: readonly SafeText[] | null;
  /** null: nobody. Source: OC-2. */
  readonly who: OnCallPerson | null;
  /** When somebody else takes over, or nobody; null: no change within sight. */
  readonly until: Instant | null;
  /** Who from `until` on; null: nobody, or no change. */
  readonly next: OnCallPerson | null;
  /** The next time without anybody within a fortnight; `to` is null where it lasts longer. Source: OC-4. */
  readonly gap: {readonly from: Instant; readonly to: Instant | null} | null;
}

type IsMeant = (customer: CustomerId) => boolean;

/** The schedules that serve any of the customers meant, those without anybody first, then by name. */
export function selectOnCall(view: NocView, isMeant: IsMeant, now: Instant): readonly OnCallEntry[] {
  return view.collectors
    .flatMap(collector => {
      if (collector.state === null) return [];
      const origin = originOf(collector, view.collectors.length === 1);
      return schedulesOf(collector.state, isMeant).map(records => entryOf(records, collector, origin, now));
    })
    .sort((a, b) => Number(a.who !== null) - Number(b.who !== null) || compareText(a.schedule, b.schedule));
}

/** Who is on call for one customer; null when no collector has any schedule, so that nobody expects one. */
export function onCallFor(view: NocView, customer: CustomerId, now: Instant): readonly OnCallEntry[] | null {
  const isUsed = view.collectors.some(({state}) => state !== null && state.onCall.size > 0);
  return isUsed ? selectOnCall(view, id => id === customer, now) : null;
}

/** Names of customers meant that no schedule serves, in order. */
export function withoutOnCall(view: NocView, isMeant: IsMeant): readonly SafeText[] {
  const served = new Set<CustomerId>();
  const names = new Map<CustomerId, SafeText>();
  for (const {state} of view.collectors) {
    const plans = [...(state?.onCall.values() ?? [])];
    const isForAll = plans.some(({customer}) => customer === null);
    for (const {customer} of plans) if (customer !== null) served.add(customer);
    for (const {id, name} of state?.customers.values() ?? []) {
      if (isForAll) served.add(id);
      if (id !== UNASSIGNED && isMeant(id)) names.set(id, name);
    }
  }
  return [...names].flatMap(([id, name]) => (served.has(id) ? [] : [name])).sort(compareText);
}

/** The records of a collector that speak of customers meant, those of one schedule together. */
function schedulesOf(
  {onCall, customers}: NocState,
  isMeant: IsMeant,
): readonly (readonly [OnCallRecord, ...OnCallRecord[]])[] {
  const isAnyMeant = [...customers.keys()].some(isMeant);
  const schedules = new Map<string, [OnCallRecord, ...OnCallRecord[]]>();
  for (const record of onCall.values()) {
    const {customer, id} = record;
    if (customer === null ? !isAnyMeant : !isMeant(customer)) continue;
    const others = schedules.get(id);
    if (others === undefined) schedules.set(id, [record]);
    else others.push(record);
  }
  return [...schedules.values()];
}

function entryOf(
  records: readonly [OnCallRecord, ...OnCallRecord[]],
  {state, skewMs}: CollectorView,
  origin: Origin,
  now: Instant,
): OnCallEntry {
  const [plan] = records;
  const {user, until, next, gap} = outlookAt(plan.schedule, now + skewMs);
  const names = records.flatMap(({customer}) => state?.customers.get(customer ?? '')?.name ?? []);
  return {
    schedule: plan.name,
    origin,
    customers: records.some(({customer}) => customer === null) ? null : names.sort(compareText),
    who: personOf(plan, user),
    until,
    next: personOf(plan, next),
    gap,
  };
}

/** By code units: the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
