import {once} from 'node:events';
import {createServer} from 'node:net';
import {expect, test} from 'vitest';
import {MINUTE, SECOND} from '../../src/domain/time.ts';
import {TWO_CUSTOMERS} from '../support/collector-process.ts';
import {alert, OpenCollector} from './support/open-collector.ts';

test('DP-3: a new alert asks the parent of its host at once, long before that is its turn', async () => {
  const parent = createServer(socket => socket.end()).listen(0, '127.0.0.1');
  await once(parent, 'listening');
  const address = parent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await using collector = await OpenCollector.start(`${TWO_CUSTOMERS}
hosts:
  - {host: fw-01, customer: mueller}
  - {host: srv-01, customer: mueller, parents: [fw-01]}
checks:
  - {host: fw-01, customer: mueller, type: tcp, address: 127.0.0.1, port: ${port}, every: 6h}
`);
  const first = once(parent, 'connection');
  await collector.outside.advanceAsync(31 * SECOND);
  await first;
  await collector.outside.advanceAsync(MINUTE);

  const second = once(parent, 'connection');
  const answer = await collector.ingest(collector.token('ingest'), alert('srv-01'));
  expect(answer.status).toBe(202);
  await collector.outside.advanceAsync(SECOND);
  await second;
  parent.close();
});
