import {type HostEntry, isHostStale} from './host-entry.ts';
import {rfc3339} from './rfc3339.ts';

/** One host of `nocturne hosts --json`. Source: contract.md; a figure nobody told is null. */
export function hostJson(entry: HostEntry) {
  const {facts, sample} = entry;
  return {
    customer: facts.customer,
    site: facts.site,
    host: facts.host,
    state: facts.state,
    stale: isHostStale(entry),
    lastSeenAt: rfc3339(entry.lastSeenAt),
    services: facts.services,
    metrics: {
      cpuPercent: sample?.cpuPercent ?? null,
      memoryPercent: sample?.memoryPercent ?? null,
      diskPercent: sample?.diskPercent ?? null,
      loadPerCore: sample?.loadPerCore ?? null,
      uptimeSeconds: sample?.uptimeSeconds ?? null,
    },
  };
}
