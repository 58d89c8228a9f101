import type {JobVerdict} from '../domain/backup/judge-object.ts';
import {isSilent, type RunProgress} from '../domain/backup/run-progress.ts';
import type {Format} from '../runtime/format.ts';
import type {Translate} from '../runtime/i18n.ts';
import type {BackupEntry} from './backups.ts';
import type {DrawContext} from './draw-context.ts';
import {ageText, spanText} from './durations.ts';
import {type Part, part} from './tone.ts';

const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;
const STEP = 1000;
/** From here on a decimal says nothing. */
const WHOLE_FROM = 10;

/** `512 B`, `4.2 GB`, `120 GB`: decimal units, as the tools' vendors sell them. */
export function bytesText(bytes: number, format: Pick<Format, 'number'>): string {
  if (bytes < STEP) return `${bytes} B`;
  const power = Math.min(UNITS.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / STEP ** power;
  return `${format.number(value, value < WHOLE_FROM ? 1 : 0)} ${UNITS[power - 1] ?? ''}`;
}

/** How far the run of this job has come; null where none is under way or it never said. */
export function progressOf({progress}: Pick<BackupEntry, 'progress'>, job: JobVerdict | null): RunProgress | null {
  if (job === null || (job.status !== 'running' && job.status !== 'late')) return null;
  return progress.get(job.name) ?? null;
}

/** `42 %`, rounded down so that nothing is done before it is; null where the tool does not know. */
function percentText({percent}: RunProgress, t: Translate): string | null {
  return percent === null ? null : t('view.percent', {n: Math.floor(percent)});
}

/** Age of the word, where it is so old that nobody can say whether the run goes on; null for a fresh one. */
function silence(progress: RunProgress, {origin}: Pick<BackupEntry, 'origin'>, {t, now}: DrawContext): string | null {
  const here = now + origin.skewMs;
  return isSilent(progress, here) ? ageText(here - progress.at, t) : null;
}

/** `42 %` behind the status of a run, or `? 42 % 5 min` in its place when that was said so long ago; null says nothing more. */
export function progressCell(entry: BackupEntry, job: JobVerdict | null, context: DrawContext): Part | null {
  const progress = progressOf(entry, job);
  if (progress === null) return null;
  const percent = percentText(progress, context.t);
  const age = silence(progress, entry, context);
  if (age !== null) return part(`? ${percent ?? context.t('view.progress.silent')} ${age}`, 'unknown');
  return percent === null ? null : part(percent);
}

/** `42 %  56 GB von 120 GB  3 von 7 Dateien  noch 12 min`, and how old that is when it comes no more. */
export function progressParts(entry: BackupEntry, job: JobVerdict, context: DrawContext): readonly Part[] {
  const {t, format} = context;
  const progress = progressOf(entry, job);
  if (progress === null) return [];
  const {bytesDone, bytesTotal, filesDone, filesTotal, remainingMs} = progress;
  const done = (value: number | null, total: number | null, write: (n: number) => string, key: string) => {
    if (value === null) return null;
    return total === null
      ? t(`view.progress.${key}`, {n: write(value), count: value})
      : t(`view.progress.${key}Of`, {n: write(value), of: write(total), count: total});
  };
  const age = silence(progress, entry, context);
  const words = [
    percentText(progress, t),
    done(bytesDone, bytesTotal, n => bytesText(n, format), 'bytes'),
    done(filesDone, filesTotal, n => format.number(n), 'files'),
    remainingMs === null || age !== null ? null : t('view.progress.left', {span: spanText(remainingMs, t)}),
  ].filter(word => word !== null);
  const told = part(words.join('  '), age === null ? 'plain' : 'dim');
  return age === null ? [told] : [told, part(`  ? ${t('view.progress.silentFor', {age})}`, 'unknown')];
}
