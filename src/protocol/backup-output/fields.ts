import type {Instant} from '../../domain/time.ts';

/** A JSON object as it came. Read field by field, never spread (security rule 32). */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `text` as a JSON object; null for anything else. */
export function parseFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** A text that is not empty, of at most 300 units. */
export function textOf(fields: Fields, name: string): string | null {
  const value = own(fields, name);
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 300) : null;
}

/** A count or a size: not negative, and no more than can be told apart. */
export function countOf(fields: Fields, name: string): number | null {
  const value = own(fields, name);
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : null;
}

export function fieldsOf(fields: Fields, name: string): Fields | null {
  const value = own(fields, name);
  return isFields(value) ? value : null;
}

export function listOf(fields: Fields, name: string): readonly unknown[] | null {
  const value = own(fields, name);
  return Array.isArray(value) ? value : null;
}

/** Go prints the year 1 for a time that is not set. */
const FIRST_YEAR = 1970;

/** An RFC 3339 time with a zone; null for another text, and for the year 1 that Go programs send. */
export function instantOf(value: unknown): Instant | null {
  const match =
    typeof value === 'string'
      ? /^(\d{4})-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.exec(value)
      : null;
  if (match === null || Number(match[1]) < FIRST_YEAR) return null;
  const at = Date.parse(match[0]);
  return Number.isNaN(at) ? null : at;
}
