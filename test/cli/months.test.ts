import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {getMonth} from '../../src/cli/months.ts';
import {HOSTILE} from '../collector/support/hostile.ts';

test('rule 42: a month comes out safe, whatever the other side put into it', async () => {
  const hostile = HOSTILE.join('');
  const server = createServer((_request, response) => {
    response.end(
      JSON.stringify({name: `Müller${hostile}`, causes: [{subject: {host: hostile}}], [hostile]: 3, __proto__x: 1}),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const {port} = server.address() as AddressInfo;
    const collector = {url: `ws://127.0.0.1:${port}/ws`, token: 'noct_x', ca: null, name: null};
    const said = JSON.stringify(await getMonth(collector, 'mueller', '2026-10', 5000));
    expect(said).toContain('Müller');
    for (const character of HOSTILE) {
      expect(said).not.toContain(character);
      expect(said).not.toContain(JSON.stringify(character).slice(1, -1));
    }
  } finally {
    server.close();
  }
});
