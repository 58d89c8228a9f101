import type {Severity} from '../domain/severity.ts';
import type {Translate} from '../runtime/i18n.ts';
import {type Cell, type Column, type FittedColumn, fitColumns, tableLine} from './columns.ts';
import type {DrawContext} from './draw-context.ts';
import {ageText} from './durations.ts';
import {fillPart} from './fill-text.ts';
import type {ComingFull} from './host-course.ts';
import {type HostEntry, isHostStale} from './host-entry.ts';
import {markedName} from './marked-name.ts';
import {sparkline} from './sparkline.ts';
import {hostMark, severityShape, severityTone} from './state-mark.ts';
import {type Line, type Part, part, type Tone} from './tone.ts';

export type HostColumn =
  | 'state'
  | 'customer'
  | 'host'
  | 'services'
  | 'cpu'
  | 'trend'
  | 'memory'
  | 'disk'
  | 'full'
  | 'load'
  | 'seen';

const COLUMNS: readonly Column<HostColumn>[] = [
  {key: 'state', steps: [10, 10, 10, 10, 10], align: 'left', drop: null},
  {key: 'customer', steps: [10, 10, 16, 24, 32], align: 'left', drop: 3},
  {key: 'host', steps: [11, 12, 18, 26, 40], align: 'left', drop: null},
  {key: 'services', steps: [8, 9, 11, 12, 14], align: 'left', drop: 2},
  {key: 'cpu', steps: [5, 5, 5, 5, 5], align: 'right', drop: null},
  {key: 'trend', steps: [7, 8, 12, 20, 30], align: 'left', drop: 5},
  {key: 'memory', steps: [5, 5, 5, 5, 5], align: 'right', drop: null},
  {key: 'disk', steps: [5, 5, 5, 5, 5], align: 'right', drop: null},
  {key: 'full', steps: [6, 6, 6, 7, 8], align: 'left', drop: 4},
  {key: 'load', steps: [5, 5, 5, 6, 6], align: 'right', drop: 6},
  {key: 'seen', steps: [6, 6, 6, 7, 8], align: 'right', drop: 1},
];

export function hostColumns(width: number): readonly FittedColumn<HostColumn>[] {
  return fitColumns(COLUMNS, width);
}

export function hostHeadLine(columns: readonly FittedColumn<HostColumn>[], {t}: DrawContext): Line {
  const head = (key: HostColumn): Cell => ({line: [part(t(`view.hostColumn.${key}`), 'dim')]});
  return tableLine(columns, {
    state: head('state'),
    customer: head('customer'),
    host: head('host'),
    services: head('services'),
    cpu: head('cpu'),
    trend: head('trend'),
    memory: head('memory'),
    disk: head('disk'),
    full: head('full'),
    load: head('load'),
    seen: head('seen'),
  });
}

/** What its course says in a row. */
interface HostTrendLine {
  readonly cpu: readonly (number | null)[];
  readonly full: ComingFull | null;
}

/** Where the course is not asked for. */
export const NO_COURSE: HostTrendLine = {cpu: [], full: null};

/** Percent at which a figure is worth a colour. They only guide the eye; whether it alerts is the collector's to say. */
const FULL = {critical: 95, warning: 85} as const;

/**
 * One host.
 *
 * @param trend - Its recent cpu figures, oldest first, and what of it will be full, as far as they are known.
 */
export function hostLine(
  columns: readonly FittedColumn<HostColumn>[],
  entry: HostEntry,
  trend: HostTrendLine,
  context: DrawContext,
): Line {
  const {t, now, format} = context;
  const isStale = isHostStale(entry);
  const tone: Tone = isStale ? 'stale' : 'plain';
  const {facts, customer, sample, lastSeenAt, origin} = entry;
  const percent = (value: number | null | undefined): Cell => ({line: [percentPart(value, isStale, t)]});
  const load = sample?.loadPerCore ?? null;
  const seen = lastSeenAt === null ? '–' : ageText(Math.max(0, now + origin.skewMs - lastSeenAt), t);
  const room = columns.find(column => column.key === 'trend')?.width ?? 0;
  return tableLine(columns, {
    state: {line: [hostMark(entry, t)]},
    customer: {line: [part(markedName(customer?.name ?? facts.customer), tone)]},
    host: {line: [part(markedName(facts.host), facts.state === 'down' && !isStale ? 'strong' : tone)]},
    services: {line: servicesLine(entry, isStale)},
    cpu: percent(sample?.cpuPercent),
    trend: {line: [part(sparkline(trend.cpu, room, 100), 'dim')]},
    memory: percent(sample?.memoryPercent),
    disk: percent(sample?.diskPercent),
    full: {line: isStale || trend.full === null ? [] : [fillPart(trend.full, origin, context)]},
    load: {line: [part(load === null ? '–' : format.number(load, 2), load === null ? 'dim' : tone)]},
    seen: {line: [part(seen, tone)]},
  });
}

function percentPart(value: number | null | undefined, isStale: boolean, t: Translate): Part {
  if (value === null || value === undefined) return part('–', 'dim');
  const text = t('view.percent', {n: Math.floor(value)});
  if (isStale) return part(text, 'stale');
  return part(text, value >= FULL.critical ? 'critical' : value >= FULL.warning ? 'warning' : 'plain');
}

const BAD: readonly Severity[] = ['critical', 'unknown', 'warning'];

/** `▲1 ●2 ✓8`: what is bad by its shape, then how many are well. */
function servicesLine({facts}: HostEntry, isStale: boolean): Line {
  const line: Part[] = [];
  for (const severity of [...BAD, 'ok'] as const) {
    const count = facts.services[severity];
    if (count === 0) continue;
    const tone: Tone = isStale ? 'stale' : severity === 'ok' ? 'dim' : severityTone(severity);
    line.push(part(`${line.length > 0 ? ' ' : ''}${severityShape(severity)}${count}`, tone));
  }
  return line.length > 0 ? line : [part('–', 'dim')];
}
