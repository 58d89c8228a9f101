import {describe, expect, test} from 'vitest';
import {SECOND} from '../../src/domain/time.ts';
import {NIGHT} from '../support/clock.ts';
import {MemoryStore} from './memory-store.ts';
import {customerDefined, nightStore} from './night.ts';
import {wallOf} from './open-wall.ts';

function storeOf(count: number): MemoryStore {
  const store = new MemoryStore();
  store.addCollector('berlin', NIGHT);
  store.append(
    'berlin',
    NIGHT - SECOND,
    Array.from({length: count}, (_, n) => customerDefined(`k${n}`, `Kunde Nummer ${n}`)),
  );
  return store;
}

describe('the tiles of the customers', () => {
  test('never call a customer quiet whose collector is silent', async () => {
    const store = nightStore();
    const wall = wallOf({store, flags: {pages: 'customers'}});
    expect((await wall.lines()).join('\n')).toMatch(/OK Hofer KG[\s\S]*ruhig/);
    for (let second = 0; second < 20; second++) {
      store.heard('hamburg', wall.outside.clock.now());
      wall.outside.advance(SECOND);
    }
    const lines = await wall.lines();
    const hofer = lines.findIndex(line => line.includes('Hofer KG'));
    const column = (lines[hofer] ?? '').indexOf('○');
    expect((lines[hofer + 1] ?? '').slice(column, column + 20)).toContain('nicht bekannt');
    expect(lines.join('\n').match(/ruhig/g)).toHaveLength(2);
  });

  test.each([
    [80, 24],
    [160, 48],
    [400, 120],
  ])('say nothing by half, and every one of 300 is on some leaf, at %i x %i', async (columns, rows) => {
    const wall = wallOf({store: storeOf(300), columns, rows, flags: {pages: 'customers'}});
    const seen = new Set<string>();
    for (let leaf = 0; leaf < 30; leaf++) {
      const shown = (await wall.lines()).join('\n');
      for (const [name] of shown.matchAll(/Kunde Nummer \d+/g)) seen.add(name);
      expect(shown).not.toContain('…');
      wall.press('\x1b[C');
    }
    expect(seen.size).toBe(300);
  });

  test('are written large where a few have a large screen to themselves', async () => {
    const lines = await wallOf({store: storeOf(2), columns: 160, rows: 48, flags: {pages: 'customers'}}).lines();
    expect(lines.filter(line => /[▘▝▖▌▞▛▗▚▐▜▙▟█]{2}/.test(line)).length).toBeGreaterThan(8);
  });
});
