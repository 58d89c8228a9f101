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
 * @throws {Fault} `NO_LINK`, `REPORT_REFUSED`, `REPORT_INVALID`, `REPORT_FAILED`.
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
      reject(new Fault('NO_LINK', `the collector cannot be reached: ${code}`));
    });
    request.end(body);
  });
  if (status !== 202) throw refusal(status, text);
}

function refusal(status: number, answer: string): Fault {
  const reason = safeText(reasonIn(answer) ?? `HTTP ${status}`);
  const values = {status, reason};
  if (status === 401 || status === 403) return new Fault('REPORT_REFUSED', `the collector refuses: ${reason}`, values);
  if (status < 500 && status !== 429)
    return new Fault('REPORT_INVALID', `the report cannot be taken: ${reason}`, values);
  return new Fault('REPORT_FAILED', `the collector could not take the report: ${reason}`, values);
}

function reasonIn(answer: string): string | null {
  try {
    const value: unknown = JSON.parse(answer);
    const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : null;
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}
