import * as v from 'valibot';
import {Fault} from '../../domain/fault.ts';
import type {SourceConfig} from '../../runtime/collector-config.ts';
import type {Place, SourceParser, SourceRequest} from '../source.ts';
import {readBackupItem, readRestoreTestItem} from './backup-items.ts';
import {checked} from './fields.ts';
import {type Item, readItems} from './items.ts';
import {type ItemContext, readAlertItem, readHealthItem, readHeartbeatItem} from './reported-items.ts';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

const text = (most: number) => v.pipe(v.string(), v.nonEmpty(), v.maxLength(most));
const MOST_ID = 200;
const MOST_URI = 1024;
const MOST_TYPE = 100;

/** Required attributes. Source: CloudEvents 1.0, "REQUIRED Attributes". */
const Envelope = v.object({
  specversion: v.literal('1.0'),
  id: text(MOST_ID),
  source: text(MOST_URI),
  type: text(MOST_TYPE),
  data: v.optional(v.unknown()),
});

/** An event, whichever envelope it came in. `type` null is plain JSON without one. */
interface Delivery {
  readonly type: string | null;
  readonly id: string | null;
  readonly data: unknown;
}

function enveloped(raw: unknown): Delivery {
  const {id, source, type, data} = checked(Envelope, raw, 'SOURCE_ITEM');
  return {type, id: `${id} ${source}`, data};
}

/** Binary mode: attributes in headers, the body is the data. */
function fromHeaders(request: SourceRequest): Delivery {
  const {headers} = request;
  return enveloped({
    specversion: headers['ce-specversion'],
    id: headers['ce-id'],
    source: headers['ce-source'],
    type: headers['ce-type'],
    data: request.body,
  });
}

function hasEnvelope(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'specversion');
}

const Plain = v.object({
  type: v.nullish(text(MOST_TYPE)),
  job: v.optional(v.unknown()),
  result: v.optional(v.unknown()),
});

/** Plain JSON may say `type: heartbeat`; without a type it is an alert, unless it is the result of a backup job. */
function plain(raw: unknown, idempotencyKey: string | undefined): Delivery {
  const {type, job, result} = checked(Plain, raw, 'SOURCE_ITEM');
  const guessed = job !== undefined && result !== undefined ? 'backup' : null;
  return {type: type ?? guessed, id: idempotencyKey ?? null, data: raw};
}

function readDelivery(delivery: Delivery, request: SourceRequest, source: SourceConfig, place: Place): Item {
  const context: ItemContext = {request, source, place, deliveryId: delivery.id};
  switch (delivery.type) {
    case null:
    case 'alert':
    case 'net.nocturne.alert.v1':
      return readAlertItem(delivery.data, context);
    case 'health':
    case 'net.nocturne.health.v1':
      return readHealthItem(delivery.data, context);
    case 'heartbeat':
    case 'net.nocturne.heartbeat.v1':
      return readHeartbeatItem(delivery.data, context);
    case 'backup':
    case 'net.nocturne.backup.v1':
      return readBackupItem(delivery.data, context);
    case 'restore-test':
    case 'net.nocturne.restore-test.v1':
      return readRestoreTestItem(delivery.data, context);
    default:
      throw new Fault('SOURCE_ITEM', 'type: alert, health, heartbeat or backup wanted');
  }
}

/** Items of the message, each still unread. */
function itemsOf(request: SourceRequest): readonly (() => Delivery)[] {
  const media = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const {body, headers} = request;
  if (headers['ce-specversion'] !== undefined) return [() => fromHeaders(request)];
  if (media === STRUCTURED) return [() => enveloped(body)];
  if (media === BATCH) return checked(v.array(v.unknown()), body, 'SOURCE_SCHEMA').map(raw => () => enveloped(raw));
  const list = Array.isArray(body) ? body : [body];
  const key = list.length === 1 ? headers['idempotency-key'] : undefined;
  return list.map(raw => () => (hasEnvelope(raw) ? enveloped(raw) : plain(raw, key)));
}

/**
 * The generic webhook: CloudEvents 1.0 (structured, batch, binary) or the same data as plain JSON, one or several.
 * Source: integrations/generic-webhook.md.
 *
 * Types: `net.nocturne.alert.v1`, `.health.v1`, `.heartbeat.v1`, `.backup.v1`, `.restore-test.v1`.
 * Plain JSON is an alert unless it says `"type": "health"` or `"heartbeat"`. Repeats do nothing, as the domain tells them by key
 * and start, or by the delivery's id.
 */
export const generic: SourceParser = {
  type: 'generic',
  capabilities: ['push'],
  parse(request, source, place) {
    return readItems(itemsOf(request), take => readDelivery(take(), request, source, place));
  },
};
