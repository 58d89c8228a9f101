/** How far a number may be off: `absolute`, or `relative` to the expected one. */
interface Allowance {
  readonly absolute: number;
  readonly relative: number;
}

type Tolerance = Readonly<Record<string, number>>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Floating point noise of a number that the file calls exact. */
const ROUNDING = 1e-9;

function allowance(tolerance: Tolerance, category: string, field: string): Allowance {
  return {
    absolute: tolerance[`${category}.${field}`] ?? tolerance[field] ?? tolerance[category] ?? tolerance.default ?? 0,
    relative: tolerance[`${category}.relative`] ?? 0,
  };
}

function isNear(expected: number, actual: number, {absolute, relative}: Allowance): boolean {
  if (Object.is(expected, actual)) return true;
  const limit = Math.max(absolute, relative * Math.abs(expected), ROUNDING * Math.max(1, Math.abs(expected)));
  return Math.abs(expected - actual) <= limit;
}

function toInstant(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
}

function toInfinity(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  return text === '-inf' ? Number.NEGATIVE_INFINITY : Number.NaN;
}

function isSameText(expected: string, actual: unknown): boolean {
  if (INSTANT.test(expected)) return Date.parse(expected) === toInstant(actual);
  if (typeof actual === 'number') return toInfinity(expected) === actual;
  return expected === actual;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

/**
 * Compares field by field what the file expects with what production code answered.
 *
 * @returns One line for each field that differs, with its path; none when all is well. Fields that `expected` does not name
 *   are not looked at. Instants compare as instants, numbers by the tolerances of the file, `inf` as Infinity (PF-3).
 */
export function differences(
  expected: unknown,
  actual: unknown,
  tolerance: Tolerance,
  category: string,
  path: readonly string[] = [],
): readonly string[] {
  const differ = [`${path.join('.') || '(whole)'}: expected ${show(expected)}, got ${show(actual)}`];
  if (typeof expected === 'number') {
    const field = path.findLast(part => !/^\d+$/.test(part)) ?? '';
    const isSame = typeof actual === 'number' && isNear(expected, actual, allowance(tolerance, category, field));
    return isSame ? [] : differ;
  }
  if (typeof expected === 'string') return isSameText(expected, actual) ? [] : differ;
  if (expected === null || typeof expected !== 'object') return Object.is(expected, actual) ? [] : differ;
  if (actual === null || typeof actual !== 'object' || Array.isArray(expected) !== Array.isArray(actual)) return differ;
  if (Array.isArray(expected) && expected.length !== (actual as unknown[]).length) return differ;
  return Object.entries(expected).flatMap(([key, value]) =>
    differences(value, (actual as Record<string, unknown>)[key], tolerance, category, [...path, key]),
  );
}
