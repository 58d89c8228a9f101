import * as v from 'valibot';
import {Fault} from '../../domain/fault.ts';
import type {SafeText} from '../../domain/text.ts';
import type {Instant} from '../../domain/time.ts';
import {safeText} from '../../runtime/safe-text.ts';
import {foldedLines} from '../folded-lines.ts';

// UTF-8 bytes that are kept of what upstreams send. All of one alert together stay well below one frame of 64 KiB, also when
// every character needs an escape in JSON.
const NAME_BYTES = 255;
const SUMMARY_BYTES = 1024;
const OUTPUT_BYTES = 8192;
const URL_BYTES = 2048;
const LABEL_NAME_BYTES = 64;
const LABEL_VALUE_BYTES = 512;
const ALL_LABELS_BYTES = 8192;
const MOST_LABELS = 64;

/** Never taken as a key of an object (security rule 32). */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export type Labels = Readonly<Record<string, SafeText>>;

/** A name of a host, service or site: one line, no blanks around it; '' for what is no text. */
export function nameText(value: unknown): SafeText {
  return safeText(typeof value === 'string' ? value.trim() : '', {bytes: NAME_BYTES});
}

/** One line that says what is wrong. */
export function summaryText(value: string): SafeText {
  return safeText(value.trim(), {bytes: SUMMARY_BYTES});
}

/** A text that may have several lines, as one; null when there is none. */
export function outputText(value: string | null | undefined): SafeText | null {
  return foldedLines(value, OUTPUT_BYTES);
}

/** An address that a technician may open: http or https, whole or not at all, as half of one leads elsewhere. */
export function urlText(value: unknown): SafeText | null {
  if (typeof value !== 'string' || value.length > URL_BYTES) return null;
  const url = URL.parse(value);
  if (url === null) return null;
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '')
    return null;
  return url.href.length > URL_BYTES ? null : safeText(url.href, {bytes: URL_BYTES});
}

/**
 * Labels copied one by one onto a null prototype (security rule 32). Texts, numbers and truth values count; the rest, empty values and
 * whatever goes beyond 64 labels or 8 KiB are left out.
 */
export function labelsOf(value: unknown): Labels {
  const labels: Record<string, SafeText> = Object.create(null);
  if (typeof value !== 'object' || value === null) return labels;
  let count = 0;
  let bytes = 0;
  for (const [name, raw] of Object.entries(value)) {
    if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') continue;
    const key = safeText(name, {bytes: LABEL_NAME_BYTES});
    const text = safeText(String(raw), {bytes: LABEL_VALUE_BYTES});
    if (key === '' || text === '' || FORBIDDEN_KEYS.has(key) || key in labels) continue;
    count += 1;
    bytes += Buffer.byteLength(key) + Buffer.byteLength(text);
    if (count > MOST_LABELS || bytes > ALL_LABELS_BYTES) break;
    labels[key] = text;
  }
  return labels;
}

/** The text under `name`, when there is one that is not empty; names of the object prototype are none. */
export function textAt(record: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = Object.hasOwn(record, name) ? record[name] : null;
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** RFC 3339 with seconds and a zone, as every source here sends it; the fraction may have nanoseconds. */
const RFC3339 = /^(\d{4})-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** Go's zero time starts this year: "not set". */
const FIRST_YEAR = 1970;

/**
 * @returns Undefined when `value` is no RFC 3339 time; null for a time that is not set: absent, or the year 1 that Go programs send.
 */
export function instantOf(value: unknown): Instant | null | undefined {
  if (value === null || value === undefined || value === '') return null;
  const match = typeof value === 'string' ? RFC3339.exec(value) : null;
  if (match === null) return undefined;
  if (Number(match[1]) < FIRST_YEAR) return null;
  const instant = Date.parse(match[0].toUpperCase());
  return Number.isNaN(instant) ? undefined : instant;
}

/** A schema for times: see `instantOf`. */
export const instant = v.pipe(
  v.optional(v.unknown()),
  v.check(value => instantOf(value) !== undefined, 'an RFC 3339 time with a zone'),
  v.transform(value => instantOf(value) ?? null),
);

/**
 * `value` as `schema` has it.
 *
 * @throws {Fault} `code`, naming the field and what was wanted, never what was sent.
 */
export function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  code: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, {abortEarly: true});
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = issue.path?.map(item => String(item.key)).join('.') ?? '';
  const isMissing = issue.kind === 'schema' && issue.received === 'undefined';
  const wanted = issue.type === 'check' ? issue.message : (issue.expected ?? 'another value');
  throw new Fault(code, `${path === '' ? '' : `${path}: `}${isMissing ? 'missing' : `${wanted} wanted`}`);
}
