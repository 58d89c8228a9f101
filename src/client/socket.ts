import {type ClientOptions, type RawData, WebSocket} from 'ws';
import type {CustomerId} from '../domain/address.ts';
import {Fault} from '../domain/fault.ts';
import {MAX_FRAME_BYTES, SUBPROTOCOL} from '../protocol/frames.ts';

/** Where a collector is and what proves who we are. */
export interface Target {
  /** `ws:` or `wss:`, with its path, as `collectorUrl` makes it. */
  readonly url: string;
  readonly token: string;
  /** PEM text of the one authority to trust, instead of the system's; null trusts those. */
  readonly ca: string | null;
  /** Asks for these customers alone; without, for all that the token may see. */
  readonly customers?: readonly CustomerId[];
}

/** Why there is no socket any more. */
export type SocketEnd =
  /** It was open, and one side closed it; 1006 when nobody said anything. */
  | {readonly type: 'closed'; readonly code: number; readonly reason: string}
  /** The server answered the upgrade with plain HTTP. */
  | {readonly type: 'answered'; readonly status: number}
  /** It never came to an upgrade: `code` is Node's, `ECONNREFUSED`, `CERT_HAS_EXPIRED`, …, or `SUBPROTOCOL`. */
  | {readonly type: 'failed'; readonly code: string; readonly message: string};

export interface SocketEvents {
  onOpen(): void;
  onText(text: string): void;
  /** Bytes came that carry no frame: a ping. */
  onPing(): void;
  /** Exactly once, the last call. */
  onEnd(end: SocketEnd): void;
}

export interface Socket {
  /** Frames sent before `onOpen` or after the end are lost. */
  send(text: string): void;
  /** Stops and goes on reading; what arrives meanwhile stays in the kernel, and the sender waits. */
  setPaused(isPaused: boolean): void;
  close(): void;
  /** Ends at once, without a word to the other side. */
  terminate(): void;
}

/** Opens a socket; the link's only way to the outside, so that tests bring a line of their own. */
export type Dial = (target: Target, events: SocketEvents) => Socket;

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** All of them stated, none left to a default. Source: security rules 2, 20 and 26. */
export const SOCKET_OPTIONS = {
  perMessageDeflate: false,
  maxPayload: MAX_FRAME_BYTES,
  maxFragments: 16,
  maxBufferedChunks: 256,
  closeTimeout: 2_000,
  handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  followRedirects: false,
  skipUTF8Validation: false,
  autoPong: true,
  rejectUnauthorized: true,
  minVersion: 'TLSv1.2',
} as const satisfies ClientOptions & {readonly [option: string]: unknown};

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * What a person gave as a collector's address, as the URL to dial: `http` becomes `ws`, a bare host gets `/ws`.
 *
 * @throws {Fault} `URL_INVALID` when it is no address of a collector, `URL_INSECURE` for plain `ws` beyond loopback
 * (security rule 26), `URL_SECRET` when it carries a password or token (rule 16).
 */
export function collectorUrl(given: string): string {
  const url = URL.parse(given.replace(/^http/i, 'ws'));
  if (url === null || !/^wss?:$/.test(url.protocol) || url.hostname === '') {
    throw new Fault('URL_INVALID', 'a collector is given as ws://HOST:PORT or wss://HOST:PORT');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    throw new Fault('URL_SECRET', 'a collector URL carries no password and no query; the token comes from a file');
  }
  if (url.protocol === 'ws:' && !LOOPBACK.test(url.hostname)) {
    throw new Fault('URL_INSECURE', 'plain ws:// is for this machine alone; use wss://');
  }
  url.hash = '';
  if (url.pathname === '/') url.pathname = '/ws';
  return url.href;
}

/** The real line: a WebSocket that offers `nocturne.v1` and proves itself in the upgrade. */
export const dialWebSocket: Dial = ({url, token, ca}, events) => {
  const ws = new WebSocket(url, [SUBPROTOCOL], {
    ...SOCKET_OPTIONS,
    headers: {authorization: `Bearer ${token}`},
    ...(ca === null ? {} : {ca}),
  });
  let end: SocketEnd | null = null;

  ws.on('open', () => events.onOpen());
  ws.on('message', (data: RawData, isBinary) => {
    if (isBinary) ws.close(1003);
    else events.onText(data.toString());
  });
  ws.on('ping', () => events.onPing());
  ws.on('unexpected-response', (request, response) => {
    end ??= {type: 'answered', status: response.statusCode ?? 0};
    request.destroy();
    response.destroy();
    ws.terminate();
  });
  // `close` always follows an `error`, and is where the end is told.
  ws.on('error', (error: Error & {code?: string}) => {
    end ??= {type: 'failed', code: error.code ?? codeOf(error), message: error.message};
  });
  ws.on('close', (code, reason) => {
    events.onEnd(end ?? {type: 'closed', code, reason: reason.toString()});
  });

  return {
    send: text => {
      if (ws.readyState === WebSocket.OPEN) ws.send(text);
    },
    setPaused: isPaused => (isPaused ? ws.pause() : ws.resume()),
    close: () => ws.close(1000),
    terminate: () => ws.terminate(),
  };
};

/** ws gives no code where the other side speaks another protocol than ours. */
function codeOf(error: Error): string {
  return error.message.includes('subprotocol') ? 'SUBPROTOCOL' : 'ERROR';
}
