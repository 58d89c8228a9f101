import type {IncomingMessage} from 'node:http';
import {Fault} from '../../domain/fault.ts';
import {overloaded} from './respond.ts';

/** Bytes of one request (security rule 29). */
export const MOST_BODY_BYTES = 1_048_576;

/** Refuses what says that it is too large, before a byte of it is read. @throws {Fault} `TOO_LARGE` */
export function checkBodySize({headers}: IncomingMessage): void {
  if (Number(headers['content-length'] ?? 0) > MOST_BODY_BYTES) throw tooLarge();
}

/** Refuses what is no plain JSON by its headers. @throws {Fault} `ENCODING` · `CONTENT_TYPE` */
export function checkBodyType({headers}: IncomingMessage): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw new Fault('ENCODING', 'send the body as it is, without compression');
  const type = headers['content-type'] ?? '';
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new Fault('CONTENT_TYPE', 'send application/json');
  }
}

function tooLarge(): Fault {
  return new Fault('TOO_LARGE', `a body may have ${MOST_BODY_BYTES} bytes`);
}

/** Room that bodies share while they are read. */
export class BodyRoom {
  #bytes: number;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** @returns Whether there was so much left. */
  take(bytes: number): boolean {
    if (bytes > this.#bytes) return false;
    this.#bytes -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#bytes += bytes;
  }
}

const NOTHING = Buffer.alloc(0);

/** `body` with `chunk` behind its first `size` bytes. Copied together: pieces of one byte cost 190 bytes each in a list. */
function joined(body: Buffer, size: number, chunk: Buffer): Buffer {
  if (size === 0) return chunk;
  const wanted = size + chunk.length;
  let room = body;
  if (wanted > body.length) {
    room = Buffer.allocUnsafe(Math.max(wanted, Math.min(2 * wanted, MOST_BODY_BYTES)));
    body.copy(room, 0, 0, size);
  }
  chunk.copy(room, size);
  return room;
}

/**
 * Reads a body to its end.
 *
 * @param shared - Of a sender that nobody knows yet: all of them together have no more than this.
 * @throws {Fault} `TOO_LARGE` as soon as it is; `OVERLOADED` when the shared room is full; `ABORTED` when the sender goes away.
 */
export function readBody(request: IncomingMessage, shared: BodyRoom | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let body: Buffer = NOTHING;
    let size = 0;
    let isOver = false;
    const end = () => {
      if (!isOver) shared?.giveBack(size);
      isOver = true;
    };
    const refuse = (fault: Fault) => {
      request.pause();
      end();
      body = NOTHING;
      reject(fault);
    };
    request.on('data', (chunk: Buffer) => {
      if (isOver) return;
      if (size + chunk.length > MOST_BODY_BYTES) refuse(tooLarge());
      else if (shared?.take(chunk.length) === false) refuse(overloaded());
      else {
        body = joined(body, size, chunk);
        size += chunk.length;
      }
    });
    request.on('end', () => {
      end();
      resolve(body.subarray(0, size));
    });
    // Comes after an error too.
    request.on('close', () => {
      end();
      if (!request.complete) reject(new Fault('ABORTED', 'the request broke off'));
    });
  });
}
