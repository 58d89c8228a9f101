import type {OccurrenceId} from '../domain/alert.ts';
import {normalizeOccurrence} from '../domain/occurrence-id.ts';

/** A TARGET as typed. Source: contract.md. */
export type Target =
  /** `K7F3`, or `B-K7F3` with a collector's tag; in `BK7F3` only the collectors can say which of both it is. */
  | {readonly type: 'id'; readonly typed: string; readonly tag: string | null; readonly id: OccurrenceId}
  | {readonly type: 'filter'; readonly text: string};

/** Crockford's alphabet with what people type for it: I and L for 1, O for 0. U is in no id. */
const ID = /^[0-9A-TV-Z]{4,8}$/i;
const TAGGED = /^([A-Z0-9]{1,4})-([0-9A-TV-Z]{4,8})$/i;
/** The longest tag and the longest id in one word. */
const UNDIVIDED = /^[0-9A-Z]{5,12}$/i;
const SHORTEST = 4;
const LONGEST = 8;

export function parseTarget(typed: string): Target {
  const [, tag, id] = TAGGED.exec(typed) ?? [];
  if (tag !== undefined && id !== undefined) {
    return {type: 'id', typed, tag: tag.toUpperCase(), id: normalizeOccurrence(id)};
  }
  if (ID.test(typed)) return {type: 'id', typed, tag: null, id: normalizeOccurrence(typed)};
  // Nine letters without a blank or colon are no id, unless a tag stands before one; a digit tells it from a word.
  if (UNDIVIDED.test(typed) && /\d/.test(typed)) return {type: 'id', typed, tag: null, id: normalizeOccurrence(typed)};
  return {type: 'filter', text: typed};
}

/**
 * The ids that a typed one can mean at a collector, the likelier first: with the collector's tag cut off it is the way
 * ids are shown where several are connected, and as it stands where there is one.
 */
export function candidates(
  {typed, tag, id}: Extract<Target, {type: 'id'}>,
  collectorTag: string,
  isOnlyOne: boolean,
): readonly OccurrenceId[] {
  const own = collectorTag.toUpperCase();
  if (tag !== null) return tag === own ? [id] : [];
  const whole = id.length <= LONGEST ? [id] : [];
  const rest = normalizeOccurrence(typed.slice(own.length));
  const isTagged =
    own !== '' && typed.toUpperCase().startsWith(own) && rest.length >= SHORTEST && rest.length <= LONGEST;
  if (!isTagged) return whole;
  return isOnlyOne ? [...whole, rest] : [rest, ...whole];
}

/** Might a collector's tag stand in it? Then the greetings alone say which collector is meant. */
export function mayCarryTag({typed, tag}: Extract<Target, {type: 'id'}>): boolean {
  return tag !== null || typed.length > SHORTEST;
}

/**
 * The one collector, of several, whose tag stands before the id, with the id behind it; null when it is not exactly one.
 * Ids are shown with their tag where several collectors are connected, so this is how they come back.
 */
export function byTag<Collector extends {readonly tag: string}>(
  target: Extract<Target, {type: 'id'}>,
  collectors: readonly Collector[],
): {readonly collector: Collector; readonly id: OccurrenceId} | null {
  const matches = collectors.flatMap(collector => {
    const [id] = candidates(target, collector.tag, false);
    const isWhole = target.tag === null && id === target.id;
    return id === undefined || isWhole ? [] : [{collector, id}];
  });
  return matches.length === 1 ? (matches[0] ?? null) : null;
}
