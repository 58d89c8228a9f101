import type {ToolProgress} from '../../domain/backup/run-progress.ts';
import {borgResult, type RunResult} from '../../domain/backup/run-result.ts';
import {Fault} from '../../domain/fault.ts';
import type {Zone} from '../../domain/local-time/zone.ts';
import {type Instant, SECOND} from '../../domain/time.ts';
import {ErrorsSeen} from './errors-seen.ts';
import {countOf, type Fields, fieldsOf, instantOf, parseFields, textOf} from './fields.ts';
import {NO_FACTS, type OutputReader, type ToolFacts, wasStopped} from './tool-facts.ts';

/** The document of `create --json` is small; what is longer is none. */
const MOST_DOCUMENT_UNITS = 1024 * 1024;
/** There may be thousands a minute. Inside a text of JSON no quote stands bare, so that no name of a file looks so. */
const PROGRESS = /"type": ?"(?:archive_progress|progress_percent|progress_message)"/;
/** The last of them lacks it: that says only that it is finished. */
const HAS_FIGURES = '"original_size"';
const BAD: ReadonlySet<unknown> = new Set(['WARNING', 'ERROR', 'CRITICAL']);
const CHECK_NAMES = /repository check|consistency check|segment check|Data integrity error|object count mismatch/i;

/** Without `--log-json` no line has a level; `--repair` finds damage and ends with 0. */
const DAMAGE = /Data integrity error|, (?:errors|problems) found/;
/** A lock, a passphrase, a question answered by no: nothing of the copy was looked at. */
const NOT_MADE = /Failed to create\/acquire the lock|^passphrase supplied in .* is incorrect|: Aborting\.$/;
const NOT_MADE_MESSAGES: ReadonlySet<unknown> = new Set(['LockTimeout', 'PassphraseWrong', 'CancelledByUser']);
const NOT_MADE_CODES: ReadonlySet<number | null> = new Set([52, 73]);

/** A local time of the client without a zone; a zone is taken where one is there. */
export function localInstant(value: unknown, zone: Zone): Instant | null {
  const text = typeof value === 'string' ? value : '';
  return instantOf(text) ?? (instantOf(`${text}Z`) === null ? null : zone.toInstant(instantOf(`${text}Z`) ?? 0));
}

/**
 * Output of `borg --log-json create --json` and `borg check`, both streams in any mixture, of 1.2 and 1.4.
 *
 * An archive without files is a failure: only its path was missing. Source: integrations/backup-borg.md, BK-1.
 *
 * @param zone - Of the client: its times have none.
 * @param isCheck - The command was a check, which says nothing at all when it finds nothing.
 */
export class BorgReader implements OutputReader {
  readonly #zone: Zone;
  readonly #errors = new ErrorsSeen();
  #isCheck: boolean;
  #document: string | null = null;
  #archive: Fields | null = null;
  /** Line of the newest progress. */
  #progress: string | null = null;
  #lines = 0;
  #listed = 0;
  #changed = 0;
  #isNotMade = false;
  /** Documents of `list` and `info`, or lines of `list --json-lines`: words of no run. */
  #isListing = false;
  #worst: 'none' | 'warning' | 'error' = 'none';

  constructor(zone: Zone, isCheck: boolean) {
    this.#zone = zone;
    this.#isCheck = isCheck;
  }

  line(text: string): void {
    this.#lines += 1;
    if (PROGRESS.test(text)) {
      if (text.includes(HAS_FIGURES)) this.#progress = text;
      return;
    }
    if (this.#document !== null || text === '{') {
      this.#collect(text);
      return;
    }
    const fields = text.startsWith('{') ? parseFields(text) : null;
    if (fields === null) this.#plain(text);
    else this.#json(fields);
  }

  /** The pretty-printed document: from a line `{` to a line `}`. Lines of the log may come between. */
  #collect(text: string): void {
    if (text.startsWith('{"type"')) {
      const fields = parseFields(text);
      if (fields !== null) this.#json(fields);
      return;
    }
    this.#document = `${this.#document ?? ''}${text}\n`;
    if (text === '}') {
      this.#take(parseFields(this.#document));
      this.#document = null;
    } else if (this.#document.length > MOST_DOCUMENT_UNITS) this.#document = null;
  }

  #take(document: Fields | null): void {
    const archive = document === null ? null : fieldsOf(document, 'archive');
    if (archive === null) this.#isListing = true;
    else this.#archive = archive;
  }

  #plain(text: string): void {
    if (CHECK_NAMES.test(text)) this.#isCheck = true;
    if (this.#isCheck && DAMAGE.test(text)) this.#worst = 'error';
    if (NOT_MADE.test(text)) this.#isNotMade = true;
    this.#errors.add(text);
  }

  #json(fields: Fields): void {
    if (fields.type === 'file_status') {
      this.#listed += 1;
      if (fields.status === 'A' || fields.status === 'M') this.#changed += 1;
      return;
    }
    if (fieldsOf(fields, 'archive') !== null) {
      this.#take(fields);
      return;
    }
    if (typeof fields.path === 'string' && fields.levelname === undefined) this.#isListing = true;
    if (fields.type !== 'log_message') return;
    const message = textOf(fields, 'message') ?? '';
    if (this.#archive === null && CHECK_NAMES.test(message)) this.#isCheck = true;
    if (!BAD.has(fields.levelname)) return;
    if (NOT_MADE_MESSAGES.has(fields.msgid)) this.#isNotMade = true;
    this.#errors.add(message);
    if (fields.levelname !== 'WARNING') this.#worst = 'error';
    else if (this.#worst === 'none') this.#worst = 'warning';
  }

  /** With `--progress` alone; how much there is to do it does not know. */
  progress(): ToolProgress | null {
    const told = this.#progress === null ? null : parseFields(this.#progress);
    if (told === null) return null;
    return {
      percent: null,
      bytesDone: countOf(told, 'original_size'),
      bytesTotal: null,
      filesDone: countOf(told, 'nfiles'),
      filesTotal: null,
      remainingMs: null,
    };
  }

  end(exitCode: number | null): readonly ToolFacts[] {
    const {count: errors, messages} = this.#errors;
    const told = {...NO_FACTS, exitCode, errors, messages};
    if (this.#isCheck) {
      if (this.#lines === 0 && exitCode === null) {
        throw new Fault('BACKUP_OUTPUT', 'a check that says nothing is only known by its exit code: give --exit-code');
      }
      if (this.#isNotMade || NOT_MADE_CODES.has(exitCode) || wasStopped(exitCode)) return [];
      const isSound = (exitCode ?? 0) === 0 && this.#worst !== 'error';
      return [{...told, kind: 'check', result: isSound ? 'success' : 'failed'}];
    }
    return [{...told, ...this.#figures(), result: this.#result(exitCode)}];
  }

  #result(exitCode: number | null): RunResult {
    const stats = this.#archive === null ? null : fieldsOf(this.#archive, 'stats');
    if (exitCode !== null && exitCode !== 0 && borgResult(exitCode) === 'failed') return 'failed';
    // Without `--json` it says nothing of the archive, and its own code is all there is.
    const isMute = stats === null && exitCode !== null && this.#document === null && !this.#isListing;
    if (this.#worst === 'error' || (stats === null ? !isMute : countOf(stats, 'nfiles') === 0)) return 'failed';
    if (exitCode !== null) return borgResult(exitCode);
    return this.#worst === 'warning' ? 'warning' : 'success';
  }

  #figures(): Partial<ToolFacts> {
    if (this.#archive === null) return {};
    const stats = fieldsOf(this.#archive, 'stats') ?? {};
    const seconds = countOf(this.#archive, 'duration');
    const original = countOf(stats, 'original_size');
    const compressed = countOf(stats, 'compressed_size');
    return {
      startedAt: localInstant(this.#archive.start, this.#zone),
      endedAt: localInstant(this.#archive.end, this.#zone),
      durationMs: seconds === null ? null : Math.round(seconds * SECOND),
      snapshot: textOf(this.#archive, 'id'),
      sizeBytes: original,
      addedBytes: countOf(stats, 'deduplicated_size'),
      totalFiles: countOf(stats, 'nfiles'),
      changedFiles: this.#listed > 0 ? this.#changed : null,
      compressionRatio: original !== null && compressed !== null && compressed > 0 ? original / compressed : null,
    };
  }
}
