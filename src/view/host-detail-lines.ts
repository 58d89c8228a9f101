import type {CheckRecord} from '../domain/check.ts';
import type {Severity} from '../domain/severity.ts';
import {HOUR, SECOND} from '../domain/time.ts';
import type {Translate} from '../runtime/i18n.ts';
import {alertBrief} from './alert-brief.ts';
import {fitLine, lineWidth, truncateLine, wrapText} from './cells.ts';
import {type Chart, chartLines, highBottom, roundTop} from './chart.ts';
import {bridged} from './course.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {ageText} from './durations.ts';
import {fillMark, fillText, noFillText} from './fill-text.ts';
import {comingFull, type FigureLimit, type HostCourse} from './host-course.ts';
import {type HostEntry, isHostStale} from './host-entry.ts';
import type {HostSurroundings, Neighbour, SomeAlerts} from './host-surroundings.ts';
import {markedName} from './marked-name.ts';
import {inWords} from './own-words.ts';
import {hostMark, severityShape, severityTone} from './state-mark.ts';
import {type Line, part, type Tone} from './tone.ts';

/** What stands beside the host in its detail. */
export interface HostDetailExtras {
  readonly surroundings: HostSurroundings;
  /** `waiting`: it was asked for and is on its way, or there is no link to ask. */
  readonly course: HostCourse | 'waiting';
  /** What is printed on the keys that change the time shown, open its alerts, and list what hangs on it. */
  readonly keys: Readonly<Record<'history' | 'open' | 'children', string>>;
}

/** Alerts and neighbours that are named; more are counted. */
const MOST_ALERTS = 5;
const MOST_NAMES = 40;

/**
 * Everything known of one host in lines of at most `width` cells: how it is, when its disks will be full, its figures as charts, its
 * alerts and its customer's, what hangs on it and what it hangs on, its checks.
 *
 * @param plotRows - Height of a chart without its title and times; 0 leaves the titles alone, one a line, for those who hear them.
 * @param isDense - Without blank lines between the sections, for a low pane.
 */
export function hostDetailLines(
  entry: HostEntry,
  {surroundings, course, keys}: HostDetailExtras,
  width: number,
  plotRows: number,
  isDense: boolean,
  context: DrawContext,
): readonly Line[] {
  const {own, others, parents, children} = surroundings;
  const {t} = context;
  const sections: readonly (readonly Line[])[] = [
    headLines(entry, width, context),
    course === 'waiting' ? [] : forecastLines(entry, course, width, context),
    courseLines(entry, course, width, plotRows, keys.history, context),
    alertsLines(t('host.own', {count: own.count, key: keys.open}), own, width, t),
    reachLines(children, keys.children, width, t),
    parentLines(parents, width, t),
    alertsLines(t('host.others', {count: others.count}), others, width, t),
    checkLines(entry, width, context),
  ];
  return sections
    .filter(section => section.length > 0)
    .flatMap((section, index) => (index === 0 || isDense ? section : [[], ...section]));
}

/** `srv-db-01   Müller Maschinenbau GmbH, Augsburg`, for the border of the pane. */
export function hostDetailTitle({facts, customer}: HostEntry): string {
  const place = [customer?.name ?? facts.customer, facts.site].filter(text => text !== '').join(', ');
  return `${markedName(facts.host)}   ${markedName(place)}`;
}

function headLines(entry: HostEntry, width: number, context: DrawContext): readonly Line[] {
  const {facts, sample, lastSeenAt, origin} = entry;
  const {t, format, now} = context;
  const isStale = isHostStale(entry);
  const own = facts.checks.find(({service}) => service === '');
  const seen = lastSeenAt === null ? null : ageText(Math.max(0, now + origin.skewMs - lastSeenAt), t);
  const texts = [
    ...(own === undefined ? [] : [t('host.since', {at: momentText(own.since - origin.skewMs, context)})]),
    seen === null ? t('host.neverSeen') : t('host.seen', {age: seen}),
    ...(sample?.loadPerCore == null ? [] : [t('host.load', {n: format.number(sample.loadPerCore, 2)})]),
    ...(sample?.uptimeSeconds == null ? [] : [t('host.uptime', {age: ageText(sample.uptimeSeconds * SECOND, t)})]),
    ...(sample?.temperatureCelsius == null ? [] : [t('host.celsius', {n: format.number(sample.temperatureCelsius)})]),
  ];
  const tone: Tone = isStale ? 'stale' : 'plain';
  const line: Line = [hostMark(entry, t), part(`   ${texts.join('   ')}`, tone)];
  return isStale
    ? [truncateLine(line, width), ...paragraph(staleText(entry, context), width, 'unknown')]
    : [truncateLine(line, width)];
}

/** Why what is seen is not of now: the collector is silent, or the host itself is. */
function staleText({origin, lastSeenAt}: HostEntry, context: DrawContext): string {
  const {t, now} = context;
  if (origin.isStale) {
    if (origin.heardAt === null) return t('view.detail.neverHeard', {name: origin.name});
    const age = ageText(Math.max(0, now - origin.heardAt), t);
    return t('view.detail.stale', {name: origin.name, at: momentText(origin.heardAt, context), age});
  }
  if (lastSeenAt === null) return t('host.neverSeen');
  const age = ageText(Math.max(0, now + origin.skewMs - lastSeenAt), t);
  return t('host.silent', {at: momentText(lastSeenAt - origin.skewMs, context), age});
}

/** What will be full, soonest first; then why nothing is said of the others. What is not of now bears no forecast (PF-5). */
function forecastLines(entry: HostEntry, course: HostCourse, width: number, context: DrawContext): readonly Line[] {
  const {disks, until} = course;
  if (disks.length === 0) return [];
  const {t} = context;
  if (isHostStale(entry)) {
    return [
      heading(t('host.forecast')),
      ...paragraph(t('host.fill.none', {why: t('host.fill.why.old')}), width, 'stale'),
    ];
  }
  const lines = comingFull(disks, until).map((coming): Line => {
    const mark = fillMark(coming);
    return truncateLine([mark, part(`${coming.mount}  ${fillText(coming, entry.origin, context)}`, mark.tone)], width);
  });
  const byReason = new Map<string, string[]>();
  for (const {mount, forecast} of disks) {
    if (forecast.type !== 'none') continue;
    const text = noFillText(forecast, context);
    byReason.set(text, [...(byReason.get(text) ?? []), mount]);
  }
  const others = [...byReason].flatMap(([text, mounts]) => paragraph(`${mounts.join(', ')}  ${text}`, width, 'dim'));
  return [heading(t('host.forecast')), ...lines, ...others];
}

interface Titled {
  readonly title: Line;
  /** Behind the title where it fits: the limits in numbers. */
  readonly aside: Line;
  readonly chart: Chart;
}

const WIDE_ENOUGH_FOR_THREE = 150;
const WIDE_ENOUGH_FOR_TWO = 66;
const BETWEEN = 3;

function courseLines(
  entry: HostEntry,
  course: HostDetailExtras['course'],
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

/** One of each figure of which anything was heard in that time. */
function chartsOf(entry: HostEntry, course: HostCourse, context: DrawContext): readonly Titled[] {
  const {sample, origin} = entry;
  const {t, format} = context;
  const {series, disks, limits, until, spanMs} = course;
  const end = until - origin.skewMs;
  const isStale = isHostStale(entry);
  const times: Chart['times'] = [format.clock(end - spanMs), format.clock(end - spanMs / 2), format.clock(end)];
  const make = (
    name: string,
    values: readonly (number | null)[],
    now: number | null,
    limit: FigureLimit | null,
    scale: Scale,
  ): readonly Titled[] => {
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
  };
  const percent: Scale = {
    unit: 'view.percent',
    number: n => String(Math.floor(n)),
    bottom: () => 0,
    top: () => FULL,
  };
  const slow: Scale = {...percent, bottom: highBottom};
  const milliseconds: Scale = {
    unit: 'host.milliseconds',
    number: n => format.number(n, n < 10 ? 1 : 0),
    bottom: () => 0,
    top: roundTop,
  };
  return [
    ...make(t('host.cpu'), series.cpu, sample?.cpuPercent ?? null, limits?.cpu ?? null, percent),
    ...make(t('host.memory'), series.memory, sample?.memoryPercent ?? null, limits?.memory ?? null, slow),
    ...make(t('host.latency'), series.latency, sample?.latencyMs ?? null, null, milliseconds),
    ...disks.flatMap(({mount, values}) => {
      const now = sample?.disks.find(disk => disk.mount === mount)?.usedPercent ?? null;
      return make(mount, values, now, limits?.disk ?? null, slow);
    }),
  ];
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

function alertsLines(title: string, {count, alerts}: SomeAlerts, width: number, t: Translate): readonly Line[] {
  if (count === 0) return [];
  return [heading(title), ...alerts.slice(0, MOST_ALERTS).map(alert => alertBrief(alert, width, t))];
}

/** What is affected when it fails, or because it has. */
function reachLines(children: readonly Neighbour[], key: string, width: number, t: Translate): readonly Line[] {
  if (children.length === 0) return [];
  const gone = children.filter(({state}) => state === 'down' || state === 'unreachable').length;
  const words = [t('host.children', {count: children.length}), ...(gone > 0 ? [t('host.gone', {count: gone})] : [])];
  return [
    [part(words.join(', '), 'key'), part(`   ${t('host.openChildren', {key})}`, 'dim')],
    ...paragraph(names(children, t), width, 'plain'),
  ];
}

function parentLines(parents: readonly Neighbour[], width: number, t: Translate): readonly Line[] {
  return parents.length === 0 ? [] : paragraph(`${t('host.parents')} ${names(parents, t)}`, width, 'plain');
}

function names(neighbours: readonly Neighbour[], t: Translate): string {
  const shown = neighbours.slice(0, MOST_NAMES).map(({host, state}) => {
    return state === 'up' ? markedName(host) : `${markedName(host)} (${t(`view.host.${state}`)})`;
  });
  const more = neighbours.length - shown.length;
  return [...shown, ...(more > 0 ? [t('host.more', {count: more})] : [])].join(', ');
}

const BAD_FIRST: readonly Severity[] = ['critical', 'unknown', 'warning', 'pending', 'ok'];

function checkLines({facts, origin}: HostEntry, width: number, {t}: DrawContext): readonly Line[] {
  if (facts.checks.length === 0) return [];
  const worst = facts.checks.toSorted((a, b) => BAD_FIRST.indexOf(a.state) - BAD_FIRST.indexOf(b.state));
  return [heading(t('host.checks')), ...worst.map(check => checkLine(check, origin.isStale, width, t))];
}

function checkLine(check: CheckRecord, isStale: boolean, width: number, t: Translate): Line {
  const tone: Tone = isStale || check.stale ? 'stale' : check.state === 'ok' ? 'dim' : severityTone(check.state);
  const name = check.service === '' ? t('host.itself') : inWords(check.service, t);
  return truncateLine(
    [part(`${severityShape(check.state)} `, tone), part(`${name}  `), part(inWords(check.output, t), 'dim')],
    width,
  );
}

function heading(text: string): Line {
  return [part(text, 'key')];
}

function paragraph(text: string, width: number, tone: Tone): readonly Line[] {
  return wrapText(text, width).map(line => [part(line, tone)]);
}
