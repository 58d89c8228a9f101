import {DAY, type DurationMs, HOUR, type Instant} from '../time.ts';
import {GAP_HORIZON, type OnCallSchedule, onCallAt, type Shift, shifts, upcomingGaps} from './rotation.ts';

/** Who is on call, and what comes. Users are the participants of the rotations. */
export interface Outlook {
  /** null: nobody. Source: OC-2. */
  readonly user: string | null;
  /** The first instant at which somebody else is, or nobody; null: not within 400 days. */
  readonly until: Instant | null;
  /** Who is from `until` on; null: nobody, or nothing changes. */
  readonly next: string | null;
  /** The first time without anybody that is to come within a fortnight; it is open where it lasts beyond that. Source: OC-4. */
  readonly gap: {readonly from: Instant; readonly to: Instant | null} | null;
}

/** How far ahead the next change is looked for, near first: most are within hours, and a far look costs more. */
const LOOKS: readonly DurationMs[] = [2 * DAY, 16 * DAY, 400 * DAY];
/** How long an outlook is good though nothing changes, so that the fortnight moves along. */
const GOOD_FOR: DurationMs = HOUR;

interface Known {
  readonly from: Instant;
  readonly to: Instant;
  readonly outlook: Outlook;
}

const known = new WeakMap<OnCallSchedule, Known>();

/**
 * Who is on call at an instant, until when, and who then. Somebody who stands in for himself has no change. Reckoned anew
 * when something changes, and once an hour: a face may ask every second.
 *
 * Source: OC-4, OC-5.
 */
export function outlookAt(schedule: OnCallSchedule, at: Instant): Outlook {
  const before = known.get(schedule);
  if (before !== undefined && at >= before.from && at < before.to) return before.outlook;
  const outlook = lookAhead(schedule, at);
  const changes = [outlook.until, outlook.gap?.from ?? null].filter(change => change !== null);
  known.set(schedule, {from: at, to: Math.min(at + GOOD_FOR, ...changes), outlook});
  return outlook;
}

function lookAhead(schedule: OnCallSchedule, at: Instant): Outlook {
  const {user} = onCallAt(schedule, at);
  const change = firstChange(schedule, user, at);
  return {user, until: change?.start ?? null, next: change?.user ?? null, gap: firstGap(schedule, at)};
}

function firstChange(schedule: OnCallSchedule, user: string | null, at: Instant): Shift | null {
  for (const ahead of LOOKS) {
    const change = shifts(schedule, at, at + ahead).find(shift => shift.user !== user);
    if (change !== undefined) return change;
  }
  return null;
}

function firstGap(schedule: OnCallSchedule, at: Instant): Outlook['gap'] {
  const gap = upcomingGaps(schedule, at).find(({start}) => start > at);
  return gap === undefined ? null : {from: gap.start, to: gap.end < at + GAP_HORIZON ? gap.end : null};
}
