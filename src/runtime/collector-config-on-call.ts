import {timeZone, type Zone} from '../domain/local-time/zone.ts';
import {type OnCallOverride, parseWall, type Rotation} from '../domain/on-call/rotation.ts';
import {DAY, type DurationMs, HOUR} from '../domain/time.ts';
import type {OnCallConfig} from './collector-config.ts';
import {isDate, isTimezone} from './collector-config-hours.ts';
import {reportUnknown} from './collector-config-references.ts';
import type {ConfigReport} from './collector-config-report.ts';
import type {WrittenConfig} from './collector-config-schema.ts';
import type {ConfigPath} from './config-problem.ts';

type WrittenOnCall = NonNullable<WrittenConfig['onCall']>;
type WrittenSchedule = NonNullable<WrittenOnCall['schedules']>[number];
type WrittenLayer = NonNullable<WrittenSchedule['layers']>[number];
type WrittenOverride = NonNullable<WrittenSchedule['overrides']>[number];

const DEFAULT_TIMEZONE = 'Europe/Berlin';
const UNITS: Readonly<Record<string, DurationMs>> = {h: HOUR, d: DAY, w: 7 * DAY};
/** A schedule travels as one entry of the log, and every entry has to fit into a frame of 64 KiB (security rule 20). */
const MAX_SCHEDULE_BYTES = 48 * 1024;

/** `daily`, `weekly`, `12h`, `3d` or `2w` as a length on the wall. */
function shiftLength(rotation: string): DurationMs {
  if (rotation === 'daily') return DAY;
  if (rotation === 'weekly') return 7 * DAY;
  return Number(rotation.slice(0, -1)) * (UNITS[rotation.slice(-1)] ?? DAY);
}

function resolveLayer(
  {rotation, start, handover, people}: WrittenLayer,
  timezone: string,
  at: ConfigPath,
  report: ConfigReport,
): Rotation {
  isDate(start, [...at, 'start'], report);
  return {
    timeZone: timezone,
    startLocal: `${start}T${handover}`,
    shiftMs: shiftLength(rotation),
    participants: people,
  };
}

/** null where its times cannot be read: that is reported. */
function resolveOverride(
  {start, end, person}: WrittenOverride,
  zone: Zone | null,
  at: ConfigPath,
  report: ConfigReport,
): OnCallOverride | null {
  const isStart = isDate(start.slice(0, 10), [...at, 'start'], report);
  const isEnd = isDate(end.slice(0, 10), [...at, 'end'], report);
  if (zone === null || !isStart || !isEnd) return null;
  const override = {from: zone.toInstant(parseWall(start)), to: zone.toInstant(parseWall(end)), user: person};
  if (override.to <= override.from) report.error([...at, 'end'], 'CONFIG_END_BEFORE_START', {start, end});
  return override;
}

/** Two who stand in at once are no error, since the later in the list wins; mostly they are a slip. Source: OC-5. */
function reportOverlaps(
  overrides: readonly (OnCallOverride | null)[],
  written: readonly WrittenOverride[],
  at: ConfigPath,
  report: ConfigReport,
): void {
  for (const [index, later] of overrides.entries()) {
    const first = overrides
      .slice(0, index)
      .findIndex(one => later && one && one.from < later.to && later.from < one.to);
    const covered = written[first];
    if (covered === undefined) continue;
    const {person, start} = covered;
    report.warning([...at, index, 'start'], 'CONFIG_OVERRIDES_OVERLAP', {person, start});
  }
}

/** Everybody that a schedule names, each with the place of it. */
function named(
  {layers = [], overrides = []}: WrittenSchedule,
  at: ConfigPath,
): readonly {readonly id: string; readonly at: ConfigPath}[] {
  return [
    ...layers.flatMap(({people}, layer) =>
      people.map((id, index) => ({id, at: [...at, 'layers', layer, 'people', index]})),
    ),
    ...overrides.map(({person}, index) => ({id: person, at: [...at, 'overrides', index, 'person']})),
  ];
}

function resolveSchedule(
  written: WrittenSchedule,
  people: NonNullable<WrittenOnCall['people']>,
  at: ConfigPath,
  report: ConfigReport,
): OnCallConfig {
  const {id, name = id, timezone = DEFAULT_TIMEZONE, customers = 'all', layers = [], overrides = []} = written;
  const zone = isTimezone(timezone, [...at, 'timezone'], report) ? timeZone(timezone) : null;
  const persons = named(written, at);
  if (persons.length === 0) report.error([...at, 'id'], 'CONFIG_ON_CALL_EMPTY', {given: id});
  for (const person of persons)
    reportUnknown(person.id, Object.keys(people), person.at, 'CONFIG_UNKNOWN_PERSON', report);
  const standIns = overrides.map((one, index) => resolveOverride(one, zone, [...at, 'overrides', index], report));
  reportOverlaps(standIns, overrides, [...at, 'overrides'], report);
  const schedule: OnCallConfig = {
    id,
    name,
    customers: customers === 'all' ? null : customers,
    people: [...new Set(persons.map(person => person.id))].map(person => ({
      id: person,
      name: people[person]?.name ?? person,
      contact: people[person]?.contact ?? null,
    })),
    schedule: {
      layers: layers.map((layer, index) => resolveLayer(layer, timezone, [...at, 'layers', index], report)),
      overrides: standIns.filter(one => one !== null),
    },
  };
  const bytes = Buffer.byteLength(JSON.stringify(schedule));
  if (bytes > MAX_SCHEDULE_BYTES) report.error([...at, 'id'], 'CONFIG_ON_CALL_LONG', {given: id});
  return schedule;
}

/** Customers that are not there, and schedules and customers of one that are there twice. */
function reportOnCall(
  schedules: readonly WrittenSchedule[],
  {customers: known = []}: WrittenConfig,
  report: ConfigReport,
): void {
  const ids = known.map(customer => customer.id);
  for (const [index, {id, customers = 'all'}] of schedules.entries()) {
    const at = ['onCall', 'schedules', index];
    if (schedules.findIndex(other => other.id === id) < index) report.error([...at, 'id'], 'CONFIG_TWICE', {given: id});
    if (customers === 'all') continue;
    for (const [place, customer] of customers.entries()) {
      reportUnknown(customer, ids, [...at, 'customers', place], 'CONFIG_UNKNOWN_CUSTOMER', report);
      if (customers.indexOf(customer) < place) {
        report.error([...at, 'customers', place], 'CONFIG_TWICE', {given: customer});
      }
    }
  }
}

/** Who is on call, as data for the rotations; what does not fit together is reported. Source: OC-4, OC-5. */
export function resolveOnCall(written: WrittenConfig, report: ConfigReport): readonly OnCallConfig[] {
  const {people = {}, schedules = []} = written.onCall ?? {};
  reportOnCall(schedules, written, report);
  return schedules.map((one, index) => resolveSchedule(one, people, ['onCall', 'schedules', index], report));
}
