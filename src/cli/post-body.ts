import type {CollectorAddress} from '../client/collector-address.ts';
import {Fault} from '../domain/fault.ts';
import type {DurationMs} from '../domain/time.ts';
import {safeText} from '../runtime/safe-text.ts';
import {httpCall} from './http-call.ts';

/** What the collector says to a report; it never says more than a line or two. */
const MOST_ANSWER_BYTES = 65_536;

/**
 * Sends one body, and is done when all of it is on the collector's disk.
 *
 * @throws {Fault} `UNREACHED`, `REPORT_REFUSED`, `REPORT_INVALID`, `REPORT_FAILED`.
 */
export async function post(collector: CollectorAddress, body: string, timeoutMs: DurationMs): Promise<void> {
  const question = {path: 'v1/reports', body, mostAnswerBytes: MOST_ANSWER_BYTES, timeoutMs};
  const {status, text} = await httpCall(collector, question);
  if (status !== 202) throw refusal(status, text);
  const [leftOut] = leftOutOf(text);
  if (leftOut === undefined) return;
  const reason = safeText(`[${leftOut.index}] ${leftOut.message}`);
  throw new Fault('REPORT_INVALID', `the report cannot be taken: ${reason}`, {status, reason, answer: ''});
}

/** What of several reports was not taken. */
function leftOutOf(text: string): readonly {readonly index: unknown; readonly message: unknown}[] {
  const {rejected} = (parsed(text) ?? {}) as {readonly rejected?: unknown};
  return Array.isArray(rejected) ? rejected : [];
}

function refusal(status: number, answer: string): Fault {
  const {code, message} = readAnswer(answer);
  const reason = safeText(message ?? `HTTP ${status}`);
  const values = {status, reason, answer: code ?? ''};
  if (status === 401 || status === 403) return new Fault('REPORT_REFUSED', `the collector refuses: ${reason}`, values);
  if (status < 500 && status !== 429)
    return new Fault('REPORT_INVALID', `the report cannot be taken: ${reason}`, values);
  return new Fault('REPORT_FAILED', `the collector could not take the report: ${reason}`, values);
}

/** What a refusal says: a code that stays, and words for who reads logs. */
function readAnswer(text: string): {readonly code: string | null; readonly message: string | null} {
  const {code, message} = (parsed(text) ?? {}) as {readonly code?: unknown; readonly message?: unknown};
  return {code: typeof code === 'string' ? code : null, message: typeof message === 'string' ? message : null};
}

/** null for what is no JSON object. */
function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
