import {createRequire} from 'node:module';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {SECOND} from '../../src/domain/time.ts';
import {safeText} from '../../src/runtime/safe-text.ts';
import {cellWidth} from '../../src/view/cells.ts';
import {openConsole} from '../support/console.tsx';
import {hostileText} from '../support/hostile-text.ts';
import {busyNight, calmNight, customerDefined, raised} from './night.ts';

const KEYS = [
  '1',
  '2',
  '3',
  '4',
  '5',
  '?',
  'escape',
  'j',
  'enter',
  'tab',
  '/',
  'n',
  'e',
  'escape',
  'G',
  'k',
  'space',
  '*',
];

/** Blanks that were written and blanks that never were look alike. */
function trimmed(lines: readonly string[]): readonly string[] {
  return lines.map(line => line.trimEnd());
}

describe('a list that is not on the screen', () => {
  test.each(['enter', '1', '3', '5', '7', '?'])('keeps its window while %s shows something else', async key => {
    const night = calmNight();
    const many = Array.from({length: 60}, (_, n) =>
      raised({n: n + 1, customer: 'mueller', host: `srv-${n}`, summary: `Fall ${n}`}),
    );
    night.noc.append('berlin', many);
    using console = openConsole({store: night.noc, outside: night.outside});
    for (let step = 0; step < 25; step++) await console.do('move.down');
    for (let step = 0; step < 6; step++) await console.do('move.up');
    const list = async () => trimmed((await console.frame()).slice(1, -1));
    const before = await list();
    await console.press(key);
    expect(await list()).not.toEqual(before);
    await console.press('escape');
    await console.pass(SECOND);
    if (key !== 'enter' && key !== '?') await console.do('pane.alerts');
    expect(await list()).toEqual(before);
  });
});

describe('the edges of the screen', () => {
  test('nothing ever hangs over: any size, any pane, any prompt; resized at will', async () => {
    const size = fc.tuple(fc.integer({min: 20, max: 300}), fc.integer({min: 6, max: 100}));
    await fc.assert(
      fc.asyncProperty(
        size,
        fc.array(fc.oneof(size, fc.constantFrom(...KEYS)), {maxLength: 6}),
        async (first, steps) => {
          const {noc, outside} = busyNight();
          using console = openConsole({store: noc, outside, columns: first[0], rows: first[1]});
          for (const step of steps) {
            if (typeof step === 'string') await console.press(step);
            else await console.resize(step[0], step[1]);
          }
          // A lone Escape is told from the beginning of a longer key by the time that follows it.
          await console.pass(SECOND);
          const {terminal} = console;
          // An alternate screen has no history: what scrolls is lost, and the header would be the first to go.
          expect(terminal.lines()[0]).not.toBe('');
          expect(terminal.cursor().isHidden).toBe(true);
          const drawn = trimmed(terminal.lines());
          await console.do('app.redraw');
          expect(trimmed(terminal.lines())).toEqual(drawn);
        },
      ),
      {numRuns: 12},
    );
  });

  test('a thousand sizes in a row end in the right picture', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside, columns: 80, rows: 24});
    using fresh = openConsole({store: noc, outside, columns: 132, rows: 40});
    for (let turn = 0; turn < 50; turn++) await console.resize(20 + ((turn * 37) % 200), 6 + ((turn * 13) % 60));
    await console.resize(132, 40);
    expect(trimmed(await console.frame())).toEqual(trimmed(await fresh.frame()));
  });
});

/** How wide Ink takes a text for: by the package that it brings itself, which may be older than the one we measure after. */
const inkRequire = createRequire(createRequire(import.meta.url).resolve('ink'));
const {default: widthInInk} = (await import(inkRequire.resolve('string-width'))) as {default: (text: string) => number};

describe('rules 42 to 44: hostile text', () => {
  test('in every field of an alert it changes neither title, nor cursor, nor its neighbours', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (one, other) => {
        const {noc, outside} = calmNight();
        const [summary, name] = [safeText(one), safeText(other)];
        fc.pre([summary, name].every(text => widthInInk(text) === cellWidth(text)));
        noc.append('berlin', [customerDefined('evil', name)]);
        noc.append('berlin', [
          raised({n: 1, customer: 'mueller', host: 'vorher', summary: 'VORHER'}),
          raised({
            n: 2,
            customer: 'evil',
            host: name,
            service: name,
            site: name,
            summary,
            content: {output: summary, labels: {[String(name)]: summary}, runbook: summary, url: name},
          }),
          raised({n: 3, customer: 'mueller', host: 'nachher', summary: 'NACHHER'}),
        ]);
        using console = openConsole({store: noc, outside, columns: 132, rows: 40});
        const lines = await console.frame();
        const {terminal} = console;
        expect(terminal.title()).toBe('');
        expect(terminal.replies()).toBe('');
        expect(terminal.bell()).toBe(0);
        expect(terminal.cursor().isHidden).toBe(true);
        for (const word of ['VORHER', 'NACHHER', 'Nocturne'])
          expect(lines.some(line => line.includes(word))).toBe(true);
        // The right border of every row stands in the last column, whatever is written before it.
        const cells = terminal.cells();
        for (let row = 1; row < 39; row++) expect(cells[row]?.at(-1)?.text).toMatch(/[┐│┘]/);
        expect(console.bytes().includes('\x1b]')).toBe(false);
      }),
      {numRuns: 20},
    );
  });
});
