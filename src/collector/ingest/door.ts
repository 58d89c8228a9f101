import {readFileSync} from 'node:fs';
import {createServer as createHttpServer, type RequestListener, type Server, type ServerOptions} from 'node:http';
import {createServer as createHttpsServer, Server as HttpsServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import {Fault} from '../../domain/fault.ts';
import {SECOND} from '../../domain/time.ts';
import type {CollectorConfig} from '../../runtime/collector-config.ts';
import {fileError} from '../../runtime/durable-file.ts';
import {isLoopback, type ListenAddress} from '../../runtime/listen-address.ts';
import type {Meters} from '../meters.ts';

/** Source: security rule 22. */
const LIMITS = {
  headersTimeout: 10 * SECOND,
  requestTimeout: 15 * SECOND,
  connectionsCheckingInterval: SECOND,
  keepAliveTimeout: 30 * SECOND,
  maxHeaderSize: 8192,
  noDelay: true,
  insecureHTTPParser: false,
  // What offers anything else (Java's HTTP client: HTTP/2) takes the answer in HTTP/1.1 as well.
  shouldUpgradeCallback: ({headers}) => headers.upgrade?.toLowerCase() === 'websocket',
} as const satisfies ServerOptions;
const MOST_CONNECTIONS = 2000;
/** Of one address; a proxy in front counts its own. */
const MOST_PER_ADDRESS = 1000;

function tlsOf({cert, key}: {readonly cert: string; readonly key: string}) {
  try {
    return {cert: readFileSync(cert), key: readFileSync(key), minVersion: 'TLSv1.2'} as const;
  } catch (error) {
    throw new Fault('TLS_FILES', `the files under tls: cannot be read (${fileError(error)})`);
  }
}

function createTlsServer(files: {readonly cert: string; readonly key: string}, handle: RequestListener): Server {
  const pem = tlsOf(files);
  try {
    return createHttpsServer({...LIMITS, ...pem}, handle);
  } catch {
    throw unusable();
  }
}

/**
 * Takes up certificates that were renewed; connections that are open keep theirs.
 *
 * @throws {Fault} `TLS_FILES`: the old ones stay in use.
 */
export function renewTls(server: Server, {tls}: CollectorConfig['collector']): void {
  if (tls === null || !(server instanceof HttpsServer)) return;
  try {
    server.setSecureContext(tlsOf(tls));
  } catch (error) {
    throw error instanceof Fault ? error : unusable();
  }
}

function unusable(): Fault {
  return new Fault('TLS_FILES', 'the files under tls: cannot be used: a PEM certificate and its key are wanted');
}

/** Refuses connections of an address that has too many of them. */
function capPerAddress(server: Server, meters: Meters): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
    if (count <= MOST_PER_ADDRESS) return;
    meters.refused('connections');
    socket.destroy();
  });
}

/**
 * Makes the server that all doors share, not listening yet.
 *
 * @throws {Fault} `TLS_FILES`
 */
export function createDoor(
  {tls, behindProxy}: CollectorConfig['collector'],
  handle: RequestListener,
  meters: Meters,
): Server {
  const server = tls === null ? createHttpServer(LIMITS, handle) : createTlsServer(tls, handle);
  server.maxConnections = MOST_CONNECTIONS;
  if (!behindProxy) capPerAddress(server, meters);
  server.on('drop', () => meters.refused('connections'));
  server.on('clientError', (_error, socket) => {
    meters.refused('unreadable');
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else socket.destroy();
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}

/**
 * Starts listening.
 *
 * @returns The address, with the port that was taken when 0 was asked for.
 * @throws {Fault} `LISTEN_PLAIN` for plain listening beyond loopback, `LISTEN` when the address cannot be had.
 */
export function listen(
  server: Server,
  {host, port}: ListenAddress,
  {tls, behindProxy}: CollectorConfig['collector'],
): Promise<ListenAddress> {
  if (tls === null && !behindProxy && !isLoopback(host)) {
    const message = `${host} can be reached from outside: add tls: {cert, key}, or behindProxy: true`;
    return Promise.reject(new Fault('LISTEN_PLAIN', message, {host}));
  }
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      reject(new Fault('LISTEN', `cannot listen on ${host}:${port} (${fileError(error)})`, {host, port}));
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      server.on('error', () => {});
      resolve({host, port: (server.address() as AddressInfo).port});
    });
  });
}
