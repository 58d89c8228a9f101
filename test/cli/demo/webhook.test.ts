import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {webhook} from '../../../src/cli/demo/webhook.ts';
import {virtualOutside} from '../../support/clock.ts';

const MESSAGE = {source: 'skripte', contentType: 'application/json', body: {}} as const;

/** A collector that answers so, one request after the other; null cuts the line. */
async function openCollector(statuses: readonly (number | null)[]) {
  const left = [...statuses];
  const server = createServer((request, response) => {
    const status = left.shift() ?? null;
    if (status === null) request.socket.destroy();
    else response.writeHead(status).end('words');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  return {
    port,
    left,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends one message; virtual time goes on until it is decided. */
async function send(port: number): Promise<unknown> {
  const outside = virtualOutside();
  let end: {readonly error: unknown} | null = null;
  webhook(
    port,
    'token',
    outside.timers,
  )(MESSAGE).then(
    () => {
      end = {error: null};
    },
    (error: unknown) => {
      end = {error};
    },
  );
  while (end === null) await outside.advanceAsync(1000);
  return (end as {readonly error: unknown}).error;
}

test('a collector that cuts the line or is overloaded gets the message again until it takes it', async () => {
  await using collector = await openCollector([null, 503, 503, null, 503, 503, 503, 503, 202]);
  expect(await send(collector.port)).toBeNull();
  expect(collector.left).toEqual([]);
});

test('a message that is refused is not sent again', async () => {
  await using collector = await openCollector([400, 202]);
  expect(await send(collector.port)).toMatchObject({
    code: 'DEMO_WEBHOOK',
    message: expect.stringContaining('400: words'),
  });
  expect(collector.left).toEqual([202]);
});
