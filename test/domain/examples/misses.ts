import {differences} from './compare.ts';
import type {Example, ExampleFile} from './example-file.ts';
import {runners} from './registry.ts';

/**
 * What production code answers differently from one example of a file; an answer that throws differs, too.
 *
 * @throws {Error} When nobody runs the category.
 */
export function misses(file: ExampleFile, category: string, example: Example): readonly string[] {
  const run = runners[category];
  if (run === undefined) throw new Error(`no runner for the category ${category}`);
  try {
    return differences(example.expected, run(example, file), file.tolerance, category);
  } catch (error) {
    return [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
