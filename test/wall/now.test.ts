import {describe, expect, test} from 'vitest';
import type {Contract} from '../../src/domain/contract.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import {NIGHT} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {MemoryStore} from './memory-store.ts';
import {raised, type Trouble} from './night.ts';
import {wallOf} from './open-wall.ts';

/** Round the clock: 15 minutes to respond. */
const gold: Contract = {
  tier: 'gold',
  calendar: {timeZone: 'Europe/Berlin', weekly: null},
  priorities: {P1: {response: {amount: 15, unit: 'minute'}, resolution: {amount: 4, unit: 'hour'}, update: null}},
  availabilityPercent: 99.9,
  ackCountsAsResponse: true,
};

function storeOf(): MemoryStore {
  const store = new MemoryStore();
  store.addCollector('berlin', NIGHT);
  const customer = {id: 'mueller', name: text('Müller'), state: 'BY', timezone: 'Europe/Berlin', contract: gold};
  store.append('berlin', NIGHT - 24 * HOUR, [{type: 'customer.defined', customer}]);
  return store;
}

/** What the collector raises itself when a whole site goes quiet, with its incident. */
function silentSite(n: number): readonly DomainEvent[] {
  const id = occurrenceId(n);
  const trouble: Trouble = {
    n,
    customer: 'mueller',
    host: '(alle)',
    service: 'site-silent',
    severity: 'critical',
    summary: 'site-silent',
  };
  return [
    raised(trouble),
    {type: 'incident.opened', incident: id, site: '', cause: 'mueller||(alle)|site-silent', priority: 'P1'},
    {type: 'incident.joined', incident: id, alert: id, because: 'sameCause'},
  ];
}

describe('the next deadline', () => {
  test('says which clock runs out, and what is wrong in words (SL-1, FR-5)', async () => {
    const store = storeOf();
    store.append('berlin', NIGHT - 5 * MINUTE, silentSite(1), 'mueller');
    const [, , label = '', ...below] = await wallOf({
      store,
      columns: 80,
      rows: 24,
      lang: 'en',
      flags: {pages: 'now'},
    }).lines();
    expect(label).toContain('NEXT DEADLINE  response');
    const shown = below.slice(0, 8).join('\n');
    expect(shown).toContain('Müller  (all)');
    expect(shown).toContain('collector silent');
    expect(shown).not.toContain('site-silent');
  });

  test('stands with a minus when it has passed (SL-5)', async () => {
    const store = storeOf();
    store.append('berlin', NIGHT - 27 * MINUTE, silentSite(1), 'mueller');
    const wall = wallOf({store, columns: 80, rows: 24, flags: {pages: 'now'}});
    const digits = (await wall.lines()).slice(3, 6).map(line => line.slice(1, 4));
    expect(digits).toEqual(['   ', '▀▀▀', '   ']);
  });

  test('is not known to be none while a collector is silent, which may have one', async () => {
    const store = storeOf();
    store.addCollector('hamburg', NIGHT);
    const wall = wallOf({store, flags: {pages: 'now'}});
    expect((await wall.lines()).join('\n')).toContain('Keine Uhr läuft.');
    for (let second = 0; second < 20; second++) {
      store.heard('berlin', wall.outside.clock.now());
      wall.outside.advance(SECOND);
    }
    const shown = (await wall.lines()).join('\n');
    expect(shown).toContain('Keine laufende Uhr bekannt.');
    expect(shown).not.toContain('Keine Uhr läuft.');
  });
});

test('what interrupts is said in the language of the wall (FR-5)', async () => {
  const store = storeOf();
  const wall = wallOf({store, columns: 80, rows: 24, lang: 'en'});
  store.append('berlin', NIGHT, silentSite(1), 'mueller');
  wall.outside.advance(SECOND);
  const shown = (await wall.lines()).join('\n');
  expect(shown).toMatch(/NEW AND URGENT/);
  expect(shown).toMatch(/\(all\) {3}collector silent/);
  expect(shown).not.toContain('site-silent');
});

test.each([
  [80, 24],
  [100, 30],
  [160, 48],
  [240, 67],
])('counts stand so far apart that 14 and 0 are not read as 140, at %i x %i', async (columns, rows) => {
  const store = storeOf();
  const alert = (n: number, severity: 'critical' | 'warning'): DomainEvent =>
    raised({n, customer: 'mueller', host: `srv-${n}`, service: 'disk', severity, summary: 'voll'});
  store.append('berlin', NIGHT - HOUR, [alert(0, 'critical')]);
  store.append(
    'berlin',
    NIGHT - HOUR,
    Array.from({length: 14}, (_, n) => alert(n + 1, 'warning')),
  );
  const lines = await wallOf({store, columns, rows, flags: {pages: 'now'}}).lines();
  const label = lines.findIndex(line => line.includes('UNBEKANNT'));
  const [warning = 0, unknown = 0] = ['● WARNUNG', '◆ UNBEKANNT'].map(word => (lines[label] ?? '').indexOf(word));
  const digits = lines.slice(label + 1, label + 4).map(line => line.slice(warning, unknown));
  const width = Math.max(...digits.map(line => line.trimEnd().length));
  // Two digits are three dots each and one between them.
  const dot = width / 7;
  expect(Number.isInteger(dot)).toBe(true);
  expect(unknown - warning - width).toBeGreaterThanOrEqual(3 * dot);
});
