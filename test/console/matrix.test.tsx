import {describe, expect, test} from 'vitest';
import {openConsole} from '../support/console.tsx';
import {busyNight} from './night.ts';

const TERMS = ['xterm-256color', 'screen-256color', 'tmux-256color', 'linux', 'vt100'] as const;

const SIZES: readonly (readonly [columns: number, rows: number])[] = [
  [20, 6],
  [39, 24],
  [40, 10],
  [80, 24],
  [100, 18],
  [132, 43],
  [300, 100],
];

describe('terminals', () => {
  test.each(TERMS)('%s shows what the others show, also after news and keys', async term => {
    const shown = async (name: string): Promise<readonly string[]> => {
      const {noc, outside} = busyNight();
      using console = openConsole({store: noc, outside, term: name});
      await console.do('move.down');
      await console.do('alerts.acknowledge');
      await console.pass(2_000);
      return await console.frame();
    };
    expect(await shown(term)).toEqual(await shown('xterm'));
  });

  test.each(TERMS)('%s without colours gets none', async term => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside, term, depth: 'none'});
    await console.frame();
    const parameters = [...console.bytes().matchAll(/\x1b\[([\d;]*)m/g)].flatMap(([, list = '']) => list.split(';'));
    expect(parameters.filter(it => Number(it) >= 30)).toEqual([]);
  });
});

describe('sizes', () => {
  test.each(SIZES)('%i x %i: every pane, in both languages, stays inside', async (columns, rows) => {
    for (const lang of ['de', 'en'] as const) {
      const {noc, outside} = busyNight();
      using console = openConsole({store: noc, outside, columns, rows, lang});
      for (const action of ['pane.hosts', 'pane.detail', 'app.help', 'app.back', 'app.command'] as const) {
        await console.do(action);
        const frame = await console.frame();
        expect(frame.length).toBe(rows);
        expect(frame.some(line => line.trim() !== '')).toBe(true);
      }
    }
  });

  test('1,000 resizes end in the frame of that size', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside});
    for (let step = 0; step < 1000; step++) {
      const [columns, rows] = [20 + ((step * 37) % 180), 6 + ((step * 13) % 54)];
      console.resizeSoon(columns, rows);
    }
    await console.resize(80, 24);
    const fresh = busyNight();
    using other = openConsole({store: fresh.noc, outside: fresh.outside});
    expect(await console.frame()).toEqual(await other.frame());
  });
});
