import type {CheckRecord} from '../domain/check.ts';
import type {Severity} from '../domain/severity.ts';
import {SECOND} from '../domain/time.ts';
import type {Translate} from '../runtime/i18n.ts';
import {alertBrief} from './alert-brief.ts';
import {truncateLine} from './cells.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {ageText} from './durations.ts';
import {fillMark, fillText, noFillText} from './fill-text.ts';
import {comingFull, type HostCourse} from './host-course.ts';
import {hostCourseLines} from './host-course-lines.ts';
import {type HostEntry, isHostStale} from './host-entry.ts';
import type {HostSurroundings, Neighbour, SomeAlerts} from './host-surroundings.ts';
import {markedName} from './marked-name.ts';
import {inWords, summaryInWords} from './own-words.ts';
import {heading, paragraph, stacked} from './sections.ts';
import {silentText} from './silent-text.ts';
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
    hostCourseLines(entry, course, width, plotRows, keys.history, context),
    alertsLines(t('host.own', {count: own.count, key: keys.open}), own, width, t),
    reachLines(children, keys.children, width, t),
    parentLines(parents, width, t),
    alertsLines(t('host.others', {count: others.count}), others, width, t),
    checkLines(entry, width, context),
  ];
  return stacked(sections, isDense);
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
  if (origin.isStale) return silentText(origin, context);
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
    [part(`${severityShape(check.state)} `, tone), part(`${name}  `), part(summaryInWords(check.output, t), 'dim')],
    width,
  );
}
