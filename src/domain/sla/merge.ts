import type {Instant} from '../time.ts';
import {higherPriority, type Priority} from './priority.ts';
import {intersection, type Span, union} from './spans.ts';

/** What of an incident matters when it is merged with others. */
export interface MergedIncident {
  readonly id: string;
  readonly start: Instant;
  readonly priority: Priority;
  readonly respondedAt: Instant | null;
  /** A pause that still lasts ends at Infinity. */
  readonly pauses: readonly Span[];
}

/** What the survivor is from then on. The others end as `merged` and leave the statistics. */
export interface Merge {
  readonly survivor: string;
  readonly start: Instant;
  readonly priority: Priority;
  readonly respondedAt: Instant | null;
  readonly pauses: readonly Span[];
}

/** INC-7 before INC-12. */
const byNumber = new Intl.Collator('en', {numeric: true});

function isElder(a: MergedIncident, b: MergedIncident): boolean {
  return a.start < b.start || (a.start === b.start && byNumber.compare(a.id, b.id) < 0);
}

/**
 * Merges incidents of one customer: the oldest survives (of two as old, the smaller id), with the highest priority, the
 * earliest reaction of all, and only those pauses in which all of them paused.
 *
 * @param first - One of them; the order of all is of no matter.
 *
 * Source: SL-9.
 */
export function mergeIncidents(first: MergedIncident, ...others: readonly MergedIncident[]): Merge {
  const all = [first, ...others];
  const elder = all.reduce((a, b) => (isElder(b, a) ? b : a));
  const responses = all.flatMap(({respondedAt}) => (respondedAt === null ? [] : [respondedAt]));
  return {
    survivor: elder.id,
    start: elder.start,
    priority: all.map(({priority}) => priority).reduce(higherPriority),
    respondedAt: responses.length === 0 ? null : Math.min(...responses),
    pauses: all.map(({pauses}) => union(pauses)).reduce(intersection),
  };
}
