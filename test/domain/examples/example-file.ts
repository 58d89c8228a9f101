import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** Any value of the example file. Runners know the shape of their own category and cast once. */
export type Json = null | boolean | number | string | readonly Json[] | {readonly [key: string]: Json};

/** One worked example: production code is fed `input` and must answer every field of `expected`. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly string[];
  readonly input: Json;
  readonly expected: Json;
}

/** The file described in domain.md section 11. */
export interface ExampleFile {
  readonly schemaVersion: number;
  /** `default`, a field name, a category, `category.field`, or `category.relative`. */
  readonly tolerance: Readonly<Record<string, number>>;
  readonly calendars: Readonly<Record<string, Json>>;
  readonly cases: Readonly<Record<string, readonly Example[]>>;
}

/**
 * Answers one example by the production functions of its category.
 *
 * @returns At least the fields of `expected`; instants as epoch milliseconds or as RFC 3339 text.
 */
export type ExampleRunner = (example: Example, file: ExampleFile) => unknown;

const OWN_COPY = fileURLToPath(new URL('../../fixtures/domain-examples.json', import.meta.url));

/** The file that `NOCTURNE_DOMAIN_EXAMPLES` names, or the copy in `test/fixtures`. */
export function loadExamples(): ExampleFile {
  return JSON.parse(readFileSync(process.env.NOCTURNE_DOMAIN_EXAMPLES ?? OWN_COPY, 'utf8')) as ExampleFile;
}
