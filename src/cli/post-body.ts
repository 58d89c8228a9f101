import {request as httpRequest} from 'node:http';
import {request as httpsRequest} from 'node:https';
import type {Target} from '../client/socket.ts';
import {Fault} from '../domain/fault.ts';
import type {DurationMs} from '../domain/time.ts';
import {safeText} from '../runtime/safe-text.ts';

/** What the collector says to a report; it never says more than a line or two. */
const MOST_ANSWER_BYTES = 65_536;

/**
 * Sends one body, and is done when it is on the collector's disk.
 *
 * @throws {Fault} `REPORT_UNREACHED`, `REPORT_REFUSED`, `REPORT_INVALID`, `REPORT_FAILED`.
 */
export async function post({url, token, ca}: Target, body: string, timeoutMs: DurationMs): Promise<void> {
  const target = new URL('v1/reports', url.replace(/^ws/, 'http'));
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const {status, text} = await new Promise<{status: number; text: string}>((resolve, reject) => {
    const request = send(
      target,
      {
        method: 'POST',
        timeout: timeoutMs,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
        ...(ca === null ? {} : {ca}),
      },
      response => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          answer += chunk;
          if (answer.length > MOST_ANSWER_BYTES) response.destroy();
        });
        response.on('close', () => resolve({status: response.statusCode ?? 0, text: answer}));
      },
    );
    request.on('timeout', () => request.destroy(new Error('time-out')));
    request.on('error', error => {
      const code = 'code' in error ? String(error.code) : error.message;
      reject(new Fault('REPORT_UNREACHED', `the collector cannot be reached: ${code}`, {reason: safeText(code)}));
    });
    request.end(body);
  });
  if (status !== 202) throw refusal(status, text);
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
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {code: null, message: null};
    const {code, message} = value as {readonly code?: unknown; readonly message?: unknown};
    return {code: typeof code === 'string' ? code : null, message: typeof message === 'string' ? message : null};
  } catch {
    return {code: null, message: null};
  }
}
