import {type CheckAddress, type CustomerId, fingerprint, hostKey, UNASSIGNED} from './address.ts';
import type {Alert, Claim} from './alert.ts';
import {closeAlert} from './alert-life.ts';
import type {BackupPlan} from './backup/backup-record.ts';
import {defineBackups, removeBackups} from './backup/define-backups.ts';
import type {CheckPolicy, CheckRecord, HostRecord} from './check.ts';
import {type CheckMemory, memoryOfCheck, noMemory} from './check-memory.ts';
import {liveClaims} from './claims.ts';
import type {Customer, Source} from './customer.ts';
import {removeCheck, removeHost} from './decide-removal.ts';
import {type Decision, openDecision} from './decision.ts';
import type {Draft} from './event.ts';
import {followIncidents} from './follow-incidents.ts';
import {isSame} from './is-same.ts';
import {defineOnCall} from './on-call/define-on-call.ts';
import type {OnCallPlan} from './on-call/plan.ts';
import type {Rules} from './rules.ts';
import type {HolidayRules} from './sla/holidays.ts';
import {NEVER_CHECKED} from './soft-hard.ts';
import type {NocState} from './state.ts';
import {ownText} from './text.ts';
import type {Instant} from './time.ts';

/** A check that the configuration names: it is shown as pending until its first result, and missed when it stays silent. */
export interface ExpectedCheck {
  readonly address: CheckAddress;
  readonly source: string;
  readonly policy: CheckPolicy;
}

/** What the configuration says there is. */
export interface Catalogue {
  readonly customers: readonly Customer[];
  /** Public holidays that calendars of contracts speak of. */
  readonly holidays: HolidayRules;
  readonly sources: readonly Source[];
  /** Configured hosts, and those that a configured check or exporter stands on. */
  readonly hosts: readonly Omit<HostRecord, 'version'>[];
  readonly checks: readonly ExpectedCheck[];
  readonly backups: readonly BackupPlan[];
  /** One for each customer that a schedule serves. */
  readonly onCall: readonly OnCallPlan[];
  /** Whether a known check can have no more results: what made it is no longer configured. */
  readonly isGone: (check: CheckRecord) => boolean;
}

function defineCustomers(decision: Decision, customers: readonly Customer[]): void {
  for (const customer of customers) {
    const {id, name, state, timezone, contract} = customer;
    const known = decision.state.customers.get(id);
    const before = known && {
      id,
      name: known.name,
      state: known.state,
      timezone: known.timezone,
      contract: known.contract,
    };
    const after = {id, name, state, timezone, contract};
    if (!isSame(before, after)) decision.draft(id, {type: 'customer.defined', customer: after});
  }
}

function defineSources(decision: Decision, sources: readonly Source[]): void {
  for (const {name, type, capabilities} of sources) {
    const known = decision.state.sources.get(name);
    if (known?.type === type && isSame(known.capabilities, capabilities)) continue;
    decision.draft(null, {type: 'source.defined', source: {name, type, capabilities}});
  }
}

function defineHosts(decision: Decision, hosts: readonly Omit<HostRecord, 'version'>[]): void {
  for (const {customer, site, host, parents, criticality} of hosts) {
    const known = decision.state.hosts.get(hostKey({customer, site, host}));
    if (known?.criticality === criticality && isSame(known.parents, parents)) continue;
    decision.draft(customer, {type: 'host.defined', customer, site, host, parents, criticality});
  }
}

function defineChecks(decision: Decision, checks: readonly ExpectedCheck[]): void {
  for (const {address, source, policy} of checks) {
    if (decision.state.checks.has(fingerprint(address))) continue;
    decision.draft(address.customer, {
      type: 'check.changed',
      address,
      source,
      ...NEVER_CHECKED,
      maxAttempts: policy.maxAttempts,
      stale: false,
      lastState: 'pending',
      flapping: false,
      output: ownText('pending'),
    });
  }
}

/**
 * A host that is no longer configured goes when no check of it is left; otherwise it is as one merely seen. What an upstream
 * says of it stands: the configuration cannot mend it.
 */
function removeHosts(decision: Decision, hosts: readonly Omit<HostRecord, 'version'>[]): void {
  const configured = new Set(hosts.map(hostKey));
  for (const [key, {customer, site, host, parents, criticality}] of [...decision.state.hosts.entries()]) {
    if (configured.has(key)) continue;
    const checks = decision.state.ofHost.get(key)?.checks.length ?? 0;
    if (checks === 0) decision.draft(customer, {type: 'host.removed', customer, site, host});
    else if (parents.length > 0 || criticality !== 'B') {
      decision.draft(customer, {type: 'host.defined', customer, site, host, parents: [], criticality: 'B'});
    }
  }
}

function closeAlerts(decision: Decision, isMeant: (alert: Alert) => boolean): void {
  for (const occurrence of [...decision.state.live.values()]) {
    const alert = decision.state.alerts.get(occurrence);
    if (alert !== undefined && isMeant(alert)) closeAlert(decision, alert, 'decommissioned');
  }
}

/** A source that is gone can end none of its claims, so alerts that only it speaks of are closed. */
function removeSources(decision: Decision, sources: readonly Source[]): void {
  const configured = new Set(sources.map(source => source.name));
  for (const {name, type} of [...decision.state.sources.values()]) {
    if (configured.has(name)) continue;
    decision.draft(null, {type: 'source.removed', name});
    const checks = [...decision.state.checks.values()].filter(check => check.source === name);
    for (const check of checks) removeCheck(decision, check.customer, check.fingerprint);
    closeAlerts(decision, alert => {
      const claims = liveClaims(alert.claims);
      const isTheirs = ({key}: Claim) => key.startsWith(`${name}:`) || key.startsWith(`${type}:${name}:`);
      return claims.length > 0 && claims.every(isTheirs);
    });
  }
}

function removeCustomer(decision: Decision, id: CustomerId): void {
  const isTheirs = (it: CheckAddress | HostRecord) => it.customer === id;
  for (const check of [...decision.state.checks.values()].filter(isTheirs))
    removeCheck(decision, id, check.fingerprint);
  for (const host of [...decision.state.hosts.values()].filter(isTheirs)) removeHost(decision, host);
  removeBackups(decision, id);
  closeAlerts(decision, isTheirs);
  decision.draft(id, {type: 'customer.removed', id});
}

/**
 * What has to happen so that the state holds what the configuration says: only the differences, nothing when there is none.
 *
 * What is no longer there closes its alerts as decommissioned. Source: AL-1. Hosts and checks that only reported by themselves
 * stay: nobody configured them, so nobody took them away.
 */
export function decideCatalogue(state: NocState, catalogue: Catalogue, now: Instant, rules: Rules): readonly Draft[] {
  const decision = openDecision(state, now, rules);
  if (!isSame(decision.state.holidays, catalogue.holidays)) {
    decision.draft(null, {type: 'holidays.defined', rules: catalogue.holidays});
  }
  defineCustomers(decision, catalogue.customers);
  defineSources(decision, catalogue.sources);
  defineHosts(decision, catalogue.hosts);
  defineChecks(decision, catalogue.checks);
  defineBackups(decision, catalogue.backups);
  defineOnCall(decision, catalogue.onCall);
  const gone = [...decision.state.checks.values()].filter(catalogue.isGone);
  for (const check of gone) removeCheck(decision, check.customer, check.fingerprint);
  removeSources(decision, catalogue.sources);
  removeHosts(decision, catalogue.hosts);
  const configured = new Set(catalogue.customers.map(customer => customer.id));
  for (const id of [...decision.state.customers.keys()]) {
    if (id !== UNASSIGNED && !configured.has(id)) removeCustomer(decision, id);
  }
  followIncidents(decision);
  return decision.drafts;
}

/**
 * Memory of a check that the configuration names, with the policy of today. Without it silence would not be noticed before the
 * first result.
 *
 * @param memory - What is remembered so far, if anything.
 */
export function expectCheck(
  state: NocState,
  memory: CheckMemory | undefined,
  {address, policy}: ExpectedCheck,
  now: Instant,
): CheckMemory {
  const known = state.checks.get(fingerprint(address));
  const result = memory?.result ?? memoryOfCheck(known, policy, now);
  return {...(memory ?? noMemory()), result: {...result, policy}};
}
