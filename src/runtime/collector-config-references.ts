import {fingerprint, hostKey, parentKey} from '../domain/address.ts';
import {type HostConfig, OWN_SOURCES} from './collector-config.ts';
import type {ConfigReport} from './collector-config-report.ts';
import type {WrittenConfig} from './collector-config-schema.ts';
import type {ConfigPath} from './config-problem.ts';
import {didYouMean} from './did-you-mean.ts';

/** Reports a name that nothing in `known` has. */
export function reportUnknown(
  given: string,
  known: Iterable<string>,
  at: ConfigPath,
  code: string,
  report: ConfigReport,
): void {
  const names = [...known];
  if (names.includes(given)) return;
  const meant = didYouMean(given, names);
  report.error(at, code, {given, meant: meant ?? ''}, meant === null ? null : 'didYouMean');
}

function reportTwice(
  section: string,
  keys: readonly {key: string; name: string; part: string}[],
  report: ConfigReport,
): void {
  const seen = new Set<string>();
  for (const [index, {key, name, part}] of keys.entries()) {
    if (seen.has(key)) report.error([section, index, part], 'CONFIG_TWICE', {given: name});
    seen.add(key);
  }
}

/** Customers, tiers and source types that are named but not there, and ids that are there twice. */
export function reportReferences(
  written: WrittenConfig,
  sourceTypes: ReadonlySet<string> | null,
  report: ConfigReport,
): void {
  const {customers = [], sources = [], checks = [], exporters = [], hosts = [], slaTiers = {}} = written;
  const ids = customers.map(customer => customer.id);
  for (const [index, {id, sla}] of customers.entries()) {
    if (id === 'unassigned') report.error(['customers', index, 'id'], 'CONFIG_RESERVED', {given: id});
    if (sla !== undefined)
      reportUnknown(sla, Object.keys(slaTiers), ['customers', index, 'sla'], 'CONFIG_UNKNOWN_TIER', report);
  }
  const reserved: readonly string[] = Object.values(OWN_SOURCES);
  for (const [index, {name, type, customer, api}] of sources.entries()) {
    if (api !== undefined && type !== 'alertmanager') report.error(['sources', index, 'api'], 'CONFIG_NO_API', {type});
    if (reserved.includes(name)) report.error(['sources', index, 'name'], 'CONFIG_RESERVED', {given: name});
    if (sourceTypes !== null)
      reportUnknown(type, sourceTypes, ['sources', index, 'type'], 'CONFIG_UNKNOWN_TYPE', report);
    if (customer !== undefined)
      reportUnknown(customer, ids, ['sources', index, 'customer'], 'CONFIG_UNKNOWN_CUSTOMER', report);
  }
  for (const [section, list] of Object.entries({checks, exporters, hosts})) {
    for (const [index, {customer}] of list.entries()) {
      reportUnknown(customer, ids, [section, index, 'customer'], 'CONFIG_UNKNOWN_CUSTOMER', report);
    }
  }
  reportTwice(
    'customers',
    customers.map(({id}) => ({key: id, name: id, part: 'id'})),
    report,
  );
  reportTwice(
    'sources',
    sources.map(({name}) => ({key: name, name, part: 'name'})),
    report,
  );
  const named = ({customer, host, site = ''}: {customer: string; host: string; site?: string | undefined}) =>
    hostKey({customer, host, site});
  reportTwice(
    'hosts',
    hosts.map(host => ({key: named(host), name: host.host, part: 'host'})),
    report,
  );
  reportTwice(
    'exporters',
    exporters.map(one => ({key: named(one), name: one.host, part: 'host'})),
    report,
  );
  reportTwice(
    'checks',
    checks.map(({customer, site = '', host, service = ''}) => ({
      key: fingerprint({customer, site, host, service}),
      name: service === '' ? host : `${host} / ${service}`,
      part: service === '' ? 'host' : 'service',
    })),
    report,
  );
}

/**
 * Parents that no host has, and hosts that depend on themselves. Source: DP-1 (cycles are refused when configuration is
 * loaded). `written` hosts come first in `hosts`, in the file's order.
 */
export function reportParents(written: WrittenConfig, hosts: readonly HostConfig[], report: ConfigReport): void {
  const byKey = new Map(hosts.map(host => [hostKey(host), host]));
  const above = (host: HostConfig) => host.parents.flat().map(parent => parentKey(host, parent));
  for (const [index] of (written.hosts ?? []).entries()) {
    const host = hosts[index];
    if (host === undefined) continue;
    for (const [group, parents] of host.parents.entries()) {
      for (const parent of parents) {
        if (byKey.has(parentKey(host, parent))) continue;
        const names = hosts.filter(other => other.customer === host.customer).map(other => nameFor(host, other));
        reportUnknown(parent, names, ['hosts', index, 'parents', group], 'CONFIG_UNKNOWN_HOST', report);
      }
    }
    if (reaches(hostKey(host), above(host), byKey, above)) {
      report.error(['hosts', index, 'parents'], 'CONFIG_CYCLE', {given: host.host});
    }
  }
}

/** How one host names another of the same customer as its parent. */
function nameFor(child: HostConfig, parent: HostConfig): string {
  return parent.site === child.site ? parent.host : `${parent.site}/${parent.host}`;
}

function reaches(
  target: string,
  start: readonly string[],
  byKey: ReadonlyMap<string, HostConfig>,
  above: (host: HostConfig) => readonly string[],
): boolean {
  const seen = new Set<string>();
  const open = [...start];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === target) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    const host = byKey.get(key);
    if (host !== undefined) open.push(...above(host));
  }
  return false;
}
