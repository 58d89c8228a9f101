import {once} from 'node:events';
import {createServer} from 'node:net';
import {expect, test} from 'vitest';
import {freePort} from '../../../src/cli/demo/own-machine.ts';
import {virtualOutside} from '../../support/clock.ts';

const {random} = virtualOutside();
test('the port of a demo is none that the kernel hands out, so that nobody has it when the collector starts', async () => {
  for (let round = 0; round < 20; round++) {
    const port = await freePort(random);
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_768);
  }
});

test('a port on which somebody listens is passed over; where all are, it says so', async () => {
  const taken = await freePort(random);
  const server = createServer().listen(taken, '127.0.0.1');
  await once(server, 'listening');
  const share = (taken + 0.5 - 20_000) / 12_000;
  const shares = [share, share];
  expect(await freePort({...random, next: () => shares.shift() ?? random.next()})).not.toBe(taken);
  await expect(freePort({...random, next: () => share})).rejects.toMatchObject({code: 'DEMO_COLLECTOR'});
  server.close();
});
