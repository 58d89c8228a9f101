import {describe, expect, test} from 'vitest';
import type {ChartSlot} from '../../../widgets/wall/chart.ts';
import {blankGrid, write} from '../../../widgets/wall/grid.ts';
import {createHeadlessScreen, type HeadlessScreen} from '../../../widgets/wall/headless-screen.ts';
import {Stage} from '../../../widgets/wall/stage.ts';

const COLUMNS = 60;
const ROWS = 20;

function open(): {host: HeadlessScreen; stage: Stage; elements: () => number} {
  const host = createHeadlessScreen(COLUMNS, ROWS);
  const {children} = host.screen as unknown as {readonly children: readonly unknown[]};
  return {host, stage: new Stage(host), elements: () => children.length};
}

function rows(stage: Stage, charts: readonly ChartSlot[], text = ''): string[] {
  const grid = blankGrid(COLUMNS, ROWS);
  write(grid, {x: 0, y: 0, width: COLUMNS, height: ROWS}, 0, 0, text);
  return stage.frame({grid, charts}).map(row => row.map(([, character]) => character).join(''));
}

const line = (last: number): ChartSlot => ({
  id: 'line',
  area: {x: 0, y: 2, width: 30, height: 9},
  data: {kind: 'line', labels: ['00', '01', '02'], values: [1, 2, last], lowest: 0, highest: 5},
});
const bar: ChartSlot = {
  id: 'bar',
  area: {x: 30, y: 2, width: 30, height: 9},
  data: {kind: 'bar', labels: ['00', '01'], values: [3, 7]},
};
const donut: ChartSlot = {
  id: 'donut',
  area: {x: 0, y: 11, width: 30, height: 9},
  data: {kind: 'donut', percent: 97, label: 'SLA'},
};

describe('the stage', () => {
  test('draws text and every kind of chart in its own place', () => {
    const {stage} = open();
    const shown = rows(stage, [line(3), bar, donut], 'Trend');
    expect(shown[0]).toMatch(/^Trend +$/);
    expect(shown.slice(2, 11).join('')).toMatch(/[\u2801-\u28ff]/);
    expect(
      shown
        .slice(2, 11)
        .map(row => row.slice(30))
        .join(''),
    ).toMatch(/3 +7/);
    expect(shown.slice(11).join('')).toContain('97%');
    stage.close();
  });

  test('makes each widget once and updates it: a thousand frames add no element', () => {
    const {stage, elements} = open();
    rows(stage, [line(1), bar]);
    rows(stage, [donut]);
    const made = elements();
    for (let frame = 0; frame < 1000; frame++) rows(stage, frame % 2 === 0 ? [line(frame % 5), bar] : [donut]);
    expect(elements()).toBe(made);
    stage.close();
  });

  test('leaves no cell of a page that went', () => {
    const {stage} = open();
    const empty = rows(stage, []);
    rows(stage, [line(3), bar, donut], 'Trend');
    expect(rows(stage, [])).toEqual(empty);
    stage.close();
  });

  test('makes a chart anew where its place changed, and none too many', () => {
    const {stage, elements} = open();
    rows(stage, [line(3)]);
    const made = elements();
    const moved = {...line(3), area: {x: 20, y: 5, width: 40, height: 12}};
    const shown = rows(stage, [moved]);
    expect(elements()).toBe(made);
    expect(shown[3]?.trim()).toBe('');
    stage.resize(40, 16);
    expect(stage.frame({grid: blankGrid(40, 16), charts: []})).toHaveLength(16);
    expect(elements()).toBe(1);
    stage.close();
  });

  test('marks only the rows that were touched', () => {
    const {stage, host} = open();
    rows(stage, [], 'eins');
    for (const row of host.screen.lines) row.dirty = false;
    rows(stage, [], 'zwei');
    expect(host.screen.lines.map(row => row.dirty)).toEqual([true, ...Array.from({length: ROWS - 1}, () => false)]);
    stage.close();
  });

  test('takes braces and escapes in text as text (rule 42)', () => {
    const {stage} = open();
    expect(rows(stage, [], '{red-fg}{bold}x{/}')[0]).toMatch(/^\{red-fg\}\{bold\}x\{\/\} +$/);
    stage.close();
  });

  test('leaves nothing behind at the process when it is closed', () => {
    const before = process.listenerCount('exit') + process.listenerCount('SIGTERM');
    for (let turn = 0; turn < 5; turn++) {
      const {stage} = open();
      rows(stage, [line(3)]);
      stage.close();
    }
    expect(process.listenerCount('exit') + process.listenerCount('SIGTERM')).toBe(before);
  });
});
