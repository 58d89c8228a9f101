import type {FigureLimit} from '../domain/host-figures.ts';
import {HOUR} from '../domain/time.ts';
import type {Translate} from '../runtime/i18n.ts';
import {fitLine, lineWidth} from './cells.ts';
import {type Chart, chartLines, highBottom, roundTop} from './chart.ts';
import {bridged} from './course.ts';
import type {DrawContext} from './draw-context.ts';
import type {HostCourse} from './host-course.ts';
import {type HostEntry, isHostStale} from './host-entry.ts';
import {heading, paragraph} from './sections.ts';
import {type Line, part} from './tone.ts';

interface Titled {
  readonly title: Line;
  /** Behind the title where it fits: the limits in numbers. */
  readonly aside: Line;
  readonly chart: Chart;
}

const WIDE_ENOUGH_FOR_THREE = 150;
const WIDE_ENOUGH_FOR_TWO = 66;
const BETWEEN = 3;

/** The figures of a host over the time shown: a chart of each that was heard, as many beside each other as fit. */
export function hostCourseLines(
  entry: HostEntry,
  course: HostCourse | 'waiting',
  width: number,
  plotRows: number,
  key: string,
  context: DrawContext,
): readonly Line[] {
  const {t} = context;
  if (course === 'waiting') {
    return paragraph(t(entry.origin.isStale ? 'host.noLink' : 'host.waiting'), width, 'dim');
  }
  const span = t(course.spanMs > HOUR ? 'host.span.day' : 'host.span.hour');
  const charts = chartsOf(entry, course, context);
  if (charts.length === 0) return [heading(span), ...paragraph(t('host.noCourse'), width, 'dim')];
  if (plotRows === 0) return [[part(span, 'key')], ...charts.map(({title, aside}) => [...title, ...aside])];
  const across = width >= WIDE_ENOUGH_FOR_THREE ? 3 : width >= WIDE_ENOUGH_FOR_TWO ? 2 : 1;
  const each = Math.floor((width - (across - 1) * BETWEEN) / across);
  const lines: Line[] = [[part(span, 'key'), part(`   ${t('host.span.switch', {key})}`, 'dim')]];
  for (let first = 0; first < charts.length; first += across) {
    const blocks = charts.slice(first, first + across).map(({title, aside, chart}) => {
      const whole = [...title, ...aside];
      return [fitLine(lineWidth(whole) <= each ? whole : title, each), ...chartLines(chart, each, plotRows)];
    });
    for (let row = 0; row < plotRows + 2; row++) {
      lines.push(
        blocks.flatMap((block, at) => [...(at === 0 ? [] : [part(' '.repeat(BETWEEN))]), ...(block[row] ?? [])]),
      );
    }
  }
  return lines;
}

/** How the values of one kind of figure are written and drawn. */
interface Scale {
  /** Catalogue key of a value with its unit. */
  readonly unit: string;
  readonly number: (value: number) => string;
  readonly bottom: (values: readonly (number | null)[]) => number;
  readonly top: (values: readonly (number | null)[]) => number;
}

const FULL = 100;

const PERCENT: Scale = {
  unit: 'view.percent',
  number: n => String(Math.floor(n)),
  bottom: () => 0,
  top: () => FULL,
};
/** Of what moves little: the axis begins below the lowest. */
const SLOW: Scale = {...PERCENT, bottom: highBottom};

/** One of each figure of which anything was heard in that time. */
function chartsOf(entry: HostEntry, course: HostCourse, context: DrawContext): readonly Titled[] {
  const {sample, origin} = entry;
  const {t, format} = context;
  const {series, disks, limits, until, spanMs} = course;
  const end = until - origin.skewMs;
  const times: Chart['times'] = [format.clock(end - spanMs), format.clock(end - spanMs / 2), format.clock(end)];
  const frame = {times, isStale: isHostStale(entry)};
  const milliseconds: Scale = {
    unit: 'host.milliseconds',
    number: n => format.number(n, n < 10 ? 1 : 0),
    bottom: () => 0,
    top: roundTop,
  };
  const figures: readonly Figure[] = [
    {name: t('host.cpu'), values: series.cpu, now: sample?.cpuPercent, limit: limits?.cpu, scale: PERCENT},
    {name: t('host.memory'), values: series.memory, now: sample?.memoryPercent, limit: limits?.memory, scale: SLOW},
    {name: t('host.latency'), values: series.latency, now: sample?.latencyMs, limit: null, scale: milliseconds},
    ...disks.map(({mount, values}) => {
      const now = sample?.disks.find(disk => disk.mount === mount)?.usedPercent;
      return {name: mount, values, now, limit: limits?.disk, scale: SLOW};
    }),
  ];
  return figures.flatMap(figure => chartOf(figure, frame, t));
}

interface Figure {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** The newest, which may be newer than the course. */
  readonly now: number | null | undefined;
  readonly limit: FigureLimit | null | undefined;
  readonly scale: Scale;
}

function chartOf(
  {name, values, now = null, limit = null, scale}: Figure,
  {times, isStale}: Pick<Chart, 'times' | 'isStale'>,
  t: Translate,
): readonly Titled[] {
  const shown = bridged(values).filter(value => value !== null);
  if (shown.length === 0) return [];
  // What is newer than the course belongs to it, too.
  const heard = now === null || isStale ? shown : [...shown, now];
  const {number, unit, bottom, top} = scale;
  const bounds = t('host.bounds', {min: number(Math.min(...heard)), max: number(Math.max(...heard))});
  const title: Line = [
    part(`${name} `, 'strong'),
    part(now === null ? '–' : t(unit, {n: number(now)}), isStale ? 'stale' : 'plain'),
    part(`   ${bounds}`, 'dim'),
  ];
  const limits = [limit?.warning, limit?.critical].filter(at => at !== null && at !== undefined);
  const aside = limits.length === 0 ? [] : [part(`   ${t('host.limits', {limits: limits.join(' / ')})}`, 'dim')];
  return [{title, aside, chart: {values, bottom: bottom(values), top: top(values), limit, times, isStale}}];
}
