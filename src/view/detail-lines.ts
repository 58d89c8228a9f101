import type {Alert, Note} from '../domain/alert.ts';
import type {Translate} from '../runtime/i18n.ts';
import {alertBrief} from './alert-brief.ts';
import type {AlertEntry} from './alert-entry.ts';
import {alertHeadLines, type Promises} from './alert-head-lines.ts';
import type {AlertFold} from './alert-rows.ts';
import {cellWidth, fitLine, truncateLine} from './cells.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {fillMark, fillText} from './fill-text.ts';
import type {ComingFull} from './host-course.ts';
import {type HostEntry, isHostStale} from './host-entry.ts';
import {foldTexts, incidentMoments} from './incident-lines.ts';
import type {IncidentMates} from './incident-mates.ts';
import {momentLine} from './moment-line.ts';
import {hostName, inWords, summaryInWords} from './own-words.ts';
import {hanging, heading, paragraph, stacked} from './sections.ts';
import {sparkline} from './sparkline.ts';
import {hostMark} from './state-mark.ts';
import {type Line, type Part, part, type Tone} from './tone.ts';

/** More of them are counted, and stand in the list. */
const MOST_MATES = 6;

/** What stands beside the alert in its detail. */
export interface DetailExtras extends Promises {
  /** Other alerts of its incident that still fire; left out, they are not told. */
  readonly mates?: IncidentMates;
  /** The fold whose row is shown by this alert; null or left out for an alert on its own. */
  readonly fold?: AlertFold | null;
  /** Alerts that cannot be reached because of this one. Source: DP-2. */
  readonly affected?: readonly AlertEntry[];
  /** The alert's host, when the collector knows it. */
  readonly host: HostEntry | null;
  /** Recent figures of that host, oldest first; empty where none are known. */
  readonly trends: Readonly<Record<'cpu' | 'memory' | 'disk', readonly (number | null)[]>> & {
    readonly full: ComingFull | null;
  };
}

/**
 * Everything known of one alert, most useful first, in lines of at most `width` cells: what and since when, who has it,
 * its deadlines, its host, notes, what happened (newest first), where to read on, what the check said, what hangs on it,
 * labels, claims.
 *
 * @param isDense - Without blank lines between the sections, for a low pane.
 */
export function detailLines(
  entry: AlertEntry,
  extras: DetailExtras,
  width: number,
  isDense: boolean,
  context: DrawContext,
): readonly Line[] {
  const sections: readonly (readonly Line[])[] = [
    foldLines(extras, width, context),
    alertHeadLines(entry, extras, width, context),
    mateLines(extras, width, context),
    incidentLines(entry, width, context),
    hostLines(extras, width, context),
    noteLines(entry, width, context),
    timelineLines(entry, width, context),
    linkLines(entry.alert, width, context),
    outputLines(entry.alert, width, context),
    affectedLines(extras, width, context),
    labelLines(entry.alert, width, context),
    claimLines(entry, width, context),
  ];
  return stacked(sections, isDense);
}

/** `srv-db-01 / disk   Müller Maschinenbau GmbH, Augsburg`, for the border of the pane. */
export function detailTitle({alert, customer}: AlertEntry, t: Translate): string {
  const host = hostName(alert.host, t);
  const subject = alert.service === '' ? host : `${host} / ${inWords(alert.service, t)}`;
  const place = [customer?.name ?? alert.customer, alert.site].filter(text => text !== '').join(', ');
  return `${subject}   ${place}`;
}

/** What the alerts of the fold come to together, before the one of them that needs a hand most. */
function foldLines({fold = null}: DetailExtras, width: number, context: DrawContext): readonly Line[] {
  if (fold === null) return [];
  const tone: Tone = fold.lead.origin.isStale ? 'stale' : 'plain';
  return foldTexts(fold, context).flatMap(text => paragraph(text, width, tone));
}

/** What was done for its incident. */
function incidentLines(entry: AlertEntry, width: number, context: DrawContext): readonly Line[] {
  const moments = incidentMoments(entry, context);
  if (moments.length === 0) return [];
  const lines = moments.flatMap(({at, text}) => hanging([part(`${at} `, 'dim')], text, width));
  return [heading(context.t('fold.moments')), ...lines];
}

/** The incident's other alerts, each in a line: somebody who takes one has all of them on the plate. */
function mateLines({mates}: DetailExtras, width: number, {t}: DrawContext): readonly Line[] {
  if (mates === undefined || mates.count === 0) return [];
  const lines = mates.alerts.slice(0, MOST_MATES).map(mate => alertBrief(mate, width, t));
  return [heading(t('sla.otherAlerts', {count: mates.count})), ...lines];
}

function hostLines({host, trends}: DetailExtras, width: number, context: DrawContext): readonly Line[] {
  if (host === null) return [];
  const {t} = context;
  const isStale = isHostStale(host);
  const figures = (['cpu', 'memory', 'disk'] as const).flatMap((name): Part[] => {
    const value = {cpu: host.sample?.cpuPercent, memory: host.sample?.memoryPercent, disk: host.sample?.diskPercent}[
      name
    ];
    if (value === null || value === undefined) return [];
    const bars = trends[name].length === 0 ? '' : `${sparkline(trends[name], TREND_CELLS, 100).trimStart()} `;
    return [
      part(`   ${t(`view.detail.${name}`)} `, 'dim'),
      part(bars, 'dim'),
      part(t('view.percent', {n: Math.floor(value)}), isStale ? 'stale' : 'plain'),
    ];
  });
  const line: Line = [part(`${host.facts.host}  `), hostMark(host, t), ...figures];
  const {full} = trends;
  const forecast =
    full === null || isStale
      ? []
      : [truncateLine([fillMark(full), part(`${full.mount}  ${fillText(full, host.origin, context)}`)], width)];
  const disks = host.sample?.disks ?? [];
  if (disks.length < 2) return [line, ...forecast];
  const list = disks
    .map(({mount, usedPercent}) => `${mount} ${t('view.percent', {n: Math.floor(usedPercent)})}`)
    .join('   ');
  return [line, ...forecast, ...paragraph(`${t('view.detail.disks')} ${list}`, width, 'dim')];
}

const TREND_CELLS = 16;

function linkLines(alert: Alert, width: number, {t}: DrawContext): readonly Line[] {
  const links = [
    {name: t('view.detail.runbook'), url: alert.runbook},
    {name: t('view.detail.url'), url: alert.url},
  ];
  return links.flatMap(({name, url}) =>
    url === null || url === '' ? [] : paragraph(`${name} ${url}`, width, 'plain'),
  );
}

function noteLines({alert, origin}: AlertEntry, width: number, context: DrawContext): readonly Line[] {
  if (alert.notes.length === 0) return [];
  const {t} = context;
  const noteLine = (note: Note) => {
    const customer = note.customerVisible ? ` ${t('view.detail.forCustomer')}` : '';
    return hanging(
      [part(`${momentText(note.at - origin.skewMs, context)} `, 'dim')],
      `${note.by}${customer}: ${inWords(note.text, t)}`,
      width,
    );
  };
  return [heading(t('view.detail.notes')), ...alert.notes.toReversed().flatMap(noteLine)];
}

function timelineLines({alert, origin}: AlertEntry, width: number, context: DrawContext): readonly Line[] {
  // Notes have a section of their own.
  const moments = alert.timeline.filter(({what}) => what !== 'alert.noted');
  if (moments.length === 0) return [];
  const lines = moments.toReversed().flatMap(moment => {
    const at = part(`${momentText(moment.at - origin.skewMs, context)} `, 'dim');
    const [mark = part(''), gap = part(''), words = part('')] = momentLine(moment, context.t);
    return hanging([at, mark, gap], words.text, width);
  });
  return [heading(context.t('view.detail.timeline')), ...lines];
}

function outputLines(alert: Alert, width: number, {t}: DrawContext): readonly Line[] {
  if (alert.output === null || alert.output === '' || alert.output === alert.summary) return [];
  // A check that says several lines says them with this mark between them.
  const lines = alert.output.split(' ↵ ').flatMap(line => paragraph(summaryInWords(line, t), width, 'plain'));
  return [heading(t('view.detail.output')), ...lines];
}

function affectedLines({affected = []}: DetailExtras, width: number, {t}: DrawContext): readonly Line[] {
  if (affected.length === 0) return [];
  const names = [...new Set(affected.map(({alert}) => hostName(alert.host, t)))].sort().join(', ');
  return [heading(t('view.detail.affected', {count: affected.length})), ...paragraph(names, width, 'plain')];
}

function labelLines(alert: Alert, width: number, {t}: DrawContext): readonly Line[] {
  const labels = Object.entries(alert.labels).sort(([a], [b]) => (a < b ? -1 : 1));
  if (labels.length === 0) return [];
  const nameWidth = Math.min(Math.max(...labels.map(([name]) => cellWidth(name))), Math.floor(width / 3));
  const lines = labels.flatMap(([name, value]) =>
    hanging([...fitLine([part(name, 'dim')], nameWidth), part('  ')], value, width),
  );
  return [heading(t('view.detail.labels')), ...lines];
}

function claimLines({alert, origin}: AlertEntry, width: number, context: DrawContext): readonly Line[] {
  const {t} = context;
  if (alert.claims.length === 0) return [];
  const lines = alert.claims.flatMap(claim => {
    const at = momentText((claim.endedAt ?? claim.startedAt) - origin.skewMs, context);
    const words = t(claim.endedAt === null ? 'view.detail.claimSince' : 'view.detail.claimUntil', {at});
    return paragraph(
      `${claim.key}  ${t(`view.severity.${claim.severity}`)} ${words}`,
      width,
      claim.endedAt === null ? 'plain' : 'dim',
    );
  });
  return [heading(t('view.detail.claims')), ...lines];
}
