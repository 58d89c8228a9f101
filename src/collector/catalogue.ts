import germanHolidays from '../../config/holidays/de.json' with {type: 'json'};
import {fingerprint, hostKey, UNASSIGNED} from '../domain/address.ts';
import type {Catalogue, ExpectedCheck} from '../domain/catalogue.ts';
import type {CheckRecord} from '../domain/check.ts';
import type {Customer, Source} from '../domain/customer.ts';
import {defaultRules, type Rules} from '../domain/rules.ts';
import type {HolidayRules} from '../domain/sla/holidays.ts';
import type {Instant} from '../domain/time.ts';
import {type CheckConfig, type CollectorConfig, OWN_SOURCES, type SourceConfig} from '../runtime/collector-config.ts';
import {safeText} from '../runtime/safe-text.ts';
import {backupPlans} from './backup-plans.ts';
import {contractOf} from './contract.ts';
import {onCallPlans} from './on-call-plans.ts';
import {sourceParsers} from './sources/registry.ts';

/** What `POST /v1/reports` is read with. */
export const REPORT_SOURCE: SourceConfig = {
  name: OWN_SOURCES.report,
  type: 'report',
  customerLabel: null,
  customer: null,
  timezone: 'Europe/Berlin',
  expectEveryMs: null,
  allow: null,
  hmacKeys: [],
  api: null,
};

/** Service of an exporter's own check: whether scraping works. */
const EXPORTER_SERVICE = 'exporter';
/** Before a scrape counts as failed. Source: ST-7. */
const EXPORTER_ATTEMPTS = 3;

function customers(config: CollectorConfig): readonly Customer[] {
  const unassigned: Customer = {
    id: UNASSIGNED,
    name: safeText(UNASSIGNED),
    state: null,
    timezone: 'Europe/Berlin',
    contract: null,
  };
  const configured = config.customers.map(
    (customer): Customer => ({
      id: customer.id,
      name: safeText(customer.name),
      state: customer.state,
      timezone: customer.timezone,
      contract: contractOf(config, customer),
    }),
  );
  return [...configured, unassigned];
}

function sources(config: CollectorConfig): readonly Source[] {
  const configured = [...config.sources, REPORT_SOURCE].map(({name, type, api}): Source => {
    const capabilities = sourceParsers.get(type)?.capabilities ?? [];
    return {name, type, capabilities: capabilities.filter(it => it !== 'pull' || api !== null)};
  });
  const own: Source[] = [];
  const {check, exporter} = OWN_SOURCES;
  if (config.checks.length > 0) own.push({name: check, type: 'check', capabilities: ['pull']});
  if (config.exporters.length > 0) own.push({name: exporter, type: 'exporter', capabilities: ['pull']});
  const {backup} = OWN_SOURCES;
  if (config.backups.length > 0) own.push({name: backup, type: 'backup', capabilities: []});
  return [...configured, ...own];
}

function expectedCheck(check: CheckConfig): ExpectedCheck {
  const {customer, site, host, service, everyMs, retryEveryMs, maxAttempts, graceMs, type} = check;
  return {
    address: {customer, site, host, service},
    source: OWN_SOURCES.check,
    policy: {
      intervalMs: everyMs,
      retryIntervalMs: retryEveryMs,
      maxAttempts,
      graceMs,
      isHeartbeat: type === 'heartbeat',
    },
  };
}

function checks(config: CollectorConfig): readonly ExpectedCheck[] {
  const scrapes = config.exporters.map(
    ({customer, site, host, everyMs}): ExpectedCheck => ({
      address: {customer, site, host, service: EXPORTER_SERVICE},
      source: OWN_SOURCES.exporter,
      policy: {
        intervalMs: everyMs,
        retryIntervalMs: everyMs,
        maxAttempts: EXPORTER_ATTEMPTS,
        graceMs: null,
        isHeartbeat: false,
      },
    }),
  );
  return [...config.checks.map(expectedCheck), ...scrapes];
}

/** What the configuration says there is, in the words of the domain. */
export function catalogueOf(config: CollectorConfig): Catalogue {
  const checked = new Set(config.checks.map(fingerprint));
  const scraped = new Set(config.exporters.map(hostKey));
  const isGone = (check: CheckRecord) => {
    if (check.source === OWN_SOURCES.check) return !checked.has(check.fingerprint);
    return check.source === OWN_SOURCES.exporter && !scraped.has(hostKey(check));
  };
  const holidays = germanHolidays as HolidayRules;
  return {
    customers: customers(config),
    holidays,
    sources: sources(config),
    hosts: config.hosts,
    checks: checks(config),
    backups: backupPlans(config),
    onCall: onCallPlans(config),
    isGone,
  };
}

/** What the configuration sets about judging. */
export function rulesOf({collector}: CollectorConfig, startedAt: Instant): Rules {
  const {reopenWindowMs, clearGraceMs, keepClosedMs} = collector;
  return {...defaultRules(startedAt), reopenWindowMs, clearGraceMs, keepClosedMs};
}
