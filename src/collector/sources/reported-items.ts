import * as v from 'valibot';
import {type CheckAddress, fingerprint} from '../../domain/address.ts';
import type {CheckPolicy} from '../../domain/check.ts';
import {HEARTBEAT_PERIOD} from '../../domain/freshness.ts';
import type {AlertObservation, CheckObservation} from '../../domain/observation.ts';
import {DAY, type DurationMs, SECOND} from '../../domain/time.ts';
import type {SourceConfig} from '../../runtime/collector-config.ts';
import type {Place, SourceRequest} from '../source.ts';
import {checked, instant, labelsOf, nameText, outputText, summaryText, urlText} from './fields.ts';
import type {Item} from './items.ts';
import {severityOf} from './severity-words.ts';

// The items that scripts write for us, alike in the generic webhook and in `nocturne report`.

/** What reading an item needs beside the item. */
export interface ItemContext {
  readonly request: SourceRequest;
  readonly source: SourceConfig;
  readonly place: Place;
  /** Id of the delivery, when the envelope has one: tells a repeat. */
  readonly deliveryId: string | null;
}

/** Longest key and name. Source: integrations/generic-webhook.md. */
const MOST_NAME = 255;
const LONGEST_PERIOD_SECONDS = (366 * DAY) / SECOND;
/** Of a heartbeat that does not say. Source: FR-1. */
const DEFAULT_PERIOD_SECONDS = HEARTBEAT_PERIOD / SECOND;

const name = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(MOST_NAME));
const optionalName = v.nullish(v.pipe(v.string(), v.maxLength(MOST_NAME)));
const seconds = v.pipe(v.number(), v.minValue(1), v.maxValue(LONGEST_PERIOD_SECONDS));
const where = {
  customer: optionalName,
  site: optionalName,
  host: name,
  service: optionalName,
  labels: v.optional(v.unknown()),
};

const AlertItem = v.object({
  ...where,
  key: optionalName,
  status: v.nullish(v.picklist(['firing', 'resolved'])),
  severity: v.optional(v.unknown()),
  summary: v.pipe(v.string(), v.trim(), v.nonEmpty()),
  output: v.nullish(v.string()),
  startedAt: instant,
  endedAt: instant,
  url: v.optional(v.unknown()),
  runbook: v.optional(v.unknown()),
});

const HealthItem = v.object({
  ...where,
  state: v.picklist(['ok', 'warning', 'critical', 'unknown']),
  output: v.nullish(v.string()),
  at: instant,
  everySeconds: v.nullish(seconds),
  graceSeconds: v.nullish(seconds),
  runbook: v.optional(v.unknown()),
});

const HeartbeatItem = v.object({
  ...where,
  output: v.nullish(v.string()),
  at: instant,
  everySeconds: v.nullish(seconds),
  graceSeconds: v.nullish(seconds),
  runbook: v.optional(v.unknown()),
});

type Where = v.InferOutput<v.ObjectSchema<typeof where, undefined>>;

function addressOf(item: Where, {source, place}: ItemContext): CheckAddress {
  const labels = labelsOf(item.labels);
  const host = nameText(item.host);
  const customer = place({host, labels, customer: item.customer ?? null}, source);
  return {customer, site: nameText(item.site ?? labels.site), host, service: nameText(item.service)};
}

/**
 * A problem or its end. Without `status` the severity decides: `ok` is the end. Without `key` the place is the key.
 *
 * @throws {Fault} `SOURCE_ITEM`.
 */
export function readAlertItem(raw: unknown, context: ItemContext): Item {
  const item = checked(AlertItem, raw, 'SOURCE_ITEM');
  const {source, request} = context;
  const severity = severityOf(item.severity);
  const status = item.status ?? (severity === 'informational' ? 'resolved' : 'firing');
  if (status === 'firing' && severity === 'informational') {
    return {kind: 'ignored', code: 'INFORMATIONAL', message: 'firing, but harmless by its own severity'};
  }
  const address = addressOf(item, context);
  const upstreamKey = nameText(item.key) || fingerprint(address);
  const endedAt = status === 'resolved' ? (item.endedAt ?? request.receivedAt) : null;
  const observation: AlertObservation = {
    type: 'alert',
    address,
    source: source.name,
    key: `${source.type}:${source.name}:${upstreamKey}`,
    status,
    severity: severity === 'informational' ? 'unknown' : severity,
    summary: summaryText(item.summary),
    output: outputText(item.output),
    labels: labelsOf(item.labels),
    runbook: urlText(item.runbook),
    url: urlText(item.url),
    startedAt: item.startedAt ?? endedAt ?? request.receivedAt,
    endedAt,
  };
  return {kind: 'observation', observation};
}

interface Result {
  readonly state: CheckObservation['state'];
  readonly output: string | null | undefined;
  readonly executedAt: number;
  readonly policy: CheckPolicy;
  readonly runbook: unknown;
}

function checkObservation(address: CheckAddress, result: Result, context: ItemContext): Item {
  const {source, request, deliveryId} = context;
  const observation: CheckObservation = {
    type: 'check',
    address,
    source: source.name,
    state: result.state,
    output: outputText(result.output) ?? summaryText(result.state.toUpperCase()),
    longOutput: null,
    executedAt: result.executedAt,
    receivedAt: request.receivedAt,
    resultId: deliveryId === null ? null : nameText(deliveryId),
    policy: result.policy,
    runbook: urlText(result.runbook),
  };
  return {kind: 'observation', observation};
}

/** The sender has judged already, so one result is enough. */
function policyOf(
  item: {readonly everySeconds?: number | null | undefined; readonly graceSeconds?: number | null | undefined},
  isHeartbeat: boolean,
): CheckPolicy {
  const intervalMs: DurationMs = (item.everySeconds ?? DEFAULT_PERIOD_SECONDS) * SECOND;
  const graceMs = item.graceSeconds === null || item.graceSeconds === undefined ? null : item.graceSeconds * SECOND;
  return {intervalMs, retryIntervalMs: intervalMs, maxAttempts: 1, graceMs, isHeartbeat};
}

/** The result of a check that ran elsewhere. @throws {Fault} `SOURCE_ITEM`. */
export function readHealthItem(raw: unknown, context: ItemContext): Item {
  const item = checked(HealthItem, raw, 'SOURCE_ITEM');
  const executedAt = item.at ?? context.request.receivedAt;
  const {state, output, runbook} = item;
  const result = {state, output, executedAt, policy: policyOf(item, false), runbook};
  return checkObservation(addressOf(item, context), result, context);
}

/** A sign of life, of which the next is due after `everySeconds`; its absence is critical. Source: FR-4. @throws {Fault} `SOURCE_ITEM`. */
export function readHeartbeatItem(raw: unknown, context: ItemContext): Item {
  const item = checked(HeartbeatItem, raw, 'SOURCE_ITEM');
  const {output, runbook} = item;
  const executedAt = item.at ?? context.request.receivedAt;
  const result = {state: 'ok', output, executedAt, policy: policyOf(item, true), runbook} as const;
  return checkObservation(addressOf(item, context), result, context);
}
