import type {CheckAddress} from './address.ts';
import type {Downtime} from './downtime.ts';
import type {NocState} from './state.ts';
import type {Instant} from './time.ts';

/** Whether a downtime is about this check: its scope is a customer, a site, a host or a service. Source: MW-2. */
export function isCovered(downtime: Downtime, address: CheckAddress): boolean {
  return (
    downtime.customer === address.customer &&
    (downtime.site === null || downtime.site === address.site) &&
    (downtime.host === null || downtime.host === address.host) &&
    (downtime.service === null || downtime.service === address.service)
  );
}

/** Whether a downtime holds at `now`: [start, end), a flexible one only once it was started. Source: MW-2. */
export function isInForce(downtime: Downtime, now: Instant): boolean {
  if (now >= downtime.end) return false;
  if (downtime.state === 'active') return true;
  return downtime.state === 'scheduled' && downtime.flexibleMs === null && now >= downtime.start;
}

/** Whether any downtime covers this check at `now`; overlapping ones form a union. Source: MW-2. */
export function isInDowntime(state: NocState, address: CheckAddress, now: Instant): boolean {
  for (const downtime of state.downtimes.values()) {
    if (isInForce(downtime, now) && isCovered(downtime, address)) return true;
  }
  return false;
}

/** When the last downtime over this check ended; long ago when none is known. One cancelled before its start never held. */
export function lastDowntimeEnd(state: NocState, address: CheckAddress, now: Instant): Instant {
  let last = Number.NEGATIVE_INFINITY;
  for (const downtime of state.downtimes.values()) {
    const {start, end} = downtime;
    if (start < end && end <= now && end > last && isCovered(downtime, address)) last = end;
  }
  return last;
}
