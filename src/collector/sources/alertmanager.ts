import * as v from 'valibot';
import type {CheckAddress} from '../../domain/address.ts';
import type {AlertObservation, CheckObservation} from '../../domain/observation.ts';
import type {SafeText} from '../../domain/text.ts';
import type {SourceConfig} from '../../runtime/collector-config.ts';
import type {LeftOut, Place, SourceParser, SourceRequest} from '../source.ts';
import {checked, instant, type Labels, labelsOf, nameText, outputText, summaryText, textAt, urlText} from './fields.ts';
import {type Item, readItems} from './items.ts';
import type {Listed} from './reconcile.ts';
import {severityOf} from './severity-words.ts';

/** Labels that name the customer, host and service, the first that is set. Source: integrations/alertmanager.md, "Mapping". */
const CUSTOMER_LABELS = ['customer', 'tenant', 'client', 'org'];
const HOST_LABELS = ['host', 'hostname', 'nodename', 'instance'];
const SERVICE_LABELS = ['service', 'check'];
/** Added to the alert's name, so that two full disks of one host are two alerts. */
const DISCRIMINATING_LABELS = ['mountpoint', 'device', 'name', 'volume'];
const SUMMARY_ANNOTATIONS = ['summary', 'message', 'title'];

/** Alerts that always fire, to show that the way is open. Source: prometheus-operator's `Watchdog`, gotcha 10. */
const HEARTBEAT_ALERTS: ReadonlySet<string> = new Set(['watchdog', 'deadmansswitch']);

/** `payload:` templates of newer releases can send any JSON, so the version is looked at first. */
const Body = v.object({
  version: v.literal('4'),
  alerts: v.array(v.unknown()),
  externalURL: v.optional(v.unknown()),
  truncatedAlerts: v.optional(v.unknown()),
});

const UpstreamAlert = v.object({
  status: v.picklist(['firing', 'resolved']),
  labels: v.record(v.string(), v.unknown()),
  annotations: v.optional(v.record(v.string(), v.unknown()), {}),
  startsAt: instant,
  endsAt: instant,
  generatorURL: v.optional(v.unknown()),
  fingerprint: v.pipe(v.string(), v.nonEmpty(), v.maxLength(64)),
});

/** The first of `names` that is set. */
function firstOf(labels: Labels, names: readonly string[]): SafeText | null {
  return names.map(name => labels[name]).find(text => text !== undefined) ?? null;
}

/** `web-01:9100` and `[::1]:9100` without the port; a bare IPv6 address keeps its last part. */
function withoutPort(host: string): string {
  return /^\[([^\]]+)\](?::\d{1,5})?$/.exec(host)?.[1] ?? /^([^:]+):\d{1,5}$/.exec(host)?.[1] ?? host;
}

function hostOf(labels: Labels, externalUrl: unknown, source: SourceConfig): SafeText {
  const label = firstOf(labels, HOST_LABELS);
  if (label !== null) return nameText(withoutPort(label));
  const url = urlText(externalUrl);
  return nameText(url === null ? source.name : withoutPort(new URL(url).host));
}

function serviceOf(labels: Labels): SafeText {
  const named = firstOf(labels, SERVICE_LABELS);
  if (named !== null) return nameText(named);
  const parts = ['alertname', ...DISCRIMINATING_LABELS].map(name => labels[name]).filter(text => text !== undefined);
  return nameText(parts.join(' '));
}

interface Context {
  readonly request: SourceRequest;
  readonly source: SourceConfig;
  readonly place: Place;
  readonly externalUrl: unknown;
}

function addressOf(labels: Labels, {source, place, externalUrl}: Context): CheckAddress {
  const host = hostOf(labels, externalUrl, source);
  const named = source.customerLabel === null ? firstOf(labels, CUSTOMER_LABELS) : null;
  const customer = place({host, labels, customer: named}, source);
  return {customer, site: nameText(labels.site), host, service: serviceOf(labels)};
}

/** The Watchdog is heard: when it stays away longer than `expectEvery`, its silence is the alarm. Source: FR-4. */
function heartbeat(address: CheckAddress, summary: SafeText, everyMs: number, context: Context): CheckObservation {
  const {receivedAt} = context.request;
  return {
    type: 'check',
    address,
    source: context.source.name,
    state: 'ok',
    output: summary,
    longOutput: null,
    executedAt: receivedAt,
    receivedAt,
    resultId: null,
    policy: {intervalMs: everyMs, retryIntervalMs: everyMs, maxAttempts: 1, graceMs: 0, isHeartbeat: true},
    runbook: null,
  };
}

function readAlert(raw: unknown, context: Context): Item {
  const {request, source} = context;
  const alert = checked(UpstreamAlert, raw, 'SOURCE_ITEM');
  const labels = labelsOf(alert.labels);
  const address = addressOf(labels, context);
  const name = labels.alertname ?? address.service;
  const annotation = (of: string) => textAt(alert.annotations, of);
  const summary = summaryText(SUMMARY_ANNOTATIONS.map(annotation).find(text => text !== null) ?? name);
  if (HEARTBEAT_ALERTS.has(name.toLowerCase())) {
    if (source.expectEveryMs === null || alert.status === 'resolved') {
      return {kind: 'ignored', code: 'INFORMATIONAL', message: `${name}: a sign of life`};
    }
    return {kind: 'observation', observation: heartbeat(address, summary, source.expectEveryMs, context)};
  }
  const severity = severityOf(labels.severity);
  if (severity === 'informational') {
    return {kind: 'ignored', code: 'INFORMATIONAL', message: `${name}: severity ${labels.severity ?? ''}`};
  }
  const observation: AlertObservation = {
    type: 'alert',
    address,
    source: source.name,
    key: alertmanagerKey(source, alert.fingerprint),
    status: alert.status,
    severity,
    summary,
    output: outputText(annotation('description')),
    labels,
    runbook: urlText(annotation('runbook_url')),
    url: urlText(alert.generatorURL),
    startedAt: alert.startsAt ?? request.receivedAt,
    endedAt: alert.status === 'resolved' ? (alert.endsAt ?? request.receivedAt) : null,
  };
  return {kind: 'observation', observation};
}

/** Claims of a source begin with this. */
export function alertmanagerKey(source: Pick<SourceConfig, 'name'>, upstreamFingerprint: string): string {
  return `alertmanager:${source.name}:${nameText(upstreamFingerprint)}`;
}

/** An alert as the API lists it: it fires, and its `endsAt` is a time-out to come. */
const ListedAlert = v.object({
  labels: v.unknown(),
  annotations: v.optional(v.unknown()),
  startsAt: v.unknown(),
  generatorURL: v.optional(v.unknown()),
  fingerprint: v.pipe(v.string(), v.nonEmpty(), v.maxLength(64)),
  status: v.object({state: v.picklist(['active', 'suppressed', 'unprocessed'])}),
});

/**
 * The answer of `GET /api/v2/alerts`. What is silenced or inhibited there fires, but is not told, as by webhook.
 *
 * @param request - With the answer as its body.
 * @param apiUrl - Names the host of an alert that names none.
 * @throws {Fault} `SOURCE_SCHEMA` or `SOURCE_ITEM` when any part cannot be read: half a list must not end alerts.
 */
export function readListed(request: SourceRequest, source: SourceConfig, place: Place, apiUrl: string): Listed {
  const alerts = checked(v.array(ListedAlert), request.body, 'SOURCE_SCHEMA');
  const context: Context = {request, source, place, externalUrl: apiUrl};
  const told = alerts
    .filter(({status}) => status.state === 'active')
    .map(alert => readAlert({...alert, status: 'firing', endsAt: null}, context))
    .flatMap(item => (item.kind === 'observation' && item.observation.type === 'alert' ? [item.observation] : []));
  return {firing: new Set(alerts.map(({fingerprint}) => alertmanagerKey(source, fingerprint))), told};
}

function truncation(count: unknown): readonly LeftOut[] {
  if (typeof count !== 'number' || !(count > 0)) return [];
  return [{index: -1, code: 'TRUNCATED', message: `${count} alerts were left out by max_alerts`}];
}

/**
 * Prometheus Alertmanager, webhook version 4. Source: integrations/alertmanager.md (captured from 0.25.0 and 0.28.1).
 *
 * Each alert is read by its own `status` and `fingerprint`; a message may mix firing and resolved ones, and the same alert comes
 * through several routes and peers. What is informational (`info`, `none`, `ok`) raises no alert: it is counted as ignored.
 * `Watchdog` is a heartbeat of the host it names where the source has `expectEvery`, and only a sign of life of the source
 * where it has not: without a period its absence cannot be told.
 */
export const alertmanager: SourceParser = {
  type: 'alertmanager',
  capabilities: ['push', 'pull'],
  parse(request, source, place) {
    const body = checked(Body, request.body, 'SOURCE_SCHEMA');
    const context: Context = {request, source, place, externalUrl: body.externalURL};
    return readItems(body.alerts, raw => readAlert(raw, context), truncation(body.truncatedAlerts));
  },
};
