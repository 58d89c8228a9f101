import alertmanagerTemplate from '../../../config/demo/alertmanager.json' with {type: 'json'};
import genericTemplate from '../../../config/demo/generic.json' with {type: 'json'};
import type {FaultReport, Pulse} from './night.ts';
import {PULSE_SECONDS} from './night-outages.ts';
import {hashOf} from './seeded.ts';

/** One message to a webhook of the collector. */
export interface WebhookMessage {
  /** A name under `sources:`. */
  readonly source: string;
  readonly contentType: string;
  readonly body: object;
}

/** Source names of the demo's collector. */
export const SOURCES = {alertmanager: 'alertmanager', scripts: 'skripte', probes: 'standorte'} as const;

const ZERO_TIME = '0001-01-01T00:00:00Z';
/** Two pulses missing is silence. */
const GRACE_SECONDS = PULSE_SECONDS;

/** How instants of the night become instants of the world. */
export type ToTime = (ms: number) => string;

/** The webhook that an Alertmanager sends: its own shape, filled part by part. */
export function alertmanagerMessage(report: FaultReport, time: ToTime): WebhookMessage {
  const {host, fault, status, severity, service, mount, summary, output, atMs, startedMs} = report;
  const [template] = alertmanagerTemplate.alerts;
  const labels = {
    ...template?.labels,
    alertname: fault.alertname ?? fault.id,
    tenant: host.customer,
    site: host.site,
    host: host.host,
    instance: `${host.host}.${host.customer}.example:9100`,
    service,
    severity,
    ...(mount === null ? {} : {mountpoint: mount}),
  };
  const annotations = {summary, description: output, runbook_url: fault.runbook};
  const groupLabels = {alertname: labels.alertname, tenant: labels.tenant};
  const alert = {
    ...template,
    status,
    labels,
    annotations,
    startsAt: time(startedMs),
    endsAt: status === 'resolved' ? time(atMs) : ZERO_TIME,
    // Of what names the alert, so that it stays the same when it gets worse.
    fingerprint: hashOf(report.key),
  };
  const body = {
    ...alertmanagerTemplate,
    status,
    alerts: [alert],
    groupLabels,
    commonLabels: labels,
    commonAnnotations: annotations,
    groupKey: `{}:{alertname="${labels.alertname}", tenant="${labels.tenant}"}`,
  };
  return {source: SOURCES.alertmanager, contentType: 'application/json', body};
}

/** A CloudEvent, as a script sends it. */
export function genericMessage(report: FaultReport, time: ToTime): WebhookMessage {
  const {host, fault, key, status, severity, service, summary, output, atMs, startedMs} = report;
  const data = {
    key,
    status,
    severity,
    customer: host.customer,
    site: host.site,
    host: host.host,
    service,
    summary,
    output,
    runbook: fault.runbook,
    startedAt: time(startedMs),
    ...(status === 'resolved' ? {endedAt: time(atMs)} : {}),
  };
  const body = {...genericTemplate, id: `${key}@${atMs}`, source: `/skripte/${host.host}`, time: time(atMs), data};
  return {source: SOURCES.scripts, contentType: 'application/cloudevents+json', body};
}

/** What the probes of all sites found, in one message of plain JSON. */
export function probeMessage({states}: Pulse): WebhookMessage {
  const body = states.map(({host, isUp, output}) => ({
    type: 'health',
    customer: host.customer,
    site: host.site,
    host: host.host,
    state: isUp ? 'ok' : 'critical',
    output,
    everySeconds: PULSE_SECONDS,
    graceSeconds: GRACE_SECONDS,
  }));
  return {source: SOURCES.probes, contentType: 'application/json', body};
}
