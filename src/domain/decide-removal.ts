import {type CheckAddress, type Fingerprint, fingerprint, hostKey} from './address.ts';
import {closeAlert} from './alert-life.ts';
import type {Decision} from './decision.ts';

/** A check is no longer there: its alert, in whatever condition, closes as decommissioned. Source: AL-1. */
export function removeCheck(decision: Decision, customer: string, key: Fingerprint): void {
  if (decision.state.checks.has(key)) decision.draft(customer, {type: 'check.removed', fingerprint: key, customer});
  const occurrence = decision.state.live.get(key);
  const alert = occurrence === undefined ? undefined : decision.state.alerts.get(occurrence);
  if (alert !== undefined) closeAlert(decision, alert, 'decommissioned');
}

/** A host is no longer there, nor is anything on it. Source: AL-1. */
export function removeHost(decision: Decision, {customer, site, host}: Omit<CheckAddress, 'service'>): void {
  const key = hostKey({customer, site, host});
  const contents = decision.state.ofHost.get(key);
  const live = [...(contents?.live ?? [])].map(occurrence => decision.state.alerts.get(occurrence)?.fingerprint);
  const keys = new Set([...(contents?.checks ?? []), ...live.filter(it => it !== undefined)]);
  for (const check of keys) removeCheck(decision, customer, check);
  if (decision.state.hosts.has(key)) decision.draft(customer, {type: 'host.removed', customer, site, host});
}

/** A removal says a service, or with an empty service the whole host. */
export function decideRemoval(decision: Decision, address: CheckAddress): void {
  if (address.service === '') removeHost(decision, address);
  else removeCheck(decision, address.customer, fingerprint(address));
}
