import {barsIn} from '../../../widgets/wall/bar-chart.ts';
import type {ChartSlot} from '../../../widgets/wall/chart.ts';
import {type Area, type Grid, within, write, writeRight} from '../../../widgets/wall/grid.ts';
import {HOUR, type Instant, MINUTE} from '../../domain/time.ts';
import type {HostEntry} from '../../view/host-entry.ts';
import {isHostStale} from '../../view/host-entry.ts';
import type {SlaFigures} from '../figures.ts';
import type {PageContext} from '../page-context.ts';
import {TREND_HOURS, type Trend, type TrendHour} from '../trend.ts';

/** A line needs two points. */
const LEAST_POINTS = 2;

/** Above the highest value, so that its line does not touch the heading. */
const HEADROOM = 0.1;

/** A chart of blessed-contrib is not readable below this. */
const LEAST_CHART_ROWS = 6;

/** The last day: alerts per hour, time to acknowledge, host availability, and SLA. */
export function drawTrend(
  grid: Grid,
  body: Area,
  trend: Trend,
  hosts: readonly HostEntry[],
  sla: SlaFigures | null,
  context: PageContext,
): readonly ChartSlot[] {
  const width = Math.floor((body.width - 2) / 2);
  const height = Math.floor((body.height - 1) / 2);
  const right = body.width - width;
  const lower = body.height - height;
  return [
    ...drawOpened(grid, within(body, 0, 0, width, height), trend, context),
    ...drawAcknowledged(grid, within(body, right, 0, width, height), trend, context),
    ...drawAvailability(grid, within(body, 0, lower, width, height), trend, hosts, context),
    ...drawSla(grid, within(body, right, lower, width, height), sla, context),
  ];
}

/** A panel's head: what it shows, and its figure of now. */
function drawHeading(grid: Grid, area: Area, title: string, figure: string): Area {
  const figureAt = writeRight(grid, area, 0, figure, 'strong');
  write(grid, within(area, 0, 0, figureAt - 1), 0, 0, title, 'dim');
  return within(area, 0, 1);
}

function drawOpened(grid: Grid, area: Area, trend: Trend, context: PageContext): readonly ChartSlot[] {
  const {t} = context;
  const latest = hourAt(trend, thisHour(context));
  const figure = latest === undefined ? '' : t('wall.trend.thisHour', {count: latest.opened});
  const chart = drawHeading(grid, area, t('wall.trend.opened'), figure);
  return bars('trend.opened', grid, chart, trend, hour => hour.opened, context);
}

function drawAcknowledged(grid: Grid, area: Area, trend: Trend, context: PageContext): readonly ChartSlot[] {
  const {t} = context;
  const answered = trend.filter(({acknowledgeMs}) => acknowledgeMs !== null);
  const count = answered.reduce((sum, hour) => sum + hour.acknowledged, 0);
  const total = answered.reduce((sum, hour) => sum + (hour.acknowledgeMs ?? 0) * hour.acknowledged, 0);
  const figure = count === 0 ? '' : t('wall.trend.meanMinutes', {n: Math.round(total / count / MINUTE)});
  const chart = drawHeading(grid, area, t('wall.trend.acknowledged'), figure);
  return bars(
    'trend.acknowledged',
    grid,
    chart,
    answered,
    hour => Math.round((hour.acknowledgeMs ?? 0) / MINUTE),
    context,
  );
}

function thisHour({now}: PageContext): Instant {
  return Math.floor(now / HOUR) * HOUR;
}

function hourAt(hours: readonly TrendHour[], start: Instant): TrendHour | undefined {
  return hours.find(hour => hour.start === start);
}

/** The newest hours that fit, each in its place: of what is not known there is a dash and no bar. */
function bars(
  id: string,
  grid: Grid,
  area: Area,
  hours: readonly TrendHour[],
  value: (hour: TrendHour) => number,
  context: PageContext,
): readonly ChartSlot[] {
  const count = Math.min(TREND_HOURS, barsIn(area));
  const starts = Array.from({length: count}, (_, index) => thisHour(context) - (count - 1 - index) * HOUR);
  const shown = starts.map(start => hourAt(hours, start));
  if (shown.every(hour => hour === undefined) || area.height < LEAST_CHART_ROWS) {
    write(grid, area, 0, 1, context.t('wall.trend.nothing'), 'dim');
    return [];
  }
  const values = shown.map(hour => (hour === undefined ? null : value(hour)));
  return [{id, area, data: {kind: 'bar', labels: starts.map(start => hourLabel(start, context)), values}}];
}

function hourLabel(start: Instant, {format}: PageContext): string {
  return format.clock(start).slice(0, 2);
}

function drawAvailability(
  grid: Grid,
  area: Area,
  trend: Trend,
  hosts: readonly HostEntry[],
  context: PageContext,
): readonly ChartSlot[] {
  const {t} = context;
  const heard = hosts.filter(host => !isHostStale(host));
  const up = heard.filter(({facts}) => facts.state === 'up').length;
  const figure = hosts.length === 0 ? '' : t('wall.trend.hostsUp', {up, all: hosts.length});
  const chart = drawHeading(grid, area, t('wall.trend.availability'), figure);
  const run = newestRun(trend);
  if (run.length < LEAST_POINTS || chart.height < LEAST_CHART_ROWS) {
    const percent = hourAt(trend, thisHour(context))?.availabilityPercent ?? null;
    const text = percent === null ? t('wall.trend.nothing') : thisHourText(percent, context);
    write(grid, chart, 0, 1, text, 'dim');
    return [];
  }
  const values = run.map(hour => floorTo(hour.availabilityPercent ?? 0, 100));
  if (!context.hasDots)
    return bars('trend.availability', grid, chart, run, hour => floorTo(hour.availabilityPercent ?? 0, 1), context);
  const lowest = Math.max(0, Math.floor(Math.min(...values)) - 1);
  return [
    {
      id: 'trend.availability',
      area: chart,
      data: {
        kind: 'line',
        labels: run.map(({start}) => hourLabel(start, context)),
        values,
        lowest,
        highest: 100 + (100 - lowest) * HEADROOM,
      },
    },
  ];
}

/** What there is to say before there is a line to draw. */
function thisHourText(percent: number, {t, format}: PageContext): string {
  return t('wall.trend.availableThisHour', {percent: format.number(floorTo(percent, 100), 2)});
}

/** Never rounded up: 99.95 % is not 100. Source: SL-5. */
function floorTo(percent: number, parts: number): number {
  return Math.floor(percent * parts) / parts;
}

/** The newest hours in a row whose availability is known. */
function newestRun(trend: Trend): readonly TrendHour[] {
  const run: TrendHour[] = [];
  for (const hour of [...trend].reverse()) {
    const later = run[0];
    if (hour.availabilityPercent === null || (later !== undefined && later.start - hour.start !== HOUR)) break;
    run.unshift(hour);
  }
  return run;
}

/** Rings for what is known; the rest, and everything where rings cannot be drawn, in words above them. */
function drawSla(grid: Grid, area: Area, sla: SlaFigures | null, context: PageContext): readonly ChartSlot[] {
  const {t} = context;
  const chart = drawHeading(grid, area, t('wall.trend.sla'), '');
  if (sla === null) {
    write(grid, chart, 0, 1, t('wall.now.noSla'), 'dim');
    return [];
  }
  const figures = [
    {id: 'trend.compliance', label: t('wall.trend.compliance'), percent: sla.compliancePercent()},
    {id: 'trend.budget', label: t('wall.trend.budget'), percent: sla.budgetLeftPercent()},
  ];
  const hasRings = context.hasDots && chart.height >= LEAST_CHART_ROWS;
  let row = 0;
  for (const {label, percent} of figures) {
    if (percent === null) write(grid, chart, 0, ++row, `${label}: ${t('wall.trend.noCases')}`, 'dim');
    else if (!hasRings) write(grid, chart, 0, ++row, `${label}: ${floorTo(percent, 1)} %`);
  }
  const known = figures.filter(({percent}) => hasRings && percent !== null);
  const rest = within(chart, 0, row === 0 ? 0 : row + 1);
  const width = Math.floor(rest.width / Math.max(1, known.length));
  return known.map(({id, label, percent}, index) => ({
    id,
    area: within(rest, index * width, 0, width),
    data: {kind: 'donut', percent: floorTo(percent ?? 0, 1), label},
  }));
}
