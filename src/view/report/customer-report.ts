import {timeZone} from '../../domain/local-time/zone.ts';
import type {CustomerMonth} from '../../domain/report/customer-month.ts';
import type {ServiceMonth} from '../../domain/report/service-month.ts';
import type {MeanTime} from '../../domain/sla/mean-times.ts';
import type {DurationMs, Instant} from '../../domain/time.ts';
import type {Format} from '../../runtime/format.ts';
import type {Translate} from '../../runtime/i18n.ts';
import {spanText} from '../durations.ts';
import {bulletList, markdownTable, plainMarkdown} from './markdown.ts';
import {groupServices, subjectText} from './service-groups.ts';

/** What texts and figures are written with. */
export interface ReportWords {
  readonly t: Translate;
  readonly format: Format;
}

type Light = 'green' | 'yellow' | 'red' | 'unknown';

/** `2026-10-31 22:00` on the customer's wall. */
function localText(timezone: string, at: Instant): string {
  return new Date(timeZone(timezone).toWall(at)).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
}

/** Never rounded up to 100: 99.996 is 99.99. */
function percentText(percent: number | null, {t, format}: ReportWords): string {
  if (percent === null) return t('report.unknown');
  return t('view.percent', {n: format.number(Math.floor(percent * 100 + 1e-6) / 100, 2)});
}

function spanOrNone(span: DurationMs | null, {t}: ReportWords): string {
  if (span === null) return '–';
  return span < 0 ? `−${spanText(-span, t)}` : spanText(span, t);
}

function serviceLight({targetMet, targetPercent, percent, hasNotableGaps}: ServiceMonth): Light {
  if (percent === null || targetPercent === null) return 'unknown';
  if (targetMet === false) return 'red';
  return hasNotableGaps ? 'yellow' : 'green';
}

const BY_NEED: readonly Light[] = ['red', 'yellow', 'unknown', 'green'];

function worst(lights: readonly Light[]): Light {
  return BY_NEED.find(light => lights.includes(light)) ?? 'unknown';
}

/** Was anybody at work who would have told? A month before the log began had no incident and no backup that we know of. */
function isLogged({incidents, services, outagesKnownFrom = 'never', to}: CustomerMonth): boolean {
  if (incidents.opened > 0 || services.length > 0 || outagesKnownFrom === null) return true;
  return outagesKnownFrom !== 'never' && outagesKnownFrom < to;
}

function incidentLight(month: CustomerMonth): Light {
  if (!isLogged(month)) return 'unknown';
  return month.incidents.stillOpen > 0 ? 'yellow' : 'green';
}

/** Red is a promise that was not kept. Source: RP-1 (5). */
function backupLight({backups}: CustomerMonth): Light {
  if (backups === undefined || backups === null || backups.successPercent === null) return 'unknown';
  const {runs, missed, rpoViolations, rule, tests, uncovered = []} = backups;
  if (rpoViolations > 0 || rule.broken > 0 || uncovered.length > 0 || tests.some(({ok}) => !ok)) return 'red';
  return runs.failed + missed + rule.unknown > 0 ? 'yellow' : 'green';
}

function summary(month: CustomerMonth, {t}: ReportWords): readonly string[] {
  const {services, compliance} = month;
  const decided = compliance.filter(({percent}) => percent !== null);
  const promises: Light =
    decided.length === 0 ? 'unknown' : decided.some(({breached}) => breached > 0) ? 'red' : 'green';
  const lights: readonly (readonly [string, Light])[] = [
    ['availability', worst(services.map(serviceLight))],
    ['compliance', promises],
    ['incidents', incidentLight(month)],
    ['backups', backupLight(month)],
  ];
  return bulletList(lights.map(([topic, light]) => `${t(`report.topic.${topic}`)}: ${t(`report.light.${light}`)}`));
}

/** What is known of the times when nobody looked. Source: AV-4. */
function outageLines({outages = [], outagesKnownFrom = 'never', timezone, to}: CustomerMonth, {t}: ReportWords) {
  if (outagesKnownFrom === 'never' || (outagesKnownFrom !== null && outagesKnownFrom >= to)) {
    return [t('report.availability.outagesUnknown')];
  }
  const knownAt = outagesKnownFrom === null ? null : localText(timezone, outagesKnownFrom);
  const last = outages.at(-1);
  if (last === undefined) {
    return [
      knownAt === null ? t('report.availability.noOutages') : t('report.availability.noOutagesSince', {at: knownAt}),
    ];
  }
  const total = outages.reduce((sum, [from, until]) => sum + until - from, 0);
  const values = {count: outages.length, span: spanText(total, t), from: localText(timezone, last[0])};
  const told = t('report.availability.outages', values);
  return knownAt === null ? [told] : [told, t('report.availability.outagesUnknownUntil', {at: knownAt})];
}

function availabilityLines(month: CustomerMonth, words: ReportWords): readonly string[] {
  const {t} = words;
  const {services} = month;
  if (services.length === 0) return [t('report.availability.empty')];
  const figuresOf = (service: ServiceMonth) => [
    percentText(service.percent, words),
    service.targetPercent === null ? '–' : percentText(service.targetPercent, words),
    spanOrNone(service.downtimeMs, words),
    spanOrNone(service.budgetRemainingMs, words),
    spanOrNone(service.maintenanceMs, words),
    spanOrNone(service.noDataMs, words),
  ];
  const rows = groupServices(services, figuresOf, t).map(({subject, figures}) => [subject, ...figures]);
  return [
    ...markdownTable(t('report.availability.head'), rows),
    '',
    t('report.availability.basis'),
    '',
    ...outageLines(month, words),
    ...gapLines(services, t),
  ];
}

/** What was not seen for long; a sentence that names everything says nothing. Source: AV-4. */
function gapLines(services: readonly ServiceMonth[], t: Translate): readonly string[] {
  const gaps = services.filter(({hasNotableGaps}) => hasNotableGaps);
  if (gaps.length === 0) return [];
  if (gaps.length === services.length) return ['', t('report.availability.gapsEverywhere')];
  const names = groupServices(gaps, () => [], t).map(({subject}) => subject);
  return ['', t('report.availability.gaps', {services: names.join('; ')})];
}

function complianceLines({compliance, breaches, timezone}: CustomerMonth, words: ReportWords): readonly string[] {
  const {t} = words;
  if (compliance.length === 0) return [t('report.noCases')];
  const rows = compliance.map(({priority, clock, met, breached, pending, percent}) => [
    priority,
    t(`view.clock.${clock}`),
    String(met),
    String(breached),
    String(pending),
    percent === null ? t('report.noCases') : percentText(percent, words),
  ]);
  const broken = breaches.map(({incident, subject, priority, clock, at, overMs}) => [
    at === null ? '–' : localText(timezone, at),
    incident,
    subject === null ? '–' : subjectText(subject, t),
    priority,
    t(`view.clock.${clock}`),
    spanText(overMs, t),
  ]);
  const list = broken.length === 0 ? [t('report.none')] : markdownTable(t('report.compliance.breachHead'), broken);
  return [
    ...markdownTable(t('report.compliance.head'), rows),
    '',
    `### ${t('report.compliance.breaches')}`,
    '',
    ...list,
  ];
}

function meanText(key: string, none: string, {meanMs, medianMs, n}: MeanTime, {t}: ReportWords): string {
  if (meanMs === null || medianMs === null) return t(none);
  return t(key, {mean: spanText(meanMs, t), median: spanText(medianMs, t), count: n});
}

function incidentLines(month: CustomerMonth, words: ReportWords): readonly string[] {
  const {t} = words;
  const {incidents} = month;
  if (!isLogged(month)) return [t('report.incidents.notLogged')];
  const {opened, stillOpen, reopened, selfHealed, toAcknowledge, toResolve, causes} = incidents;
  const names = causes.map(({subject, count}) => t('report.cause', {subject: subjectText(subject, t), count}));
  return bulletList([
    t('report.incidents.opened', {count: opened, open: stillOpen}),
    meanText('report.incidents.mtta', 'report.incidents.noMtta', toAcknowledge, words),
    meanText('report.incidents.mttr', 'report.incidents.noMttr', toResolve, words),
    t('report.incidents.reopened', {count: reopened}),
    t('report.incidents.selfHealed', {count: selfHealed}),
    ...(names.length === 0 ? [] : [t('report.incidents.causes', {causes: names.join(', ')})]),
  ]);
}

function maintenanceLines(month: CustomerMonth, {t}: ReportWords): readonly string[] {
  const {maintenance, timezone} = month;
  if (maintenance.length === 0) return [t(isLogged(month) ? 'report.none' : 'report.incidents.notLogged')];
  const rows = maintenance.map(({start, end, site, host, service, comment, isAnnounced}) => [
    localText(timezone, start),
    localText(timezone, end),
    plainMarkdown([site, host, service].filter(text => text !== null && text !== '').join(' / ')) ||
      t('report.maintenance.all'),
    plainMarkdown(comment),
    t(`report.maintenance.${isAnnounced ? 'yes' : 'no'}`),
  ]);
  return markdownTable(t('report.maintenance.head'), rows);
}

/** Success rate, RPO, 3-2-1 and the restore tests of the quarter with their evidence. Source: RP-1 (5), BK-6. */
function backupLines({backups, timezone}: CustomerMonth, words: ReportWords): readonly string[] {
  const {t} = words;
  if (backups === undefined || backups === null) return [t('report.backup.none')];
  const {runs, missed, successPercent, rpoViolations, rule, quarter, tests, uncovered = []} = backups;
  const rows = tests.map(({at, object, ok, scope, durationMs, rtoMs, point, by, note}) => [
    localText(timezone, at),
    plainMarkdown(object),
    t(`report.backup.${ok ? 'passed' : 'failed'}`),
    t(`view.scope.${scope}`),
    point === null ? '–' : localText(timezone, point),
    `${spanOrNone(durationMs, words)} / ${spanOrNone(rtoMs, words)}`,
    plainMarkdown(by),
    note === null ? '–' : plainMarkdown(note),
  ]);
  const met = (isMet: boolean) => t(`report.backup.${isMet ? 'met' : 'notMet'}`);
  return [
    ...bulletList([
      successPercent === null
        ? t('report.backup.noRuns')
        : t('report.backup.runs', {percent: percentText(successPercent, words), ...runs, missed}),
      // Where nothing ran, nothing was told that could have grown too old.
      successPercent === null && rpoViolations === 0
        ? t('report.backup.rpoUnknown')
        : t('report.backup.rpo', {count: rpoViolations}),
      t('report.backup.rule', rule),
      ...(uncovered.length === 0
        ? []
        : [t('report.backup.uncovered', {hosts: uncovered.map(plainMarkdown).join(', ')})]),
      t('report.backup.quarter', {
        quarter: quarter.number,
        year: quarter.year,
        any: met(quarter.isMet),
        full: met(quarter.hasFullSystem),
      }),
    ]),
    '',
    ...(rows.length === 0 ? [t('report.backup.noTests')] : markdownTable(t('report.backup.head'), rows)),
  ];
}

/**
 * The monthly report for a customer's management, in Markdown, with the sections of RP-1 that the log can fill; of the others
 * it says that they are not known.
 */
export function customerReport(month: CustomerMonth, words: ReportWords): readonly string[] {
  const {t} = words;
  const {timezone, from, to, asOf} = month;
  const period = t('report.period', {
    from: localText(timezone, from),
    to: localText(timezone, to),
    timezone,
    asOf: localText(timezone, asOf),
    tier: month.tier === null ? t('report.noContract') : plainMarkdown(month.tier),
  });
  const section = (name: string, lines: readonly string[]) => ['', `## ${t(`report.section.${name}`)}`, '', ...lines];
  return [
    `# ${t('report.title', {month: month.month, customer: plainMarkdown(month.name)})}`,
    '',
    period,
    ...(asOf < to ? ['', t('report.unfinished')] : []),
    ...section('summary', summary(month, words)),
    ...section('availability', availabilityLines(month, words)),
    ...section('compliance', complianceLines(month, words)),
    ...section('incidents', incidentLines(month, words)),
    ...section('backups', backupLines(month, words)),
    ...section('security', [t('report.security')]),
    ...section('maintenance', maintenanceLines(month, words)),
    ...section('missing', [t('report.missing')]),
  ];
}
