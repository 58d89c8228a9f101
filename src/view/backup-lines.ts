import type {LeftOutReports} from '../domain/backup/backup-record.ts';
import {type JobVerdict, missingParts} from '../domain/backup/judge-object.ts';
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
  | 'verdict'
  | 'verified'
  | 'restore';

/** At 80 columns everything that decides whether a hand is needed; what goes first stands in the detail. */
const COLUMNS: readonly Column<BackupColumn>[] = [
  {key: 'mark', steps: [1, 1, 1, 1, 1], align: 'left', drop: null},
  {key: 'customer', steps: [5, 8, 14, 20, 26], align: 'left', drop: 1},
  {key: 'object', steps: [11, 12, 16, 22, 30], align: 'left', drop: null},
  {key: 'result', steps: [13, 13, 14, 15, 16], align: 'left', drop: null},
  {key: 'age', steps: [6, 6, 7, 7, 8], align: 'right', drop: null},
  {key: 'next', steps: [7, 7, 7, 15, 15], align: 'right', drop: 3},
  {key: 'rule', steps: [9, 9, 9, 9, 9], align: 'left', drop: null},
  {key: 'verdict', steps: [7, 7, 7, 7, 7], align: 'left', drop: 5},
  {key: 'restore', steps: [10, 10, 11, 13, 14], align: 'left', drop: 2},
  {key: 'verified', steps: [7, 7, 8, 8, 8], align: 'right', drop: 6},
  {key: 'trend', steps: [10, 22, 22, 24, 26], align: 'left', drop: 4},
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

/** Runs in a trend, and in one that has little room. */
const TREND_RUNS = 7;
const FEW_TREND_RUNS = 4;
/** Below this a trend is bars and their change alone. */
const TREND_WITH_TIME = 19;

/** From here on there is room for a weekday and a date. */
const MOMENT_CELLS = 15;

/** Below this the name of the customer is worth more than the trend, and than the word for the rule. */
const TREND_FROM = 80;

const FEW_COLUMNS: readonly Column<BackupColumn>[] = COLUMNS.filter(
  ({key}) => key !== 'trend' && key !== 'verdict',
).map(column => (column.key === 'customer' ? {...column, steps: [13, 13, 14, 20, 26]} : column));

export function backupColumns(width: number): readonly FittedColumn<BackupColumn>[] {
  return fitColumns(width < TREND_FROM ? FEW_COLUMNS : COLUMNS, width);
}

export function backupHeadLine(columns: readonly FittedColumn<BackupColumn>[], {t}: DrawContext): Line {
  const cells = columns.map(({key}) => [
    key,
    {line: [part(key === 'mark' || key === 'verdict' ? '' : t(`view.backupColumn.${key}`), 'dim')]},
  ]);
  return tableLine(columns, Object.fromEntries(cells));
}

/** What the posture of an object is, as a shape and a word. */
export function postureMark({posture}: Pick<BackupEntry, 'posture'>, {t}: Pick<DrawContext, 't'>): Part {
  return part(`${POSTURE[posture].shape} ${t(`view.posture.${posture}`)}`, POSTURE[posture].tone);
}

/**
 * `3·2·1·1·0`, each part by itself: the digit where it is met, `…` where a first report may still make it so, `✗` where it is
 * not, `?` where nobody can say. What was not promised stands there all the same, dimmed.
 */
export function ruleParts({verdict, record}: Pick<BackupEntry, 'verdict' | 'record'>): Line {
  const rule = verdict?.rule ?? null;
  const isAll = record?.plan?.promised === '3-2-1-1-0';
  return RULE_DIGITS.flatMap(({key, digit}, index) => {
    const isPromised = isAll || index < 3;
    const gap = index === 0 ? [] : [part('·', 'dim')];
    if (rule === null) return [...gap, part('?', 'unknown')];
    const isMet = !rule.missing.includes(key);
    if (!isMet && verdict?.awaited.includes(key)) return [...gap, part('…', 'dim')];
    return [...gap, part(isMet ? digit : '✗', isMet ? (isPromised ? 'ok' : 'dim') : isPromised ? 'critical' : 'dim')];
  });
}

/** What the digits come to, for what was promised. Source: BK-4, BK-5. */
function verdictOf({record, verdict}: BackupEntry, {t}: DrawContext): Part {
  const rule = verdict?.rule ?? null;
  if (verdict === null || rule === null) return part(record === null ? '' : t('view.rule.unknown'), 'unknown');
  const missing = missingParts(record?.plan ?? null, rule);
  if (missing.length === 0) return part(t('view.rule.met'), 'ok');
  return missing.every(it => verdict.awaited.includes(it))
    ? part(t('view.rule.awaited'), 'dim')
    : part(t('view.rule.broken'), 'critical');
}

/** When it is due again: how long until then, where a date has no room. */
function nextOf({job, origin}: BackupEntry, width: number, context: DrawContext): Part {
  const nextAt = job?.nextAt ?? null;
  if (nextAt === null) return part('–', 'dim');
  const {t, now} = context;
  const at = nextAt - origin.skewMs;
  return part(width < MOMENT_CELLS ? remainingText(at - now, t) : momentText(at, context), 'dim');
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
  // A run that says success and looks strange is worth a look before the detail is opened. Source: BK-9.
  const isStrange = job.anomalies.length > 0 && (job.status === 'success' || job.status === 'warning');
  if (isStrange) return [part(`● ${context.t('view.backupStatus.strange')}`, 'warning')];
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

function restoreOf({verdict, origin, pendingTests}: BackupEntry, {t, now}: DrawContext): Part {
  if (verdict === null) return part('–', 'dim');
  const pending = pendingTests.at(-1);
  if (pending !== undefined) return part(`${t(`view.restoreResult.${pending.ok ? 'passed' : 'failed'}`)} …`, 'pending');
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
export function trendText(
  job: JobVerdict | null,
  {t}: Pick<DrawContext, 't'>,
  width: number = Number.POSITIVE_INFINITY,
): string {
  const runs = job?.runs.filter(({end}) => end !== null) ?? [];
  if (runs.length === 0) return '';
  const sizes = runs.map(({figures}) => figures.sizeBytes);
  const bars = sparkline(sizes, Math.min(width < TREND_WITH_TIME ? FEW_TREND_RUNS : TREND_RUNS, runs.length));
  const last = runs.at(-1)?.figures;
  const relative = (value: number | null | undefined, all: readonly (number | null)[]) => {
    const middle = median(all.flatMap(it => it ?? []));
    if (value === null || value === undefined || middle === null || middle === 0) return '';
    const change = Math.round((value / middle - 1) * 100);
    return ` ${change < 0 ? '−' : '+'}${Math.abs(change)} %`;
  };
  const duration = last?.durationMs ?? null;
  const time =
    duration === null || width < TREND_WITH_TIME
      ? ''
      : ` ${duration < MINUTE ? t('view.duration.lessThanMinute') : spanText(duration, t)}`;
  return `${bars}${relative(last?.sizeBytes, sizes.slice(0, -1))}${time}`;
}

/** `12 Meldungen`: how many reports were not taken in. */
export function leftOutText({reports}: LeftOutReports, {t, format}: DrawContext): string {
  return t('view.leftOut.row', {n: format.number(reports), count: reports});
}

function objectText({object, leftOut}: BackupEntry, context: DrawContext): string {
  return leftOut === null ? object : leftOutText(leftOut, context);
}

/** One object on one line. */
export function backupLine(
  columns: readonly FittedColumn<BackupColumn>[],
  entry: BackupEntry,
  context: DrawContext,
): Line {
  const {origin, posture, job} = entry;
  const mark = origin.isStale ? part('○', 'stale') : part(POSTURE[posture].shape, POSTURE[posture].tone);
  const widthOf = (wanted: BackupColumn) => columns.find(({key}) => key === wanted)?.width ?? 0;
  return tableLine(columns, {
    mark: {line: [mark]},
    customer: {line: [part(entry.customerName, 'dim')]},
    object: {line: [part(objectText(entry, context), posture === 'protected' ? 'plain' : 'strong')]},
    result: {line: resultOf(entry, context)},
    age: {line: [ageOf(entry, context)]},
    rule: {line: ruleParts(entry)},
    restore: {line: [restoreOf(entry, context)]},
    verdict: {line: [verdictOf(entry, context)]},
    next: {line: [nextOf(entry, widthOf('next'), context)]},
    verified: {line: [verifiedOf(entry, context)]},
    trend: {line: [part(trendText(job, context, widthOf('trend')), 'dim')]},
  });
}
