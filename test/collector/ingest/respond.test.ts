import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {sendFault} from '../../../src/collector/ingest/respond.ts';
import {Fault} from '../../../src/domain/fault.ts';

async function answerTo(fault: Fault): Promise<Response> {
  const server = createServer((_request, response) => sendFault(response, fault, 'id'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
  }
}

test.each(['OVERLOADED', 'STORE_FAILED', 'STOPPING'])(
  'rule 33: %s is 503 with Retry-After, which Alertmanager tries again; it does not try 429 again',
  async code => {
    const answer = await answerTo(new Fault(code, 'later'));
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toEqual({code, message: 'later', id: 'id'});
  },
);

test('rule 33: 429 is for failed logins alone, with the time to wait', async () => {
  const answer = await answerTo(new Fault('LOCKED_OUT', 'wait', {seconds: 30}));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '30']);
});

test('rule 54: a code that nobody gave a status is our mistake, not the sender’s', async () => {
  expect((await answerTo(new Fault('SURPRISE', 'x'))).status).toBe(500);
});
