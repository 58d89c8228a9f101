import * as v from 'valibot';
import {Fault} from '../domain/fault.ts';
import type {SafeText} from '../domain/text.ts';
import {DAY, HOUR} from '../domain/time.ts';
import type {ClientFrame} from './frames.ts';

const MOST_NAMES = 1000;
const MOST_KEY_UNITS = 1024;
const MOST_TEXT_UNITS = 4096;
const MOST_NAME_UNITS = 256;
const LONGEST_TTL_MS = 30 * DAY;
const LONGEST_SPAN_MS = 31 * DAY;
const LEAST_SPAN_MS = HOUR / 60;
const MOST_POINTS = 1440;
const MOST_LEVEL = 99;
/** Year 2200: what lies beyond is a mistake of units. */
const LATEST_INSTANT = Date.UTC(2200, 0, 1);

/** Reads frames of clients. */
export type ReadClientFrame = (text: string) => ClientFrame | null;

/**
 * Makes the reader of client frames; its objects are built field by field, unknown fields fall away (security rule 32).
 *
 * @param safe - Makes a text fit to be painted, cut to its UTF-16 code units.
 * @returns A function that gives null for a frame of an unknown kind, and throws `Fault` `FRAME` for one that cannot be read;
 * its values hold the `cid` when it was a command that names one, so that it can be answered.
 */
export function clientFrameReader(safe: (text: string, units: number) => SafeText): ReadClientFrame {
  const text = (units: number) =>
    v.pipe(
      v.string(),
      v.maxLength(units),
      v.transform(value => safe(value, units)),
      v.check(value => value.trim() !== ''),
    );
  const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MOST_NAME_UNITS));
  /** Of an address; the site that has no name is empty. */
  const part = v.pipe(
    v.string(),
    v.maxLength(MOST_NAME_UNITS),
    v.transform(value => safe(value, MOST_NAME_UNITS)),
  );
  const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LATEST_INSTANT));
  const cid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
  const occurrence = v.pipe(
    v.string(),
    v.regex(/^[0-9A-Za-z]{4,8}$/),
    v.transform(value => value.toUpperCase()),
  );
  const of = {occurrence};
  const body = v.variant('kind', [
    v.object({
      kind: v.literal('ack'),
      ...of,
      note: v.nullable(text(MOST_TEXT_UNITS)),
      until: v.nullable(instant),
      sticky: v.boolean(),
    }),
    v.object({kind: v.literal('unack'), ...of}),
    v.object({
      kind: v.literal('escalate'),
      ...of,
      level: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_LEVEL))),
    }),
    v.object({kind: v.literal('note'), ...of, text: text(MOST_TEXT_UNITS), customerVisible: v.boolean()}),
    v.object({kind: v.literal('snooze'), ...of, until: instant}),
    v.object({kind: v.literal('unsnooze'), ...of}),
    v.object({kind: v.literal('resolve'), ...of}),
    v.object({kind: v.literal('reopen'), ...of}),
    v.object({
      kind: v.literal('pause'),
      ...of,
      reason: text(MOST_TEXT_UNITS),
      question: text(MOST_TEXT_UNITS),
    }),
    v.object({kind: v.literal('resume'), ...of}),
    v.object({
      kind: v.literal('priority'),
      ...of,
      priority: v.picklist(['P1', 'P2', 'P3', 'P4']),
      mode: v.picklist(['retroactive', 'fromChange']),
      reason: text(MOST_TEXT_UNITS),
    }),
    v.object({
      kind: v.literal('downtime'),
      customer: part,
      site: v.nullable(part),
      host: v.nullable(part),
      service: v.nullable(part),
      start: instant,
      end: instant,
      comment: text(MOST_TEXT_UNITS),
    }),
    v.object({kind: v.literal('downtime-cancel'), id: name}),
    v.object({kind: v.literal('morning-check'), customer: name, note: v.nullable(text(MOST_TEXT_UNITS))}),
    v.object({
      kind: v.literal('restore-test'),
      customer: name,
      object: text(MOST_NAME_UNITS),
      ok: v.boolean(),
      scope: v.picklist(['file', 'application', 'full']),
      durationMs: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_TTL_MS))),
      point: v.nullable(instant),
      job: v.nullable(text(MOST_NAME_UNITS)),
      note: v.nullable(text(MOST_TEXT_UNITS)),
    }),
  ]);
  const key = v.pipe(v.string(), v.maxLength(MOST_KEY_UNITS));
  const frame = v.variant('t', [
    v.object({
      t: v.literal('sub'),
      client: name,
      epoch: v.nullable(name),
      seq: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
      customers: v.nullable(v.pipe(v.array(name), v.maxLength(MOST_NAMES))),
    }),
    v.object({
      t: v.literal('cmd'),
      cid,
      body,
      issuedAt: instant,
      ttlMs: v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_TTL_MS)),
      expectedVersion: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
      as: v.nullable(text(MOST_NAME_UNITS)),
    }),
    v.object({t: v.literal('watch'), hosts: v.union([v.literal('all'), v.array(key)])}),
    v.object({
      t: v.literal('ask'),
      id: v.pipe(v.number(), v.safeInteger()),
      host: key,
      spanMs: v.pipe(v.number(), v.minValue(LEAST_SPAN_MS), v.maxValue(LONGEST_SPAN_MS)),
      points: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_POINTS)),
    }),
  ]);
  const kinds: ReadonlySet<unknown> = new Set<ClientFrame['t']>(['sub', 'cmd', 'watch', 'ask']);
  return json => {
    const value = parse(json);
    if (!kinds.has(value.t)) return null;
    const read = v.safeParse(frame, value, {abortEarly: true});
    if (read.success) return read.output;
    const message = `frame ${String(value.t)}: ${v.getDotPath(read.issues[0]) ?? 'it'} is not as agreed`;
    throw new Fault('FRAME', message, v.is(cid, value.cid) ? {cid: value.cid} : {});
  };
}

function parse(json: string): {readonly t?: unknown; readonly cid?: unknown} {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && 't' in value && typeof value.t === 'string') return value;
  } catch {
    // Told below: the parser's own message would echo the frame.
  }
  throw new Fault('FRAME', 'a frame is a JSON object with its kind under "t"');
}
