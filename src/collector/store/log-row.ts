import type {LogEntry} from '../../domain/event.ts';
import type {Mac} from '../hmac.ts';

/** A log entry as it lies on disk: its parts are JSON already, so that the wire form is made without parsing. */
export interface LogRow {
  readonly seq: number;
  readonly at: number;
  readonly customer: string | null;
  readonly actor: string | null;
  readonly cid: string | null;
  readonly type: string;
  readonly body: string;
}

export function toRow({seq, at, customer, actor, cid, event}: LogEntry): LogRow {
  return {
    seq,
    at,
    customer,
    actor: actor === null ? null : JSON.stringify(actor),
    cid,
    type: event.type,
    body: JSON.stringify(event),
  };
}

/** The entry as it goes over the wire: `JSON.parse` of this is the `LogEntry`. */
export function entryJson({seq, at, customer, actor, cid, body}: LogRow): string {
  const owner = customer === null ? 'null' : JSON.stringify(customer);
  return `{"seq":${seq},"at":${at},"customer":${owner},"actor":${actor ?? 'null'},"cid":${cid === null ? 'null' : JSON.stringify(cid)},"event":${body}}`;
}

export function toEntry({seq, at, customer, actor, cid, body}: LogRow): LogEntry {
  const by = actor === null ? null : (JSON.parse(actor) as LogEntry['actor']);
  return {seq, at, customer, actor: by, cid, event: JSON.parse(body) as LogEntry['event']};
}

/** Bytes of the chain before its first line. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

/** Proof of one line and, through `previous`, of all before it (security rule 52). */
export function chainMac(mac: Mac, previous: Uint8Array, row: LogRow): Buffer {
  return mac(previous, entryJson(row));
}
