import {Fault} from '../../domain/fault.ts';
import type {ToolFacts} from '../../protocol/backup-output/tool-facts.ts';
import type {Parsed} from '../source.ts';
import {observeFacts} from './backup-items.ts';
import {readItems} from './items.ts';
import type {ItemContext} from './reported-items.ts';

/**
 * A tool's own words, sent as a webhook: the same reader as that of `nocturne report backup --format`.
 *
 * @throws {Fault} `SOURCE_SCHEMA` when nothing can be made of the body.
 */
export function readFactsOf(
  read: (document: unknown) => readonly ToolFacts[],
  tool: string,
  context: ItemContext,
): Parsed {
  let facts: readonly ToolFacts[];
  try {
    facts = read(context.request.body);
  } catch (error) {
    throw error instanceof Fault ? new Fault('SOURCE_SCHEMA', error.message) : error;
  }
  if (facts.length > 0) return readItems(facts, fact => observeFacts(fact, tool, context));
  const message = 'not about a backup or a verification';
  return {observations: [], rejected: [], ignored: [{index: -1, code: 'INFORMATIONAL', message}]};
}
