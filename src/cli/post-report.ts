import type {Call} from './command-spec.ts';
import {hasFlag} from './command-spec.ts';
import {resolveConnection} from './connection.ts';
import type {CliContext} from './context.ts';
import type {ExitCode} from './exit-code.ts';
import {sendReport} from './report-outbox.ts';
import {exitCodeOfResults, printResults, queued, reported} from './results.ts';

/**
 * Sends one report, and is done when it is on a collector's disk, or with `--queue` on ours while none answers.
 *
 * @param make - The report of this type, from the text on standard input (null: none). JSON there is a whole report and is
 *   sent as it is.
 * @throws {Fault} `UNREACHED`, `REPORT_REFUSED`, `REPORT_INVALID`, `REPORT_FAILED`, `REPORTS_FULL`.
 */
export async function postReport(
  context: CliContext,
  call: Call,
  type: 'alert' | 'heartbeat',
  make: (input: string | null) => Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  const input = (await context.readStdin())?.trimEnd() || null;
  const whole = input === null ? null : asReport(input);
  const report = whole ?? {type, ...make(input)};
  const isKept = hasFlag(call.flags, 'queue');
  const isThere = await sendReport(context, await resolveConnection(context, call.flags), report, {isKept});
  const labels = (Array.isArray(report) ? report : [report]).map(labelOf);
  const results = labels.map(isThere ? reported : queued);
  printResults(context, 'report', results);
  return exitCodeOfResults(results);
}

/** Reports that a script wrote as JSON itself; null for any other text. */
function asReport(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    const [first] = Array.isArray(value) ? value : [value];
    return typeof first === 'object' && first !== null && 'type' in first ? (value as object) : null;
  } catch {
    return null;
  }
}

function labelOf(report: object): string {
  const {key, host, service} = report as Readonly<Record<string, unknown>>;
  return [key ?? host, key === null || key === undefined ? service : null]
    .filter(it => typeof it === 'string')
    .join('/');
}
