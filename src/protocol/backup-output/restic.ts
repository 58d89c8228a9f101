import type {ToolProgress} from '../../domain/backup/run-progress.ts';
import {type RunResult, resticResult} from '../../domain/backup/run-result.ts';
import {SECOND} from '../../domain/time.ts';
import {ErrorsSeen} from './errors-seen.ts';
import {countOf, type Fields, fieldsOf, instantOf, parseFields, textOf} from './fields.ts';
import {NO_FACTS, type OutputReader, type ToolFacts, wasStopped} from './tool-facts.ts';

/** Below this much new data its compression says nothing. */
const LEAST_ADDED_BYTES = 1024 * 1024;

/** restic 0.14 says so in plain text; so do all releases without `--json`. */
const CHECK_PASSED = 'no errors were found';
const CHECK_LINES = [CHECK_PASSED, 'check all packs', 'Fatal: repository contains errors', 'The repository is damaged'];
/** `snapshots --json`, `forget --json`: one array. */
const LISTING = /^\[(?:\{|\])/;
/** Without `--json`. */
const SAVED = /^snapshot ([0-9a-f]{8,64}) saved$/;
const DRY_RUN = 'Would add to the repo';
const TROUBLE = /^(?:Fatal|error|Warning)\b|does not exist, skipping$/i;

/** A lock, or a password: nothing of the copy was looked at. 0.14 says so with code 1, later ones with one of their own. */
const NOT_MADE = /repository is already locked|wrong password or no key found/;
const NOT_MADE_CODES: ReadonlySet<number | null> = new Set([11, 12]);

/** The message of an error line, as 0.18 (`error.message`, `message`) and 0.14 (`error.Op`, `error.Path`) write it. */
function messageOf(line: Fields): string {
  const error = fieldsOf(line, 'error') ?? line;
  const op = textOf(error, 'Op');
  return (
    textOf(error, 'message') ?? [op, textOf(error, 'Path') ?? textOf(line, 'item')].filter(it => it !== null).join(' ')
  );
}

function runFigures(summary: Fields): Partial<ToolFacts> {
  const addedBytes = countOf(summary, 'data_added_packed') ?? countOf(summary, 'data_added');
  const rawBytes = countOf(summary, 'data_added');
  const created = countOf(summary, 'files_new');
  const changed = countOf(summary, 'files_changed');
  const seconds = countOf(summary, 'total_duration');
  const packed = countOf(summary, 'data_added_packed');
  const isTelling = rawBytes !== null && packed !== null && packed > 0 && rawBytes >= LEAST_ADDED_BYTES;
  return {
    startedAt: instantOf(summary.backup_start),
    endedAt: instantOf(summary.backup_end),
    durationMs: seconds === null ? null : Math.round(seconds * SECOND),
    snapshot: textOf(summary, 'snapshot_id'),
    sizeBytes: countOf(summary, 'total_bytes_processed'),
    addedBytes,
    changedFiles: created === null || changed === null ? null : created + changed,
    totalFiles: countOf(summary, 'total_files_processed'),
    compressionRatio: isTelling ? rawBytes / packed : null,
  };
}

/**
 * Output of `restic backup --json` and `restic check [--json]`, both streams in any mixture, of 0.14 and later.
 *
 * Of the progress lines the newest is kept and read when it is asked for. Without a summary the run was interrupted and failed; without an exit code the summary
 * and the errors say how it went. Source: integrations/backup-restic.md, BK-1.
 *
 * @param isCheck - The command was a check, which a failed one may not show.
 */
export class ResticReader implements OutputReader {
  readonly #errors = new ErrorsSeen();
  #isCheck: boolean;
  #summary: Fields | null = null;
  #toldCode: number | null = null;
  #hasPassed = false;
  #isNotMade = false;
  #isDryRun = false;
  /** Words of a command with `--json` were seen: of a run, so that a summary is to come, or of another one, which has none. */
  #isJson = false;
  /** As a run without `--json` names it at its end. */
  #savedSnapshot: string | null = null;
  /** Line of the newest progress. */
  #status: string | null = null;

  constructor(isCheck: boolean) {
    this.#isCheck = isCheck;
  }

  line(text: string): void {
    if (text.startsWith('{"message_type":"status"')) {
      this.#isJson = true;
      this.#status = text;
      return;
    }
    if (text.startsWith('{"message_type":"verbose_status"')) return;
    const fields = text.startsWith('{') ? parseFields(text) : null;
    if (fields === null) this.#plain(text);
    else this.#json(fields);
  }

  #plain(text: string): void {
    if (LISTING.test(text)) this.#isJson = true;
    if (CHECK_LINES.some(line => text.startsWith(line))) this.#isCheck = true;
    if (text.startsWith(DRY_RUN)) this.#isDryRun = true;
    this.#savedSnapshot = SAVED.exec(text)?.[1] ?? this.#savedSnapshot;
    if (NOT_MADE.test(text)) this.#isNotMade = true;
    if (text === CHECK_PASSED) this.#hasPassed = true;
    else if (TROUBLE.test(text)) this.#errors.add(text);
  }

  #json(fields: Fields): void {
    this.#isJson = true;
    switch (fields.message_type) {
      case 'summary':
        this.#summary = fields;
        if (countOf(fields, 'num_errors') !== null) this.#isCheck = true;
        this.#isDryRun = fields.dry_run === true;
        break;
      case 'error':
        this.#errors.add(messageOf(fields));
        break;
      case 'exit_error':
        this.#toldCode = countOf(fields, 'code');
        if (this.#errors.count === 0) this.#errors.add(messageOf(fields));
        break;
      default:
        break;
    }
  }

  progress(): ToolProgress | null {
    const status = this.#status === null ? null : parseFields(this.#status);
    if (status === null) return null;
    const share = countOf(status, 'percent_done');
    const seconds = countOf(status, 'seconds_remaining');
    return {
      percent: share === null ? null : Math.min(100, 100 * share),
      bytesDone: countOf(status, 'bytes_done'),
      bytesTotal: countOf(status, 'total_bytes'),
      filesDone: countOf(status, 'files_done'),
      filesTotal: countOf(status, 'total_files'),
      remainingMs: seconds === null ? null : seconds * SECOND,
    };
  }

  end(exitCode: number | null): readonly ToolFacts[] {
    const code = exitCode ?? this.#toldCode;
    const {count: errors, messages} = this.#errors;
    const told = {...NO_FACTS, exitCode: code, errors, messages};
    if (this.#isCheck && (this.#isNotMade || NOT_MADE_CODES.has(code) || wasStopped(code))) return [];
    if (this.#isCheck) return [{...told, kind: 'check', result: this.#checkResult(code)}];
    if (this.#isDryRun) return [{...told, result: 'failed', messages: ['dry run: nothing was saved', ...messages]}];
    const figures = this.#summary === null ? {snapshot: this.#savedSnapshot} : runFigures(this.#summary);
    return [{...told, ...figures, result: this.#runResult(code)}];
  }

  #runResult(code: number | null): RunResult {
    if (code !== null && code !== 0) return resticResult(code);
    if (this.#summary === null && !this.#hasSaved(code)) return 'failed';
    return this.#errors.count > 0 ? 'warning' : 'success';
  }

  /** A JSON stream without its summary broke off, whatever the code says. Without `--json` the words or the tool's own code show it. */
  #hasSaved(code: number | null): boolean {
    return !this.#isJson && (this.#savedSnapshot !== null || code === 0);
  }

  #checkResult(code: number | null): RunResult {
    const found = this.#summary === null ? null : countOf(this.#summary, 'num_errors');
    if ((code ?? 0) !== 0 || (found ?? 0) > 0) return 'failed';
    if (found === null && !this.#hasPassed && code === null) return 'failed';
    return this.#summary === null && !this.#hasPassed && this.#errors.count > 0 ? 'failed' : 'success';
  }
}
