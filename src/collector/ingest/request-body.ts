import type {IncomingMessage} from 'node:http';
import {Fault} from '../../domain/fault.ts';

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

/** Reads a body to its end. @throws {Fault} `TOO_LARGE` as soon as it is; `ABORTED` when the sender goes away. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BODY_BYTES) {
        request.pause();
        reject(tooLarge());
      } else chunks.push(chunk);
    });
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    // Comes after an error too.
    request.on('close', () => {
      if (!request.complete) reject(new Fault('ABORTED', 'the request broke off'));
    });
  });
}
