import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {WebSocketServer} from 'ws';
import {Fault} from '../../domain/fault.ts';
import {MAX_FRAME_BYTES, SUBPROTOCOL} from '../../protocol/frames.ts';
import type {Outside} from '../../runtime/outside.ts';
import {addressOf, type Doorkeeper} from '../ingest/doorkeeper.ts';
import {refuseUpgrade} from '../ingest/respond.ts';
import type {Meters} from '../meters.ts';
import {isAllowed} from '../rights.ts';
import type {TokenRecord} from '../tokens.ts';
import type {Hub} from './hub.ts';

/** All of them stated, none left to a default. Source: security rules 2 and 20. */
export const SERVER_OPTIONS = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: MAX_FRAME_BYTES,
  maxFragments: 16,
  maxBufferedChunks: 256,
  closeTimeout: 2000,
  skipUTF8Validation: false,
  autoPong: true,
  allowSynchronousEvents: true,
} as const;

/** What an upgrade needs. */
export interface UpgradeContext {
  readonly doorkeeper: Doorkeeper;
  readonly hub: Hub;
  readonly isBehindProxy: boolean;
  readonly meters: Meters;
  readonly outside: Outside;
}

/** Lets consoles in: who it is and what they may is settled before a WebSocket is made (security rules 16 and 21). */
export function createUpgrade(
  context: UpgradeContext,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const {doorkeeper, hub, isBehindProxy, meters, outside} = context;
  const server = new WebSocketServer({...SERVER_OPTIONS, handleProtocols: () => SUBPROTOCOL});

  function check(request: IncomingMessage): TokenRecord {
    const {url = '', headers} = request;
    if (url.split('?', 1)[0] !== '/ws') throw new Fault('NOT_FOUND', 'there is nothing here');
    if (headers.origin !== undefined) {
      meters.refused('origin');
      throw new Fault('ORIGIN', 'browsers are not let in');
    }
    const token = doorkeeper.admit(request, addressOf(request, isBehindProxy));
    if (!isAllowed(token.identity, 'see', null)) {
      meters.refused('forbidden');
      throw new Fault('FORBIDDEN', 'this token may not look in');
    }
    const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim());
    if (!offered.includes(SUBPROTOCOL)) throw new Fault('SUBPROTOCOL', `the subprotocol ${SUBPROTOCOL} is wanted`);
    return token;
  }

  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    try {
      const token = check(request);
      server.handleUpgrade(request, socket, head, ws => hub.welcome(ws, token));
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault('INTERNAL', 'the collector failed at this');
      if (!(error instanceof Fault)) meters.invariantBroken();
      refuseUpgrade(socket, fault, outside.random.uuid(outside.clock.now()));
    }
  };
}
