import {Fault} from '../domain/fault.ts';
import type {ServerFrame} from '../protocol/frames.ts';
import {safeText} from '../runtime/safe-text.ts';

/** A frame whose strings may be painted, and the same as JSON, so that it can be handed to another thread as it is. */
export interface Decoded {
  readonly frame: ServerFrame;
  readonly text: string;
}

/**
 * What could hide something in JSON: a character that `safeText` might not leave alone, or an escape other than of quote,
 * backslash and slash. Nearly every frame has none, and is then taken without a look at its single strings.
 */
const NOT_PLAIN =
  /[^\x20-\x7E\xA0-\xAC\xAE-\u02FF\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u2190-\u21FF\u2500-\u25FC]|\\[^"\\/]/;

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isObjects = (value: unknown): boolean => Array.isArray(value) && value.every(isObject);

/** What the link itself relies on. The records inside come from our own `apply` and are taken as they are. */
const SHAPES: Readonly<Record<ServerFrame['t'], Shape>> = {
  hello: {collector: isObject, epoch: isText, head: isNumber, now: isNumber, who: isObject},
  resumed: {seq: isNumber},
  snap: {seq: isNumber, epoch: isText, occurrences: isNumber},
  item: {items: isObjects},
  snapend: {seq: isNumber, count: isNumber, digest: isText},
  live: {},
  d: {seq: isNumber, prev: isNumber, events: isObjects},
  mark: {seq: isNumber, prev: isNumber, at: isNumber, digest: isText, sources: isObjects},
  cack: {cid: isText, outcome: isText, code: isText},
  samples: {hosts: isObjects},
  progress: {runs: isObjects},
  months: {months: isObjects},
  history: {id: isNumber, stepMs: isNumber, until: isNumber, series: isObject},
  error: {code: isText, message: isText},
};

/**
 * Reads one frame of a collector.
 *
 * @returns null for a frame of a kind that this release does not know.
 * @throws {Fault} `PROTOCOL` when it is no frame at all.
 */
export function decodeServerFrame(text: string): Decoded | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Fault('PROTOCOL', 'a frame is not JSON');
  }
  const isPlain = !NOT_PLAIN.test(text);
  const frame = (isPlain ? parsed : safeStrings(parsed)) as ServerFrame;
  if (!isObject(frame) || typeof frame.t !== 'string') throw new Fault('PROTOCOL', 'a frame has no type');
  if (!Object.hasOwn(SHAPES, frame.t)) return null;
  for (const [field, fits] of Object.entries(SHAPES[frame.t])) {
    if (!fits(frame[field as keyof ServerFrame]))
      throw new Fault('PROTOCOL', `frame ${frame.t}: ${field} is not as agreed`);
  }
  return {frame, text: isPlain ? text : JSON.stringify(frame)};
}

/** A copy of what was JSON, in which every string, keys too, went through `safeText`; objects without a prototype (security rule 32). */
export function safeStrings(value: unknown): unknown {
  if (typeof value === 'string') return safeText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(safeStrings);
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value)) copy[safeText(key)] = safeStrings((value as Record<string, unknown>)[key]);
  return copy;
}
