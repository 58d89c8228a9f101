import type {JobVerdict} from '../domain/backup/judge-object.ts';
import type {RulePart} from '../domain/backup/rule-321.ts';
import {median} from '../domain/forecast/median.ts';
import {DAY, MINUTE} from '../domain/time.ts';
import {progressCell} from './backup-progress.ts';
import type {BackupEntry} from './backups.ts';
import {type Column, type FittedColumn, fitColumns, tableLine} from './columns.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {ageText, remainingText, spanText} from './durations.ts';
import {RUN_MARKS} from './run-marks.ts';
import {sparkline} from './sparkline.ts';
import {type Line, type Part, part, type Tone} from './tone.ts';

export type BackupColumn =
  | 'mark'
  | 'customer'
  | 'object'
  | 'result'
  | 'age'
  | 'next'
  | 'trend'
  | 'rule'
  | 'verified'
  | 'restore';

const COLUMNS: readonly Column<BackupColumn>[] = [
  {key: 'mark', steps: [1, 1, 1, 1, 1], align: 'left', drop: null},
  {key: 'customer', steps: [8, 10, 14, 20, 26], align: 'left', drop: 1},
  {key: 'object', steps: [10, 12, 16, 22, 30], align: 'left', drop: null},
  {key: 'result', steps: [13, 13, 14, 15, 16], align: 'left', drop: null},
  {key: 'age', steps: [6, 6, 7, 7, 8], align: 'right', drop: null},
  {key: 'rule', steps: [9, 9, 9, 9, 9], align: 'left', drop: null},
  {key: 'restore', steps: [10, 10, 11, 13, 14], align: 'left', drop: 2},
  {key: 'next', steps: [6, 6, 11, 11, 12], align: 'right', drop: 5},
  {key: 'verified', steps: [7, 7, 8, 8, 8], align: 'right', drop: 4},
  {key: 'trend', steps: [14, 22, 22, 24, 26], align: 'left', drop: 3},
];

const POSTURE: Readonly<Record<BackupEntry['posture'], {readonly shape: string; readonly tone: Tone}>> = {
  protected: {shape: '✓', tone: 'ok'},
  attention: {shape: '●', tone: 'warning'},
  unprotected: {shape: '▲', tone: 'critical'},
  unknown: {shape: '?', tone: 'unknown'},
};

/** Parts of 3-2-1-1-0 with the digit that each stands for. */
export const RULE_DIGITS: readonly {readonly key: RulePart; readonly digit: string}[] = [
  {key: 'copies', digit: '3'},
  {key: 'media', digit: '2'},
  {key: 'offsite', digit: '1'},
  {key: 'immutable', digit: '1'},
  {key: 'zeroErrors', digit: '0'},
];

/** Runs in a trend. */
const TREND_RUNS = 7;

export function backupColumns(width: number): readonly FittedColumn<BackupColumn>[] {
  return fitColumns(COLUMNS, width);
}

export function backupHeadLine(columns: readonly FittedColumn<BackupColumn>[], {t}: DrawContext): Line {
  const cells = columns.map(({key}) => [
    key,
    {line: [part(key === 'mark' ? '' : t(`view.backupColumn.${key}`), 'dim')]},
  ]);
  return tableLine(columns, Object.fromEntries(cells));
}

/** What the posture of an object is, as a shape and a word. */
export function postureMark({posture}: Pick<BackupEntry, 'posture'>, {t}: Pick<DrawContext, 't'>): Part {
  return part(`${POSTURE[posture].shape} ${t(`view.posture.${posture}`)}`, POSTURE[posture].tone);
}

/**
 * `3·2·1·1·0`, each part by itself: the digit where it is met, `✗` where it is not, `?` where nobody can say. What was not
 * promised stands there all the same, dimmed.
 */
export function ruleParts({verdict, record}: Pick<BackupEntry, 'verdict' | 'record'>): Line {
  const rule = verdict?.rule ?? null;
  const isAll = record?.plan?.promised === '3-2-1-1-0';
  return RULE_DIGITS.flatMap(({key, digit}, index) => {
    const isPromised = isAll || index < 3;
    const gap = index === 0 ? [] : [part('·', 'dim')];
    if (rule === null) return [...gap, part('?', 'unknown')];
    const isMet = !rule.missing.includes(key);
    return [...gap, part(isMet ? digit : '✗', isMet ? (isPromised ? 'ok' : 'dim') : isPromised ? 'critical' : 'dim')];
  });
}

/** How a job stands, as a shape and a word. Of a run that says no more how far it is nobody knows that it goes on. */
export function statusPart(entry: BackupEntry, job: JobVerdict, context: DrawContext): Part {
  const {t} = context;
  const isQuiet = job.status === 'running' && progressCell(entry, job, context)?.tone === 'unknown';
  if (isQuiet) return part(`? ${t('view.progress.silent')}`, 'unknown');
  return part(`${RUN_MARKS[job.status].shape} ${t(`view.backupStatus.${job.status}`)}`, RUN_MARKS[job.status].tone);
}

function resultOf(entry: BackupEntry, context: DrawContext): Line {
  const {job} = entry;
  if (entry.leftOut !== null) return [part(context.t('view.leftOut.result'), 'critical')];
  if (job === null) return [part(context.t('view.backupStatus.noJob'), 'critical')];
  const progress = progressCell(entry, job, context);
  if (progress?.tone === 'unknown' && job.status === 'running') return [progress];
  const status = statusPart(entry, job, context);
  return progress === null ? [status] : [status, part(' '), progress];
}

function ageOf({job, verdict, origin, record}: BackupEntry, {t, now}: DrawContext): Part {
  if (record === null) return part('–', 'dim');
  const at = job?.lastGoodAt ?? null;
  if (at === null) return part(t('view.backupNever'), 'critical');
  return part(
    ageText(Math.max(0, now + origin.skewMs - at), t),
    verdict?.rpo?.isViolated === true ? 'critical' : 'plain',
  );
}

function restoreOf({verdict, origin}: BackupEntry, {t, now}: DrawContext): Part {
  if (verdict === null) return part('–', 'dim');
  const {restoreTest, restoreOverdueAt} = verdict;
  const tone: Tone = restoreTest.state === 'ok' ? 'plain' : restoreTest.state === 'dueSoon' ? 'warning' : 'critical';
  const word = t(`view.restore.${restoreTest.state}`);
  const left = restoreOverdueAt - (now + origin.skewMs);
  if (restoreTest.state === 'never') return part(word, left <= 0 ? 'critical' : 'unknown');
  if (restoreTest.state === 'overdue' || restoreTest.state === 'failed') return part(word, tone);
  return part(
    `${restoreTest.state === 'ok' ? '✓' : '!'} ${left < DAY ? t('view.today') : remainingText(left, t)}`,
    tone,
  );
}

function verifiedOf({verdict, origin}: BackupEntry, {t, now}: DrawContext): Part {
  const copies = verdict?.copies ?? [];
  if (copies.some(({verifyOk}) => verifyOk === false)) return part(`▲ ${t('view.verify.failed')}`, 'critical');
  const oldest = copies.map(({lastVerifyAt}) => lastVerifyAt);
  if (copies.length === 0 || oldest.includes(null)) return part('?', 'unknown');
  const at = Math.min(...oldest.map(it => it ?? 0));
  return part(`✓ ${ageText(Math.max(0, now + origin.skewMs - at), t)}`, 'plain');
}

/** Bars of the last runs' sizes, and how the newest lies to the median: `▃▃▄▅ +4 %`, and its duration where that is known. */
export function trendText(job: JobVerdict | null, {t}: Pick<DrawContext, 't'>): string {
  const runs = job?.runs.filter(({end}) => end !== null) ?? [];
  if (runs.length === 0) return '';
  const sizes = runs.map(({figures}) => figures.sizeBytes);
  const bars = sparkline(sizes, Math.min(TREND_RUNS, runs.length));
  const last = runs.at(-1)?.figures;
  const relative = (value: number | null | undefined, all: readonly (number | null)[]) => {
    const middle = median(all.flatMap(it => it ?? []));
    if (value === null || value === undefined || middle === null || middle === 0) return '';
    const change = Math.round((value / middle - 1) * 100);
    return ` ${change < 0 ? '−' : '+'}${Math.abs(change)} %`;
  };
  const duration = last?.durationMs ?? null;
  const time =
    duration === null ? '' : ` ${duration < MINUTE ? t('view.duration.lessThanMinute') : spanText(duration, t)}`;
  return `${bars}${relative(last?.sizeBytes, sizes.slice(0, -1))}${time}`;
}

function objectText({object, leftOut}: BackupEntry, {t, format}: DrawContext): string {
  return leftOut === null ? object : t('view.leftOut.row', {n: format.number(leftOut.reports)});
}

/** One object on one line. */
export function backupLine(
  columns: readonly FittedColumn<BackupColumn>[],
  entry: BackupEntry,
  context: DrawContext,
): Line {
  const {origin, posture, job} = entry;
  const mark = origin.isStale ? part('○', 'stale') : part(POSTURE[posture].shape, POSTURE[posture].tone);
  const nextAt = job?.nextAt ?? null;
  return tableLine(columns, {
    mark: {line: [mark]},
    customer: {line: [part(entry.customerName, 'dim')]},
    object: {line: [part(objectText(entry, context), posture === 'protected' ? 'plain' : 'strong')]},
    result: {line: resultOf(entry, context)},
    age: {line: [ageOf(entry, context)]},
    rule: {line: ruleParts(entry)},
    restore: {line: [restoreOf(entry, context)]},
    next: {line: [part(nextAt === null ? '–' : momentText(nextAt - origin.skewMs, context), 'dim')]},
    verified: {line: [verifiedOf(entry, context)]},
    trend: {line: [part(trendText(job, context), 'dim')]},
  });
}
