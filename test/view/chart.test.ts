import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {asciiText} from '../../src/runtime/ascii.ts';
import {lineWidth} from '../../src/view/cells.ts';
import {type Chart, chartLines, highBottom, roundTop} from '../../src/view/chart.ts';
import {bridged, peaks} from '../../src/view/course.ts';

const TIMES: Chart['times'] = ['01:47', '02:17', '02:47'];

function chart(values: readonly (number | null)[], over: Partial<Chart> = {}): Chart {
  return {values, bottom: 0, top: 100, limit: null, times: TIMES, isStale: false, ...over};
}

function rows(values: readonly (number | null)[], width: number, height: number, over: Partial<Chart> = {}) {
  return chartLines(chart(values, over), width, height).map(line => line.map(({text}) => text).join(''));
}

describe('a chart', () => {
  test('stands on its axis, zero is the lowest bar, and what was not heard is no bar but a dot', () => {
    expect(rows([0, 50, 100, null, null, null, 25], 11, 2)).toEqual(['100┤  █    ', '  0┤▁██···▄', '   └01:470…']);
  });

  test('no line goes through what is not known, whatever is left and right of it', () => {
    const value = fc.option(fc.double({min: 0, max: 100, noNaN: true}), {nil: null});
    fc.assert(
      fc.property(fc.array(value, {minLength: 1, maxLength: 60}), fc.integer({min: 1, max: 6}), (values, height) => {
        const shown = bridged(values);
        const plot = rows(values, values.length + 4, height).slice(0, height);
        for (const [column, heard] of shown.entries()) {
          const cells = plot.map(row => [...row][column + 4]);
          if (heard === null) expect(cells.join('').trim()).toBe('·');
          else expect(cells.at(-1)).toMatch(/[▁▂▃▄▅▆▇█]/);
        }
      }),
    );
  });

  test('is exactly as wide as asked for, whatever it shows', () => {
    const value = fc.option(fc.double({min: 0, max: 1e6, noNaN: true}), {nil: null});
    fc.assert(
      fc.property(fc.array(value, {maxLength: 100}), fc.integer({min: 8, max: 120}), (values, width) => {
        const lines = chartLines(chart(values, {top: roundTop(values)}), width, 3);
        for (const line of lines) expect(lineWidth(line)).toBe(width);
      }),
    );
  });

  test('shows its limits as a line across, and by the colour of what lies above them, not by it alone', () => {
    const over = {limit: {warning: 50, critical: 75}};
    expect(rows([10, 60, 80], 7, 4, over)).toEqual(['100┤┄┄▂', ' 50┤┄▃█', '   │ ██', '  0┤▃██', expect.any(String)]);
    const tones = chartLines(chart([10, 60, 80], over), 7, 4).map(line => line.slice(1).map(({tone}) => tone));
    expect(tones[3]).toEqual(['plain', 'warning', 'critical']);
  });

  test('of what is stale says so in its tone', () => {
    const lines = chartLines(chart([10, 99], {isStale: true, limit: {warning: 50, critical: 75}}), 8, 2);
    expect(lines.flat().every(({tone}) => tone === 'stale' || tone === 'dim')).toBe(true);
  });

  test('keeps its shape in ASCII', () => {
    const ascii = rows([0, 50, 100, null, null, null, 25], 20, 2, {limit: {warning: 60, critical: null}}).map(
      asciiText,
    );
    expect(ascii.join('')).toMatch(/^[\x20-\x7e]+$/);
    expect(ascii.join('')).not.toContain('?');
    expect(ascii[1]).toMatch(/\.\.\./);
    // A bar, a gap and a limit are told apart in it, too.
    const kinds = ['▁▂▃▄▅▆▇█', '·', '┄'].map(signs => new Set([...signs].map(asciiText)));
    expect(new Set(kinds.flatMap(kind => [...kind])).size).toBe(kinds.reduce((sum, kind) => sum + kind.size, 0));
  });

  test('has an upper edge that reads well', () => {
    expect([[0.3], [1], [1.1], [4.9], [7], [120], []].map(roundTop)).toEqual([0.5, 1, 2, 5, 10, 200, 1]);
  });

  test('of high percentages shows their part of the scale, of others all of it', () => {
    expect([[97, 91], [60, null], [49, 99], []].map(highBottom)).toEqual([80, 50, 0, 90]);
  });
});

describe('a course', () => {
  test('of a check that runs less often than there are points has no gaps between its runs', () => {
    expect(bridged([1, null, 2, null, 3, null])).toEqual([1, 1, 2, 2, 3, null]);
  });

  test('keeps what is missing longer than two runs', () => {
    expect(bridged([1, 2, 3, null, null, 4])).toEqual([1, 2, 3, null, null, 4]);
    expect(bridged([1, null, 2, null, 3, null, null, null, null, 4, null, 5])).toEqual([
      1,
      1,
      2,
      2,
      3,
      null,
      null,
      null,
      null,
      4,
      4,
      5,
    ]);
  });

  test('never loses its peak when it is drawn in fewer columns', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({min: 0, max: 100}), {minLength: 1, maxLength: 100}),
        fc.integer({min: 1, max: 120}),
        (values, columns) => {
          const drawn = peaks(values, columns);
          expect(drawn).toHaveLength(columns);
          expect(Math.max(...drawn.map(value => value ?? -1))).toBe(Math.max(...values));
        },
      ),
    );
  });
});
