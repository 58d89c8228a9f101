import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {abilitiesOf} from '../../../src/runtime/terminal-writer/abilities.ts';
import {move, NOWHERE} from '../../../src/runtime/terminal-writer/moves.ts';
import {headlessTerminal} from '../../support/headless-terminal.ts';

const place = fc.record({row: fc.nat({max: 23}), column: fc.nat({max: 79})});
const term = fc.constantFrom('xterm-256color', 'linux', 'vt220', 'vt100', 'nobody-knows');

describe('move', () => {
  test('brings the cursor there from anywhere, never scrolls, and never costs more than naming the place', async () => {
    const terminal = headlessTerminal(80, 24);
    await fc.assert(
      fc.asyncProperty(place, place, fc.boolean(), term, async (from, to, isColumnKnown, name) => {
        await terminal.write(`\x1b[${from.row + 1};${from.column + 1}H`);
        const way = move(isColumnKnown ? from : {...from, column: -1}, to, abilitiesOf(name));
        await terminal.write(way);
        expect(terminal.cursor()).toMatchObject(to);
        expect(way.length).toBeLessThanOrEqual(move(NOWHERE, to, abilitiesOf(name)).length);
      }),
      {numRuns: 500},
    );
    terminal.dispose();
  });

  test.each([
    [{row: 3, column: 7}, {row: 3, column: 7}, ''],
    [{row: 3, column: 7}, {row: 3, column: 8}, '\x1b[C'],
    [{row: 3, column: 7}, {row: 3, column: 5}, '\b\b'],
    [{row: 3, column: 70}, {row: 3, column: 0}, '\r'],
    [{row: 3, column: 70}, {row: 4, column: 0}, '\r\n'],
    [{row: 3, column: 30}, {row: 9, column: 30}, '\x1b[6B'],
    [{row: 3, column: 30}, {row: 0, column: 0}, '\x1b[H'],
    [{row: 13, column: -1}, {row: 13, column: 2}, '\x1b[3G'],
  ])('from %j to %j is %j', (from, to, bytes) => {
    const way = move(from, to, abilitiesOf('xterm'));
    expect(way.length).toBe(bytes.length);
  });
});
