import type {RestoreTestRecord} from '../domain/backup/backup-record.ts';
import type {JobVerdict} from '../domain/backup/judge-object.ts';
import {isValidCopy} from '../domain/backup/rule-321.ts';
import {SECOND} from '../domain/time.ts';
import {leftOutText, postureMark, RULE_DIGITS, ruleParts, statusPart, trendText} from './backup-lines.ts';
import {progressParts} from './backup-progress.ts';
import type {BackupEntry} from './backups.ts';
import {cellWidth, lineWidth, truncateLine} from './cells.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {ageText, spanText} from './durations.ts';
import {fillText, noFillText} from './fill-text.ts';
import {RUN_MARKS} from './run-marks.ts';
import {hanging, paragraph} from './sections.ts';
import {type Line, type Part, part} from './tone.ts';

/** Runs in the strip, the newest at the right. */
const STRIP_RUNS = 14;

/** Restore tests listed; the log has all of them. */
const TESTS_SHOWN = 3;

/**
 * Everything known of the backups of one object, most useful first, in lines of at most `width` cells: what is missing, the
 * jobs with their last 14 runs, the rule part by part, copies with age and verification, restore tests with their evidence.
 */
export function backupDetailLines(entry: BackupEntry, width: number, context: DrawContext): readonly Line[] {
  const {t} = context;
  if (entry.leftOut !== null) {
    const {since, lastAt} = entry.leftOut;
    const at = (instant: number) => momentText(instant - entry.origin.skewMs, context);
    const reports = leftOutText(entry.leftOut, context);
    const values = {reports, since: at(since), last: at(lastAt), customer: entry.customer};
    return paragraph(t('view.leftOut.detail', values), width, 'plain');
  }
  if (entry.record === null || entry.verdict === null) {
    return paragraph(t('view.backupGap', {host: entry.object}), width, 'plain');
  }
  const lines: readonly Line[] = [
    ...reasonLines(entry, width, context),
    ...entry.verdict.jobs.flatMap(job => jobLines(job, entry, context)),
    ...ruleLines(entry, context),
    ...copyLines(entry, context),
    ...repositoryLines(entry, context),
    ...testLines(entry, context),
  ];
  return lines.flatMap(line => wrapped(line, width));
}

/** A line that is too long goes on below, behind the labels: here everything is to be read. */
function wrapped(line: Line, width: number): readonly Line[] {
  if (lineWidth(line) <= width || width < 2 * LABEL_CELLS) return [truncateLine(line, width)];
  const lines: Part[][] = [[]];
  let used = 0;
  for (const {text, tone} of line) {
    for (const word of text.match(/\s*\S+\s*?(?=\s|$)|\s+/g) ?? []) {
      const needs = cellWidth(word);
      if (used + needs > width && used > LABEL_CELLS) {
        const next = word.trimStart();
        lines.push([part(' '.repeat(LABEL_CELLS)), {text: next, tone}]);
        used = LABEL_CELLS + cellWidth(next);
      } else {
        lines.at(-1)?.push({text: word, tone});
        used += needs;
      }
    }
  }
  return lines.map(one => truncateLine(one, width));
}

/** Cells before what a label says. */
const LABEL_CELLS = 12;

function label(text: string): Line[number] {
  return part(text.padEnd(LABEL_CELLS), 'dim');
}

function reasonLines(entry: BackupEntry, width: number, context: DrawContext): readonly Line[] {
  const {t} = context;
  const reasons = entry.verdict?.reasons ?? [];
  const mark = postureMark(entry, context);
  if (reasons.length === 0) return [[mark]];
  const words = reasons.map(reason => t(`view.postureReason.${reason}`)).join('; ');
  const anomalies = [...new Set(entry.verdict?.jobs.flatMap(job => job.anomalies) ?? [])];
  const hints = anomalies.map(flag => t(`view.anomaly.${flag}`)).join('; ');
  return hanging([mark, part('  ')], hints === '' ? words : `${words}: ${hints}`, width);
}

function jobLines(job: JobVerdict, entry: BackupEntry, context: DrawContext): readonly Line[] {
  const {t} = context;
  const {origin} = entry;
  const at = (instant: number | null) => (instant === null ? '–' : momentText(instant - origin.skewMs, context));
  const head: Line = [
    label(t('view.backupLabel.job')),
    part(`${job.name}  `, 'strong'),
    statusPart(entry, job, context),
    part(
      `  ${t('view.backupTimes', {good: at(job.lastGoodAt), expected: at(job.expectedAt), next: at(job.nextAt)})}`,
      'dim',
    ),
  ];
  const runs = job.runs.slice(-STRIP_RUNS);
  const strip = runs.flatMap(({end}, index): Line => {
    const {shape, tone} = RUN_MARKS[end?.result ?? 'running'];
    return [part(index === 0 ? '' : ' '), part(shape, tone)];
  });
  const last = runs.at(-1);
  const note = last?.note ?? null;
  const lines: Line[] = [head];
  const progress = progressParts(entry, job, context);
  if (progress.length > 0) lines.push([label(t('view.backupLabel.progress')), ...progress]);
  if (runs.length > 0)
    lines.push([label(t('view.backupLabel.runs')), ...strip, part(`  ${trendText(job, context)}`, 'dim')]);
  if (note !== null) lines.push([label(t('view.backupLabel.said')), part(note)]);
  return lines;
}

function ruleLines(entry: BackupEntry, {t}: DrawContext): readonly Line[] {
  const rule = entry.verdict?.rule ?? null;
  const parts = [label(t('view.backupLabel.rule')), ...ruleParts(entry)];
  if (rule === null) return [[...parts, part(`  ${t('view.ruleUnknown')}`, 'unknown')]];
  const words = RULE_DIGITS.map(({key}) => `${rule.missing.includes(key) ? '✗' : '✓'} ${t(`view.rulePart.${key}`)}`);
  return [[...parts, part(`  ${words.join('  ')}`)]];
}

function copyLines({record, verdict, origin}: BackupEntry, {t, now}: DrawContext): readonly Line[] {
  const production = record?.plan?.production;
  if (production === undefined) return [];
  const here = now + origin.skewMs;
  const age = (at: number | null) => (at === null ? t('view.backupNever') : ageText(Math.max(0, here - at), t));
  return (verdict?.copies ?? []).map((copy, index): Line => {
    const isValid = isValidCopy(copy, production, here);
    const verified =
      copy.verifyOk === null
        ? `? ${t('view.verify.never')}`
        : copy.verifyOk
          ? `✓ ${age(copy.lastVerifyAt)}`
          : `▲ ${t('view.verify.failed')}`;
    const kept = copy.isImmutable
      ? `  ${t('view.copy.immutable')}`
      : copy.isOffline
        ? `  ${t('view.copy.offline')}`
        : '';
    return [
      label(index === 0 ? t('view.backupLabel.copies') : ''),
      part(`${isValid ? '✓' : '✗'} `, isValid ? 'ok' : 'critical'),
      part(`${copy.id}  `, 'strong'),
      part(`${[copy.device, copy.media, copy.site].filter(Boolean).join(' · ')}  `),
      part(`${t('view.copy.age', {age: age(copy.lastGoodAt)})}  ${t('view.copy.verified', {verified})}${kept}`, 'dim'),
    ];
  });
}

/** How full the repository of each copy is, how far back it reaches, and what is wrong with that. Source: BK-8, BK-10. */
function repositoryLines({verdict, origin}: BackupEntry, context: DrawContext): readonly Line[] {
  const {t, now, format} = context;
  const here = now + origin.skewMs;
  return (verdict?.repositories ?? []).map(({copy, percent, fill, points}, index): Line => {
    const parts: Part[] = [];
    if (percent !== null) parts.push(part(t('view.repository.fill', {n: format.number(Math.floor(percent))})));
    if (fill?.type === 'forecast') {
      const {fullInSeconds, level} = fill;
      const coming = {mount: copy, fullAt: here + fullInSeconds * SECOND, level};
      parts.push(part(fillText(coming, origin, context), level === 'ok' ? 'plain' : level));
    } else if (fill !== null && fill.reason !== 'notFull') parts.push(part(noFillText(fill, context), 'dim'));
    if (points !== null) {
      const {count, oldestAt, alarms} = points;
      const listed =
        oldestAt === null
          ? t('view.repository.noPoints')
          : t('view.repository.points', {count, at: format.date(oldestAt - origin.skewMs)});
      parts.push(part(listed, oldestAt === null ? 'critical' : 'plain'));
      for (const alarm of alarms)
        parts.push(part(`▲ ${t(`view.repository.${alarm}`)}`, alarm === 'tooShort' ? 'warning' : 'critical'));
    }
    const head = [label(index === 0 ? t('view.backupLabel.repository') : ''), part(`${copy}  `, 'strong')];
    return [...head, ...parts.flatMap((one, at) => (at === 0 ? [one] : [part('  '), one]))];
  });
}

function testLine(test: RestoreTestRecord, rtoMs: number | null, context: DrawContext): Line {
  const {t, format} = context;
  const {ok, scope, durationMs, by, note} = test;
  const measured =
    durationMs === null ? '' : `  ${spanText(durationMs, t)}${rtoMs === null ? '' : ` / ${spanText(rtoMs, t)}`}`;
  const isProven = durationMs !== null && rtoMs !== null && ok && durationMs <= rtoMs;
  return [
    part(`${ok ? '✓' : '▲'} ${format.date(test.at)}  `, ok ? 'plain' : 'critical'),
    part(
      `${t(`view.scope.${scope}`)}${measured}`,
      isProven || rtoMs === null || durationMs === null ? 'plain' : 'warning',
    ),
    part(`  ${by}${note === null ? '' : `: ${note}`}`, 'dim'),
  ];
}

function testLines({record, verdict, pendingTests}: BackupEntry, context: DrawContext): readonly Line[] {
  const {t} = context;
  const tests = record?.restoreTests.slice(-TESTS_SHOWN).reverse() ?? [];
  const state = verdict?.restoreTest.state ?? 'never';
  const rtoMs = record?.plan?.rtoMs ?? null;
  const lines: Line[] = [
    ...pendingTests.map(({ok, scope}): Line => {
      const words = `${t(`view.restoreResult.${ok ? 'passed' : 'failed'}`)}, ${t(`view.scope.${scope}`)}`;
      return [part(`… ${words}  ${t('view.onItsWay')}`, 'pending')];
    }),
    ...tests.map(test => testLine(test, rtoMs, context)),
  ];
  if (lines.length === 0) lines.push([part(t(`view.restore.${state}`), 'unknown')]);
  return lines.map((line, index) => [label(index === 0 ? t('view.backupLabel.tests') : ''), ...line]);
}
