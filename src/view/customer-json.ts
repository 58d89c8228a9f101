import type {CustomerEntry} from './customers.ts';
import {rfc3339} from './rfc3339.ts';

/** One customer of `nocturne customers --json`. Source: contract.md. */
export function customerJson(entry: CustomerEntry) {
  return {
    id: entry.id,
    name: entry.customer?.name ?? entry.id,
    worst: entry.worst,
    open: entry.open,
    acked: entry.acked,
    hosts: entry.hosts,
    stale: entry.stale,
    nextDueAt: rfc3339(entry.nextDueAt),
  };
}
