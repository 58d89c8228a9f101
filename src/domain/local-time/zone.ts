import {Fault} from '../fault.ts';
import {DAY, type DurationMs, HOUR, type Instant, MINUTE, SECOND} from '../time.ts';
import type {EpochDay} from './civil-date.ts';

/** What a clock on the wall shows: milliseconds since the wall showed 1970-01-01T00:00, without any zone. */
export type WallMs = number;

/** The clock on the wall of one IANA time zone. */
export interface Zone {
  readonly id: string;
  /** Wall minus UTC. */
  offsetAt(instant: Instant): DurationMs;
  toWall(instant: Instant): WallMs;
  /**
   * The instant of a wall time by the rule "compatible": a time skipped in spring moves forward by the gap,
   * of a time shown twice in autumn the first counts. Source: CA-3, which is the default of Temporal.
   */
  toInstant(wall: WallMs): Instant;
  /** The instants in (from, until) at which the clock is put forward or back. */
  transitions(from: Instant, until: Instant): readonly Instant[];
}

/** Offsets of one stretch of time: `offsets[n]` holds from `starts[n]` on. */
interface Stretch {
  readonly starts: readonly Instant[];
  readonly offsets: readonly DurationMs[];
}

/** Length of what is learnt at once, about 400 days: its number is a division. */
const STRETCH_MS = 2 ** 35;

/** No zone has changed twice in a week and back since 1970, so probes so far apart miss nothing. */
const PROBE_MS = 7 * DAY;

/** What a `Date` can hold, both ways. */
const LAST_INSTANT: Instant = 8.64e15;

function readOffset(text: string): DurationMs {
  const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (match === null) throw new Fault('TIME_ZONE', 'the runtime gives no offset for this time zone');
  const size = Number(match[2] ?? 0) * HOUR + Number(match[3] ?? 0) * MINUTE + Number(match[4] ?? 0) * SECOND;
  return match[1] === '-' ? -size : size;
}

function formatterOf(id: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {timeZone: id, timeZoneName: 'longOffset'});
  } catch {
    throw new Fault(
      'TIME_ZONE',
      `time zone ${JSON.stringify(id.slice(0, 60))} is not known; name one like Europe/Berlin`,
    );
  }
}

/** The first instant in (low, high] whose offset is that of `high`; there is exactly one change between. */
function changeBetween(low: Instant, high: Instant, probe: (instant: Instant) => DurationMs): Instant {
  const after = probe(high);
  let below = low;
  let above = high;
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (probe(middle) === after) above = middle;
    else below = middle;
  }
  return above;
}

function learn(start: Instant, probe: (instant: Instant) => DurationMs): Stretch {
  const starts = [start];
  const offsets = [probe(start)];
  for (let at = start; at < start + STRETCH_MS; at += PROBE_MS) {
    const next = Math.min(at + PROBE_MS, start + STRETCH_MS - 1);
    const offset = probe(next);
    if (offset === offsets.at(-1)) continue;
    starts.push(changeBetween(at, next, probe));
    offsets.push(offset);
  }
  return {starts, offsets};
}

function createZone(id: string): Zone {
  const formatter = formatterOf(id);
  const probe = (instant: Instant): DurationMs =>
    readOffset(formatter.format(Math.max(-LAST_INSTANT, Math.min(LAST_INSTANT, instant))));
  const stretches = new Map<number, Stretch>();

  const stretchOf = (number: number): Stretch => {
    let stretch = stretches.get(number);
    if (stretch === undefined) {
      stretch = learn(number * STRETCH_MS, probe);
      stretches.set(number, stretch);
    }
    return stretch;
  };

  const offsetAt = (instant: Instant): DurationMs => {
    const {starts, offsets} = stretchOf(Math.floor(instant / STRETCH_MS));
    let index = starts.length - 1;
    while (index > 0 && instant < (starts[index] ?? 0)) index--;
    return offsets[index] ?? 0;
  };

  return {
    id,
    offsetAt,
    toWall: instant => instant + offsetAt(instant),
    toInstant(wall) {
      const before = offsetAt(wall - DAY);
      const first = wall - before;
      if (offsetAt(first) === before) return first;
      const after = offsetAt(wall + DAY);
      const second = wall - after;
      return offsetAt(second) === after ? second : first;
    },
    transitions(from, until) {
      const found: Instant[] = [];
      for (let number = Math.floor(from / STRETCH_MS); number * STRETCH_MS < until; number++) {
        const inside = stretchOf(number).starts.filter(start => start > from && start < until);
        found.push(...inside.filter(start => offsetAt(start) !== offsetAt(start - 1)));
      }
      return found;
    },
  };
}

const zones = new Map<string, Zone>();

/**
 * The zone of an IANA name, the same object each time. The machine's own zone plays no part.
 *
 * Offsets are asked of `Intl` once for about 400 days (0.1 ms) and then looked up (some 20 ns): the Temporal polyfill asks
 * `Intl` too, costs 18 to 26 ms of cold import on top, and is the test's second opinion instead.
 *
 * @throws {Fault} `TIME_ZONE` when there is no such zone.
 */
export function timeZone(id: string): Zone {
  let zone = zones.get(id);
  if (zone === undefined) {
    zone = createZone(id);
    zones.set(id, zone);
  }
  return zone;
}

/** The date on the wall at an instant. */
export function localDay(zone: Zone, instant: Instant): EpochDay {
  return Math.floor(zone.toWall(instant) / DAY);
}
