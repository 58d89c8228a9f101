import {Fault} from '../../domain/fault.ts';
import type {Observation} from '../../domain/observation.ts';
import type {LeftOut, Parsed} from '../source.ts';

/** What one item of a message became. */
export type Item =
  | {readonly kind: 'observation'; readonly observation: Observation}
  | {readonly kind: 'ignored'; readonly code: 'INFORMATIONAL' | 'UNSUPPORTED'; readonly message: string};

/**
 * Reads a message item by item: one that cannot be read is rejected by itself and takes nobody with it.
 *
 * @param read - May throw a `Fault` for an item that cannot be read.
 * @param notes - What is to be said of the message as a whole.
 * @throws {Fault} `SOURCE_SCHEMA` when there are items and not one of them could be read.
 */
export function readItems<T>(
  items: readonly T[],
  read: (item: T, index: number) => Item,
  notes: readonly LeftOut[] = [],
): Parsed {
  const observations: Observation[] = [];
  const rejected: LeftOut[] = [];
  const ignored: LeftOut[] = [...notes];
  for (const [index, item] of items.entries()) {
    try {
      const result = read(item, index);
      if (result.kind === 'observation') observations.push(result.observation);
      else ignored.push({index, code: result.code, message: result.message});
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      rejected.push({index, code: 'SOURCE_ITEM', message: error.message});
    }
  }
  const [first] = rejected;
  if (first !== undefined && rejected.length === items.length) throw new Fault('SOURCE_SCHEMA', first.message);
  return {observations, rejected, ignored};
}
