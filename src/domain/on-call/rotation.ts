import {Fault} from '../fault.ts';
import {parseDate} from '../local-time/civil-date.ts';
import {timeZone, type WallMs} from '../local-time/zone.ts';
import {DAY, type DurationMs, HOUR, type Instant, MINUTE, SECOND} from '../time.ts';

/** People who take turns. Source: OC-4. */
export interface Rotation {
  /** IANA name. */
  readonly timeZone: string;
  /** First handoff on the wall, `2026-03-02T08:00:00`. */
  readonly startLocal: string;
  /** Length of a shift on the wall: a week stays a week though it has 167 or 169 hours. */
  readonly shiftMs: DurationMs;
  readonly participants: readonly string[];
}

/** Somebody stands in during [from, to). A swap is two of them. Source: OC-5. */
export interface OnCallOverride {
  readonly from: Instant;
  readonly to: Instant;
  readonly user: string;
}

/** Layers of rotations, and who stands in. */
export interface OnCallSchedule {
  /** The lowest first: a later one wins where it has anybody. Source: OC-5. */
  readonly layers: readonly Rotation[];
  /** In the order in which they were made: the later wins. */
  readonly overrides: readonly OnCallOverride[];
}

/** Who is on call, and why. */
export type OnCall =
  | {readonly user: string; readonly source: 'rotation' | 'override'}
  | {readonly user: null; readonly source: 'gap'};

/** A stretch of time with one answer. */
export type Shift = OnCall & {readonly start: Instant; readonly end: Instant};

/**
 * Reads `2026-03-02T08:00` with or without seconds.
 *
 * @throws {Fault} `LOCAL_TIME` for anything else.
 */
export function parseWall(text: string): WallMs {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (match === null) {
    throw new Fault(
      'LOCAL_TIME',
      `a local time like 2026-03-02T08:00 wanted, ${JSON.stringify(text.slice(0, 40))} given`,
    );
  }
  const [, date = '', hours, minutes, seconds = '0'] = match;
  return parseDate(date) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
}

/** Whose turn it is: whole shifts on the wall since the first handoff. null before that, or without anybody. Source: OC-4. */
function participantAt({timeZone: id, startLocal, shiftMs, participants}: Rotation, at: Instant): string | null {
  const turn = Math.floor((timeZone(id).toWall(at) - parseWall(startLocal)) / shiftMs);
  return turn < 0 ? null : (participants[turn % participants.length] ?? null);
}

/** Who is on call at an instant: whoever stands in, else the highest layer that has somebody. Source: OC-4, OC-5. */
export function onCallAt({layers, overrides}: OnCallSchedule, at: Instant): OnCall {
  const override = overrides.findLast(({from, to}) => at >= from && at < to);
  if (override !== undefined) return {user: override.user, source: 'override'};
  const users = layers.map(layer => participantAt(layer, at));
  const user = users.findLast(candidate => candidate !== null) ?? null;
  return user === null ? {user, source: 'gap'} : {user, source: 'rotation'};
}

/**
 * Instants at which a rotation may hand over: the handoffs on the wall, those shown twice at both, and the days of the change
 * themselves, since a handoff in the hour that is skipped happens when the clock is put forward.
 */
function handoffs(rotation: Rotation, from: Instant, until: Instant): readonly Instant[] {
  if (!(rotation.shiftMs > 0)) throw new Fault('ROTATION_SHIFT', 'a shift has to be longer than nothing');
  const zone = timeZone(rotation.timeZone);
  const start = parseWall(rotation.startLocal);
  const found: Instant[] = [...zone.transitions(from, until)];
  const first = Math.max(0, Math.floor((zone.toWall(from) - DAY - start) / rotation.shiftMs));
  const last = Math.ceil((zone.toWall(until) + DAY - start) / rotation.shiftMs);
  for (let turn = first; turn <= last; turn++) {
    const wall = start + turn * rotation.shiftMs;
    found.push(wall - zone.offsetAt(wall - DAY), wall - zone.offsetAt(wall + DAY));
  }
  return found;
}

/**
 * Who is on call from `from` to `until`, without overlap and without holes: gaps are shifts of nobody.
 *
 * @throws {Fault} `ROTATION_SHIFT` for a shift of no length.
 *
 * Source: OC-4, OC-5.
 */
export function shifts(schedule: OnCallSchedule, from: Instant, until: Instant): readonly Shift[] {
  const edges = [
    ...schedule.layers.flatMap(layer => handoffs(layer, from, until)),
    ...schedule.overrides.flatMap(override => [override.from, override.to]),
  ];
  const inside = edges.filter(edge => edge > from && edge < until).sort((a, b) => a - b);
  const found: Shift[] = [];
  for (const start of [from, ...inside]) {
    const now = onCallAt(schedule, start);
    const last = found.at(-1);
    if (last !== undefined && last.user === now.user && last.source === now.source) continue;
    if (last !== undefined) found[found.length - 1] = {...last, end: start};
    found.push({...now, start, end: until});
  }
  return found;
}

/** How far ahead gaps are reported. Source: OC-4. */
export const GAP_HORIZON: DurationMs = 14 * DAY;

/** When nobody will be on call within a fortnight. Source: OC-4. */
export function upcomingGaps(schedule: OnCallSchedule, now: Instant): readonly Shift[] {
  return shifts(schedule, now, now + GAP_HORIZON).filter(({source}) => source === 'gap');
}
