import {type ServerResponse, STATUS_CODES} from 'node:http';
import type {Duplex} from 'node:stream';
import {Fault} from '../../domain/fault.ts';

/** HTTP status of each refusal. What is not named here is our own mistake. */
const STATUS: Readonly<Record<string, number>> = {
  JSON: 400,
  JSON_LIMITS: 400,
  SOURCE_SCHEMA: 400,
  SOURCE_ITEM: 400,
  MONTH: 400,
  SUBPROTOCOL: 400,
  UNAUTHORIZED: 401,
  SIGNATURE: 401,
  SIGNATURE_TIME: 401,
  SIGNATURE_REPLAY: 401,
  FORBIDDEN: 403,
  ADDRESS: 403,
  ORIGIN: 403,
  NOT_FOUND: 404,
  UNKNOWN_SOURCE: 404,
  METHOD: 405,
  TOO_LARGE: 413,
  CONTENT_TYPE: 415,
  ENCODING: 415,
  UPGRADE: 426,
  LOCKED_OUT: 429,
  OVERLOADED: 503,
  STORE_FAILED: 503,
  STOPPING: 503,
};

/** Seconds after which an overloaded collector is asked again. Senders retry 5xx (security rule 33). */
const RETRY_AFTER_SECONDS = 5;

export function statusOf(fault: Fault): number {
  return STATUS[fault.code] ?? 500;
}

/** There is no room for it now. */
export function overloaded(): Fault {
  return new Fault('OVERLOADED', 'too much is waiting; try again in a moment');
}

/** Headers that belong to a refusal. */
function headersOf(fault: Fault): Record<string, string> {
  const status = statusOf(fault);
  const base = {'content-type': 'application/json', 'cache-control': 'no-store'};
  if (status === 401) return {...base, 'www-authenticate': 'Bearer'};
  if (status === 429) return {...base, 'retry-after': String(fault.values.seconds)};
  if (status === 503) return {...base, 'retry-after': String(RETRY_AFTER_SECONDS)};
  if (status === 405) return {...base, allow: String(fault.values.allow)};
  return status === 426 ? {...base, upgrade: 'websocket'} : base;
}

/** A code, a text and an id by which the collector's log knows more: no stack, path or version (security rule 54). */
function bodyOf(fault: Fault, id: string, extra: object): string {
  return JSON.stringify({code: fault.code, message: fault.message, id, ...extra});
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

/** @param extra - More about it, such as the items that cannot be read. */
export function sendFault(response: ServerResponse, fault: Fault, id: string, extra: object = {}): void {
  if (response.headersSent || response.destroyed) return;
  const text = bodyOf(fault, id, extra);
  // What has not been read of a body that is too large, or was given up on the way, is not waited for.
  const isGivenUp = statusOf(fault) === 413 || response.req.isPaused();
  const closing = isGivenUp ? {connection: 'close'} : {};
  const length = {'content-length': String(Buffer.byteLength(text))};
  response.writeHead(statusOf(fault), {...headersOf(fault), ...length, ...closing});
  response.end(text);
}

/** Answers an upgrade that is refused, and closes its socket. */
export function refuseUpgrade(socket: Duplex, fault: Fault, id: string): void {
  const status = statusOf(fault);
  const text = bodyOf(fault, id, {});
  const headers = {...headersOf(fault), 'content-length': String(Buffer.byteLength(text)), connection: 'close'};
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}`);
}
