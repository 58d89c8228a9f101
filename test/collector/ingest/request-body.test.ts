import {IncomingMessage} from 'node:http';
import {connect, Socket} from 'node:net';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {BodyRoom, MOST_BODY_BYTES, readBody} from '../../../src/collector/ingest/request-body.ts';
import {TWO_CUSTOMERS} from '../../support/collector-process.ts';
import {alert, OpenCollector} from '../support/open-collector.ts';

/** A request whose body has come in these pieces. */
function requestOf(pieces: Iterable<Uint8Array>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  for (const piece of pieces) request.push(piece);
  request.complete = true;
  request.push(null);
  return request;
}

test('a body is what came, in whatever pieces, and all of the shared room is given back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({minLength: 1, maxLength: 300})), async pieces => {
      const shared = new BodyRoom(100_000);
      const body = await readBody(requestOf(pieces), shared);
      expect(body.equals(Buffer.concat(pieces))).toBe(true);
      expect(shared.take(100_000)).toBe(true);
    }),
  );
});

test('rule 29: refused at the byte that is too much', async () => {
  const most = [Buffer.alloc(MOST_BODY_BYTES - 1), Buffer.alloc(1)];
  expect(await readBody(requestOf(most), null)).toHaveLength(MOST_BODY_BYTES);
  await expect(readBody(requestOf([...most, Buffer.alloc(1)]), null)).rejects.toMatchObject({code: 'TOO_LARGE'});
});

test('a body in pieces of one byte takes no more memory than twice its bytes', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const request = new IncomingMessage(new Socket());
  const body = readBody(request, null);
  request.resume();
  const used = () => {
    collectGarbage();
    const {heapUsed, external} = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  for (let piece = 0; piece < 200_000; piece++) request.push(Buffer.alloc(1));
  await new Promise(resolve => setImmediate(resolve));
  expect(used() - before).toBeLessThan(4 * 1024 * 1024);
  request.complete = true;
  request.push(null);
  expect(await body).toHaveLength(200_000);
});

test('bodies that anybody at all sends share 32 MiB: more is refused, and known senders are taken', async () => {
  await using collector = await OpenCollector.start(
    `${TWO_CUSTOMERS}  - {name: signed, type: generic, hmacKey: {env: KEY}}\n`,
  );
  const head = `POST /v1/ingest/signed HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${MOST_BODY_BYTES}\r\n\r\n`;
  using strangers = new DisposableStack();
  const answers: string[] = [];
  // Forty of them, each a byte short of its end: 32 fit.
  await new Promise<void>(resolve => {
    for (let index = 0; index < 40; index++) {
      const socket = strangers.adopt(connect(collector.port, '127.0.0.1'), it => it.destroy());
      socket.on('error', () => {});
      socket.once('data', answer => {
        if (answers.push(answer.toString()) === 8) resolve();
      });
      socket.write(head);
      socket.write(Buffer.alloc(MOST_BODY_BYTES - 1, 0x20));
    }
  });
  expect(answers).toEqual(
    answers.map(() => expect.stringMatching(/^HTTP\/1\.1 503 .*connection: close.*"OVERLOADED"/s)),
  );
  expect((await collector.ingest(collector.token('ingest'), alert('srv-01'))).status).toBe(202);
  const {text} = await collector.http('GET', '/metrics', {token: collector.token('viewer')});
  expect(text).toContain('nocturne_refused_total{reason="overload"} 8\n');
});
