import type {FigureLimit} from '../domain/host-figures.ts';
import {cellWidth, fitLine} from './cells.ts';
import {bridged, peaks} from './course.ts';
import {type Line, type Part, part, type Tone} from './tone.ts';

/** What a chart shows, beside its title. */
export interface Chart {
  /** Oldest first, evenly spaced; null where nothing was heard. */
  readonly values: readonly (number | null)[];
  /** Values at the lower and the upper edge; both stand on the axis. */
  readonly bottom: number;
  readonly top: number;
  /** From where on a value is bad: drawn as a line across, and by the colour on top of it. */
  readonly limit: FigureLimit | null;
  /** Left, middle and right end of the time shown. */
  readonly times: readonly [string, string, string];
  /** What it shows is not of now. */
  readonly isStale: boolean;
}

const BARS = '▁▂▃▄▅▆▇█';
const LIMIT = '┄';
const GAP = '·';
const NARROWEST_WITH_THREE_TIMES = 22;

/**
 * A chart of blocks, `height` rows of bars and one of times, exactly `width` cells: what was heard stands on the axis, the least as the
 * lowest bar, and where nothing was heard there is a dot on the ground and no bar. No line goes through what is not known.
 */
export function chartLines(chart: Chart, width: number, height: number): readonly Line[] {
  const {bottom, top} = chart;
  const marks = limitRows(chart, height);
  const labels = Array.from({length: height}, (_, row) => {
    if (row === height - 1) return label(top);
    return row === 0 ? label(bottom) : (marks.get(row)?.text ?? '');
  });
  const margin = Math.max(...labels.map(cellWidth));
  const columns = peaks(bridged(chart.values), Math.max(1, width - margin - 1));
  const rows = labels.map((text, row): Line => {
    const edge = text === '' ? '│' : '┤';
    return [part(`${text.padStart(margin)}${edge}`, 'dim'), ...plotRow(columns, row, height, marks.has(row), chart)];
  });
  return [...rows.reverse(), timesLine(chart, margin, width)];
}

/** From where on to draw percentages that all lie high: a tenth of the scale below the least of them, else zero. */
export function highBottom(values: readonly (number | null)[]): number {
  const least = Math.min(100, ...values.map(value => value ?? 100));
  return least < 50 ? 0 : Math.floor(least / 10) * 10 - 10;
}

/** The next value above all of them that reads well: 1, 2 or 5 of a power of ten. */
export function roundTop(values: readonly (number | null)[]): number {
  const most = Math.max(0, ...values.map(value => value ?? 0));
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map(step => step * power).find(candidate => candidate >= most) ?? most;
}

function label(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** In which rows, from the ground up, the limits lie; where both fall into one, the graver names it. */
function limitRows({limit, bottom, top}: Chart, height: number): ReadonlyMap<number, {text: string}> {
  const rows = new Map<number, {text: string}>();
  for (const at of [limit?.warning, limit?.critical]) {
    if (at === null || at === undefined || at <= bottom || at > top) continue;
    rows.set(Math.min(height - 1, Math.floor(((at - bottom) / (top - bottom)) * height)), {text: label(at)});
  }
  return rows;
}

function plotRow(
  columns: readonly (number | null)[],
  row: number,
  height: number,
  isLimit: boolean,
  chart: Chart,
): readonly Part[] {
  const parts: Part[] = [];
  for (const value of columns) {
    const next = cell(value, row, height, isLimit, chart);
    const last = parts.at(-1);
    if (last?.tone === next.tone) parts[parts.length - 1] = part(last.text + next.text, last.tone);
    else parts.push(next);
  }
  return parts;
}

function cell(value: number | null, row: number, height: number, isLimit: boolean, chart: Chart): Part {
  const steps = BARS.length;
  if (value !== null) {
    const share = Math.min(1, Math.max(0, (value - chart.bottom) / (chart.top - chart.bottom)));
    const filled = Math.max(1, Math.round(share * height * steps)) - row * steps;
    if (filled > 0) return part(BARS[Math.min(filled, steps) - 1] ?? ' ', toneOf(value, chart));
  }
  if (value === null && row === 0) return part(GAP, 'dim');
  return part(isLimit ? LIMIT : ' ', 'dim');
}

function toneOf(value: number, {limit, isStale}: Chart): Tone {
  if (isStale) return 'stale';
  if (limit?.critical != null && value >= limit.critical) return 'critical';
  return limit?.warning != null && value >= limit.warning ? 'warning' : 'plain';
}

/** `└01:47───────02:17───────02:47` */
function timesLine({times: [start, middle, end]}: Chart, margin: number, width: number): Line {
  const room = width - margin - 1;
  const isWide = room >= NARROWEST_WITH_THREE_TIMES;
  const spare = room - cellWidth(start) - cellWidth(end) - (isWide ? cellWidth(middle) : 0);
  const rule = (cells: number) => '─'.repeat(Math.max(0, cells));
  const left = Math.floor(spare / 2);
  const text = isWide ? `${start}${rule(left)}${middle}${rule(spare - left)}${end}` : `${start}${rule(spare)}${end}`;
  return fitLine([part(`${' '.repeat(margin)}└${text}`, 'dim')], width);
}
