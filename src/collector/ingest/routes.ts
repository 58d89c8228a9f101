import type {IncomingMessage, ServerResponse} from 'node:http';
import {Fault} from '../../domain/fault.ts';
import type {SourceConfig} from '../../runtime/collector-config.ts';
import type {Log} from '../../runtime/log.ts';
import type {Outside} from '../../runtime/outside.ts';
import {safeText} from '../../runtime/safe-text.ts';
import type {Meters, Refusal} from '../meters.ts';
import type {MonthReports} from '../month-reports.ts';
import {isAllowed} from '../rights.ts';
import {addressOf, type Doorkeeper} from './doorkeeper.ts';
import type {Ingest} from './ingest.ts';
import {sendFault, sendJson} from './respond.ts';

/** What the HTTP routes need. */
export interface RoutesContext {
  readonly ingest: Ingest;
  readonly doorkeeper: Doorkeeper;
  /** Configured sources by name; asked anew for each message. */
  readonly sources: () => ReadonlyMap<string, SourceConfig>;
  readonly reportSource: SourceConfig;
  /** Asks a source for what its message left out. */
  readonly askFor: (source: string) => void;
  readonly monthReports: MonthReports;
  /** Whether messages can be taken and made durable now. */
  readonly isReady: () => boolean;
  readonly isBehindProxy: boolean;
  readonly meters: Meters;
  readonly outside: Outside;
  readonly logger: Log;
}

const INGEST = '/v1/ingest/';
/** `/v1/customers/mueller/months/2026-10` */
const MONTH = /^\/v1\/customers\/([^/]{1,768})\/months\/([^/]{1,16})$/;

/** Which counter a refusal belongs to; those of failed logins count themselves. */
const COUNTER: Readonly<Record<string, Refusal>> = {
  FORBIDDEN: 'forbidden',
  ADDRESS: 'address',
  SIGNATURE: 'signature',
  SIGNATURE_TIME: 'signature',
  SIGNATURE_REPLAY: 'signature',
  TOO_LARGE: 'too-large',
  CONTENT_TYPE: 'unreadable',
  ENCODING: 'unreadable',
  JSON: 'unreadable',
  JSON_LIMITS: 'unreadable',
  SOURCE_SCHEMA: 'unreadable',
  SOURCE_ITEM: 'unreadable',
  OVERLOADED: 'overload',
  STORE_FAILED: 'overload',
};

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** The HTTP side of the door, as contract.md lists it; liveness and readiness say one word and need no token. */
export function createRoutes(context: RoutesContext): Handle {
  const {ingest, doorkeeper, sources, reportSource, askFor, monthReports, isReady, isBehindProxy} = context;
  const {meters, outside, logger} = context;

  async function take(request: IncomingMessage, response: ServerResponse, source: SourceConfig): Promise<void> {
    const {accepted, rejected, ignored} = await ingest.take(request, source, addressOf(request, isBehindProxy));
    if (rejected.length > 0 || ignored.length > 0) {
      logger.info('ingest.left-out', {source: source.name, rejected: rejected.length, ignored: ignored.length});
    }
    if (ignored.some(({code}) => code === 'TRUNCATED')) askFor(source.name);
    sendJson(response, 202, {accepted, rejected});
  }

  async function showMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const who = doorkeeper.admit(request, addressOf(request, isBehindProxy)).identity;
    if (!isAllowed(who, 'metrics', null)) throw new Fault('FORBIDDEN', 'this token may not read metrics');
    const text = await meters.render();
    response.writeHead(200, {'content-type': meters.contentType, 'cache-control': 'no-store'}).end(text);
  }

  async function showMonth(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    month: string,
  ): Promise<void> {
    const who = doorkeeper.admit(request, addressOf(request, isBehindProxy)).identity;
    const customer = decoded(id);
    if (!isAllowed(who, 'see', customer)) throw new Fault('FORBIDDEN', 'this token may not see that customer');
    sendJson(response, 200, await monthReports(customer, month, () => !response.destroyed));
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    switch (path) {
      case '/healthz':
        allow(request, 'GET');
        return sendJson(response, 200, {status: 'ok'});
      case '/readyz':
        allow(request, 'GET');
        return isReady()
          ? sendJson(response, 200, {status: 'ready'})
          : sendFault(response, new Fault('STOPPING', 'not ready'), requestId());
      case '/metrics':
        allow(request, 'GET');
        return showMetrics(request, response);
      case '/v1/reports':
        allow(request, 'POST');
        return take(request, response, reportSource);
      case '/ws':
        throw new Fault('UPGRADE', 'consoles connect here, by WebSocket');
      default:
    }
    const [, customer, month] = MONTH.exec(path) ?? [];
    if (customer !== undefined && month !== undefined) {
      allow(request, 'GET');
      return showMonth(request, response, customer, month);
    }
    if (!path.startsWith(INGEST)) throw new Fault('NOT_FOUND', 'there is nothing here');
    allow(request, 'POST');
    const source = sources().get(path.slice(INGEST.length));
    if (source !== undefined) return take(request, response, source);
    // Which sources there are is not for strangers.
    doorkeeper.admit(request, addressOf(request, isBehindProxy));
    throw new Fault('UNKNOWN_SOURCE', 'there is no such source; its name stands under sources: in the configuration');
  }

  const requestId = () => outside.random.uuid(outside.clock.now());

  function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const id = requestId();
    if (error instanceof Fault) {
      const counter = COUNTER[error.code];
      if (counter !== undefined) meters.refused(counter);
      if (error.code === 'ABORTED') return;
      // Never the query: somebody may have put a token there (security rule 16).
      const path = safeText(pathOf(request), {bytes: 200});
      logger[error.code === 'LOCKED_OUT' ? 'debug' : 'info']('http.refused', {id, code: error.code, path});
      sendFault(response, error, id);
      return;
    }
    meters.invariantBroken();
    logger.error('http.failed', {id, error});
    sendFault(response, new Fault('INTERNAL', 'the collector failed at this; its log knows more under the id'), id);
  }

  return (request, response) => {
    request.on('error', () => {});
    response.on('error', () => {});
    route(request, response).catch((error: unknown) => fail(request, response, error));
  };
}

function pathOf({url = ''}: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

/** A part of a path as it was meant. @throws {Fault} `NOT_FOUND` for one that means nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Fault('NOT_FOUND', 'there is nothing here');
  }
}

/** @throws {Fault} `METHOD` */
function allow({method}: IncomingMessage, wanted: 'GET' | 'POST'): void {
  if (method === wanted || (wanted === 'GET' && method === 'HEAD')) return;
  throw new Fault('METHOD', `${wanted} wanted`, {allow: wanted});
}
