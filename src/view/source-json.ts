import {rfc3339} from './rfc3339.ts';
import type {SourceEntry} from './sources.ts';

/** One input of `nocturne sources --json`. Source: contract.md. */
export function sourceJson(entry: SourceEntry) {
  return {
    name: entry.source.name,
    type: entry.source.type,
    collector: entry.origin.name,
    freshness: entry.freshness,
    lastSeenAt: rfc3339(entry.lastSeenAt),
    capabilities: entry.source.capabilities,
    errors: entry.errors,
  };
}
