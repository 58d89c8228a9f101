import {expect, test} from 'vitest';
import {MINUTE} from '../../src/domain/time.ts';
import {joinsIncident, opensIncident} from '../console/fold-night.ts';
import {customerDefined, raised} from '../console/night.ts';
import {NIGHT} from '../support/clock.ts';
import {MemoryStore} from './memory-store.ts';
import {wallOf} from './open-wall.ts';

test('CO-2, DP-2: the ten worst are incidents, one line each, and the counts are of alerts', async () => {
  const store = new MemoryStore();
  store.addCollector('berlin', NIGHT);
  store.append('berlin', NIGHT - 60 * MINUTE, [customerDefined('mueller', 'Müller')]);
  const dns = (n: number) => ({
    n,
    customer: 'mueller',
    host: `web-${n}`,
    service: 'dns',
    summary: 'DNS antwortet nicht',
  });
  for (let n = 1; n <= 12; n++) {
    store.append('berlin', NIGHT - 30 * MINUTE, n === 1 ? opensIncident(dns(n)) : joinsIncident(dns(n), 1));
  }
  store.append('berlin', NIGHT - 20 * MINUTE, [
    raised({n: 20, customer: 'mueller', host: 'fw-01', summary: 'nicht erreichbar'}),
    raised({n: 21, customer: 'mueller', host: 'pos-01', summary: 'weg', suppressed: ['unreachable'], under: 20}),
  ]);
  const wall = wallOf({store, columns: 120, rows: 40, flags: {pages: 'now'}});
  const lines = await wall.lines();
  expect(lines.filter(line => line.includes('DNS'))).toEqual([expect.stringMatching(/12 Hosts +12 ▸ DNS/)]);
  expect(lines.filter(line => line.includes('fw-01'))).toEqual([expect.stringContaining('2 ▸ nicht erreichbar')]);
  expect(lines.join('\n')).toContain('└ 1 betroffen: pos-01');
  expect(lines.join('\n')).toContain('1 unterdrückt');
});
