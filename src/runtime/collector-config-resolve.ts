import {readFileSync} from 'node:fs';
import {isIP} from 'node:net';
import {resolve} from 'node:path';
import {hostKey} from '../domain/address.ts';
import {DAY, type DurationMs, MINUTE, SECOND} from '../domain/time.ts';
import type {
  CheckConfig,
  CollectorConfig,
  CustomerConfig,
  ExporterConfig,
  HostConfig,
  SourceApiConfig,
  SourceConfig,
} from './collector-config.ts';
import {reportBackups, resolveBackup} from './collector-config-backups.ts';
import {isTimezone, resolveTiers} from './collector-config-hours.ts';
import {resolveOnCall} from './collector-config-on-call.ts';
import {reportParents, reportReferences} from './collector-config-references.ts';
import type {ConfigReport} from './collector-config-report.ts';
import type {WrittenConfig} from './collector-config-schema.ts';
import {readSecret, type SecretPlaces} from './collector-config-secrets.ts';
import type {ConfigPath} from './config-problem.ts';
import {fileError} from './durable-file.ts';
import {parseDuration} from './duration.ts';
import {isLoopback, parseListenAddress} from './listen-address.ts';

type Written<Section extends 'customers' | 'sources' | 'checks' | 'exporters' | 'hosts'> = NonNullable<
  WrittenConfig[Section]
>[number];

const DEFAULT_LISTEN = '127.0.0.1:7420';
const DEFAULT_TIMEZONE = 'Europe/Berlin';
/** Where Debian, Red Hat and the Icinga packages put monitoring plugins. */
const DEFAULT_PLUGIN_DIRS = ['/usr/lib/nagios/plugins', '/usr/lib64/nagios/plugins', '/usr/lib/monitoring-plugins'];
/** Source: ST-7. */
const DEFAULT_RETRY_MS = MINUTE;
const DEFAULT_MAX_ATTEMPTS = 3;
/** Source: AL-1. */
const DEFAULT_REOPEN_MS = 15 * MINUTE;
/** A weekend, so that Monday's look back finds what closed on Friday night. */
const DEFAULT_KEEP_CLOSED_MS = 3 * DAY;
/** Source: integrations/README.md, rule 3. */
const RECONCILE_EVERY_MS = 2 * MINUTE;
const DEFAULT_TIMEOUT_MS = 10 * SECOND;
const LEAST_INTERVAL_MS = SECOND;
const DEFAULT_HTTPS_PORT = 443;
const DEFAULT_THRESHOLDS: ExporterConfig['thresholds'] = {
  cpu: {warning: 90, critical: null},
  memory: {warning: 90, critical: 97},
  disk: {warning: 85, critical: 95},
};

/** What resolving needs from outside the file. */
export interface ResolveContext extends SecretPlaces {
  /** Types that sources may have; null does not look. */
  readonly sourceTypes: ReadonlySet<string> | null;
}

function duration(text: string | undefined, otherwise: DurationMs): DurationMs {
  return text === undefined ? otherwise : (parseDuration(text) ?? otherwise);
}

function interval(text: string, at: ConfigPath, report: ConfigReport): DurationMs {
  const everyMs = duration(text, MINUTE);
  if (everyMs < LEAST_INTERVAL_MS) report.error(at, 'CONFIG_TOO_OFTEN', {given: text});
  return everyMs;
}

/** A file that is read when the collector starts, by its whole path. */
function readable(written: string, at: ConfigPath, folder: string, report: ConfigReport): string {
  const file = resolve(folder, written);
  try {
    readFileSync(file);
  } catch (error) {
    report.error(at, 'CONFIG_NAMED_FILE', {file, reason: fileError(error)});
  }
  return file;
}

function resolveCollector(
  {collector}: WrittenConfig,
  {folder}: ResolveContext,
  report: ConfigReport,
): CollectorConfig['collector'] {
  const text = collector.listen ?? DEFAULT_LISTEN;
  const listen = parseListenAddress(text);
  const behindProxy = collector.behindProxy ?? false;
  if (listen === null) report.error(['collector', 'listen'], 'CONFIG_LISTEN', {given: text}, 'listen');
  else if (!isLoopback(listen.host) && collector.tls === undefined && !behindProxy) {
    report.error(['collector', 'listen'], 'CONFIG_PLAIN', {given: text}, 'tls');
  }
  return {
    name: collector.name,
    tag: collector.tag ?? collector.name.slice(0, 1).toUpperCase(),
    listen: listen ?? {host: '127.0.0.1', port: 0},
    data: resolve(folder, collector.data ?? './data'),
    tls:
      collector.tls === undefined
        ? null
        : {
            cert: readable(collector.tls.cert, ['collector', 'tls', 'cert'], folder, report),
            key: readable(collector.tls.key, ['collector', 'tls', 'key'], folder, report),
          },
    behindProxy,
    pluginDirs: (collector.pluginDirs ?? DEFAULT_PLUGIN_DIRS).map(dir => resolve(folder, dir)),
    pluginUser: collector.pluginUser ?? null,
    reopenWindowMs: duration(collector.reopenWindow, DEFAULT_REOPEN_MS),
    clearGraceMs: duration(collector.clearGrace, 0),
    keepClosedMs: duration(collector.keepClosed, DEFAULT_KEEP_CLOSED_MS),
  };
}

function resolveCustomer(written: Written<'customers'>, at: ConfigPath, report: ConfigReport): CustomerConfig {
  if (written.timezone !== undefined) isTimezone(written.timezone, [...at, 'timezone'], report);
  for (const [index, {label, value, host}] of (written.match ?? []).entries()) {
    const isHalf = (label === undefined) !== (value === undefined);
    if (isHalf || (label === undefined && host === undefined)) report.error([...at, 'match', index], 'CONFIG_MATCH');
  }
  return {
    id: written.id,
    name: written.name ?? written.id,
    state: written.state?.slice('DE-'.length) ?? null,
    catholicMunicipality: written.catholicMunicipality ?? written.augsburg ?? false,
    augsburg: written.augsburg ?? false,
    timezone: written.timezone ?? DEFAULT_TIMEZONE,
    sla: written.sla ?? null,
    match: (written.match ?? []).map(({label = null, value = null, host = null}) => ({label, value, host})),
  };
}

function isCidr(text: string): boolean {
  const [address = '', prefix, more] = text.split('/');
  const version = isIP(address);
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 6 ? 128 : 32));
  return version !== 0 && isPrefix && more === undefined;
}

function resolveSource(
  written: Written<'sources'>,
  at: ConfigPath,
  context: ResolveContext,
  report: ConfigReport,
): SourceConfig {
  if (written.timezone !== undefined) isTimezone(written.timezone, [...at, 'timezone'], report);
  for (const [index, text] of (written.allow ?? []).entries()) {
    if (!isCidr(text)) report.error([...at, 'allow', index], 'CONFIG_CIDR', {given: text});
  }
  const keys = written.hmacKey;
  const hmacKeys =
    keys === undefined
      ? []
      : Array.isArray(keys)
        ? keys.map((key, index) => readSecret(key, [...at, 'hmacKey', index], context, report))
        : [readSecret(keys, [...at, 'hmacKey'], context, report)];
  return {
    name: written.name,
    type: written.type,
    customerLabel: written.customerLabel ?? null,
    customer: written.customer ?? null,
    timezone: written.timezone ?? DEFAULT_TIMEZONE,
    expectEveryMs: written.expectEvery === undefined ? null : parseDuration(written.expectEvery),
    allow: written.allow ?? null,
    hmacKeys,
    api: written.api === undefined ? null : resolveApi(written.api, [...at, 'api'], context, report),
  };
}

function resolveApi(
  written: NonNullable<Written<'sources'>['api']>,
  at: ConfigPath,
  context: ResolveContext,
  report: ConfigReport,
): SourceApiConfig {
  const {url, every, receiver = null, token, ca} = written;
  return {
    url,
    everyMs: every === undefined ? RECONCILE_EVERY_MS : interval(every, [...at, 'every'], report),
    receiver,
    token: token === undefined ? null : readSecret(token, [...at, 'token'], context, report),
    ca: ca === undefined ? null : readable(ca, [...at, 'ca'], context.folder, report),
  };
}

function resolveCheck(
  written: Written<'checks'>,
  at: ConfigPath,
  {folder}: ResolveContext,
  report: ConfigReport,
): CheckConfig {
  const everyMs = interval(written.every, [...at, 'every'], report);
  const probe = {
    host: written.host,
    customer: written.customer,
    site: written.site ?? '',
    service: written.service ?? '',
    everyMs,
    retryEveryMs: duration(written.retryEvery, Math.min(DEFAULT_RETRY_MS, everyMs)),
    timeoutMs: duration(written.timeout, DEFAULT_TIMEOUT_MS),
    maxAttempts: written.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    graceMs: written.grace === undefined ? null : parseDuration(written.grace),
    runbook: written.runbook ?? null,
  };
  const ca = 'ca' in written && written.ca !== undefined ? readable(written.ca, [...at, 'ca'], folder, report) : null;
  const address = 'address' in written ? (written.address ?? written.host) : written.host;
  switch (written.type) {
    case 'ping':
      return {...probe, type: 'ping', address};
    case 'tcp':
      return {...probe, type: 'tcp', address, port: written.port};
    case 'http':
      if (!URL.canParse(written.url)) report.error([...at, 'url'], 'CONFIG_URL', {given: written.url});
      return {
        ...probe,
        type: 'http',
        url: written.url,
        expectStatus: written.expectStatus ?? null,
        expectText: written.expectText ?? null,
        ca,
      };
    case 'tls':
      return {
        ...probe,
        type: 'tls',
        address,
        port: written.port ?? DEFAULT_HTTPS_PORT,
        serverName: written.serverName ?? address,
        ca,
      };
    case 'plugin':
      return {...probe, type: 'plugin', command: written.command};
    case 'heartbeat':
      return {...probe, type: 'heartbeat'};
    default:
      throw written satisfies never;
  }
}

function resolveExporter(written: Written<'exporters'>, at: ConfigPath, report: ConfigReport): ExporterConfig {
  if (!URL.canParse(written.url)) report.error([...at, 'url'], 'CONFIG_URL', {given: written.url});
  const threshold = (name: 'cpu' | 'memory' | 'disk') => {
    const {warning, critical} = DEFAULT_THRESHOLDS[name];
    const given = written.thresholds?.[name] ?? {};
    return {
      warning: given.warning === undefined ? warning : given.warning,
      critical: given.critical === undefined ? critical : given.critical,
    };
  };
  return {
    host: written.host,
    customer: written.customer,
    site: written.site ?? '',
    type: written.type,
    url: written.url,
    everyMs: interval(written.every, [...at, 'every'], report),
    timeoutMs: duration(written.timeout, DEFAULT_TIMEOUT_MS),
    thresholds: {cpu: threshold('cpu'), memory: threshold('memory'), disk: threshold('disk')},
  };
}

/** Those under `hosts` in the file's order, then those that only checks and exporters name. */
function resolveHosts(written: WrittenConfig): readonly HostConfig[] {
  const hosts = (written.hosts ?? []).map(
    ({host, customer, site = '', parents = [], criticality = 'B'}): HostConfig => ({
      host,
      customer,
      site,
      parents: parents.map(parent => (typeof parent === 'string' ? [parent] : parent)),
      criticality,
    }),
  );
  const known = new Set(hosts.map(hostKey));
  for (const {host, customer, site = ''} of [...(written.checks ?? []), ...(written.exporters ?? [])]) {
    const key = hostKey({host, customer, site});
    if (known.has(key)) continue;
    known.add(key);
    hosts.push({host, customer, site, parents: [], criticality: 'B'});
  }
  return hosts;
}

/** Fills in defaults, reads secrets and resolves names and paths. Its result is only good when `report` has no error. */
export function resolveCollectorConfig(
  written: WrittenConfig,
  context: ResolveContext,
  report: ConfigReport,
): CollectorConfig {
  reportReferences(written, context.sourceTypes, report);
  const hosts = resolveHosts(written);
  reportParents(written, hosts, report);
  reportBackups(written, report);
  return {
    collector: resolveCollector(written, context, report),
    customers: (written.customers ?? []).map((one, index) => resolveCustomer(one, ['customers', index], report)),
    slaTiers: resolveTiers(written, report),
    hosts,
    sources: (written.sources ?? []).map((one, index) => resolveSource(one, ['sources', index], context, report)),
    checks: (written.checks ?? []).map((one, index) => resolveCheck(one, ['checks', index], context, report)),
    exporters: (written.exporters ?? []).map((one, index) => resolveExporter(one, ['exporters', index], report)),
    backups: (written.backups ?? []).map((one, index) => resolveBackup(one, ['backups', index], report)),
    onCall: resolveOnCall(written, report),
  };
}
