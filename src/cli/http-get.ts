import type {CollectorAddress} from '../client/collector-address.ts';
import {Fault} from '../domain/fault.ts';
import type {DurationMs} from '../domain/time.ts';
import {safeText} from '../runtime/safe-text.ts';
import {httpCall} from './http-call.ts';

/** A report of a customer with some hundred checks is a tenth of this. */
const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Asks a collector for something over HTTP.
 *
 * @returns The answer as JSON; null when there is no such thing there.
 * @throws {Fault} `UNREACHED`, `LINK_REFUSED`, or `ASK_FAILED` with the collector's own reason.
 */
export async function getJson(collector: CollectorAddress, path: string, timeoutMs: DurationMs): Promise<unknown> {
  const question = {path, body: null, mostAnswerBytes: MOST_ANSWER_BYTES, timeoutMs};
  const {status, text} = await httpCall(collector, question);
  const answer = read(text);
  if (status === 200 && answer !== null) return answer;
  if (status === 404) return null;
  if (status === 401 || status === 403) throw new Fault('LINK_REFUSED', 'the collector refuses this token');
  const message = typeof answer === 'object' && answer !== null && 'message' in answer ? answer.message : null;
  const reason = safeText(typeof message === 'string' ? message : `HTTP ${status}`);
  throw new Fault('ASK_FAILED', `the collector cannot answer: ${reason}`, {reason});
}
