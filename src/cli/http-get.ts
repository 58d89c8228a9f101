import {request as httpRequest} from 'node:http';
import {request as httpsRequest} from 'node:https';
import type {CollectorAddress} from '../client/collector-address.ts';
import {Fault} from '../domain/fault.ts';
import type {DurationMs} from '../domain/time.ts';
import {safeText} from '../runtime/safe-text.ts';

/** A report of a customer with some hundred checks is a tenth of this. */
const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly text: string;
}

function get({url, token, ca}: CollectorAddress, path: string, timeoutMs: DurationMs): Promise<Answer> {
  const target = new URL(path, url.replace(/^ws/, 'http'));
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const headers = {authorization: `Bearer ${token}`, accept: 'application/json'};
    const request = send(target, {timeout: timeoutMs, headers, ...(ca === null ? {} : {ca})}, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > MOST_ANSWER_BYTES) response.destroy();
      });
      response.on('close', () => resolve({status: response.statusCode ?? 0, text}));
    });
    request.on('timeout', () => request.destroy(new Error('time-out')));
    request.on('error', error => {
      const code = 'code' in error ? String(error.code) : error.message;
      reject(new Fault('NO_LINK', `the collector cannot be reached: ${code}`));
    });
    request.end();
  });
}

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
 * @throws {Fault} `NO_LINK`, `LINK_REFUSED`, or `ASK_FAILED` with the collector's own reason.
 */
export async function getJson(collector: CollectorAddress, path: string, timeoutMs: DurationMs): Promise<unknown> {
  const {status, text} = await get(collector, path, timeoutMs);
  const answer = read(text);
  if (status === 200 && answer !== null) return answer;
  if (status === 404) return null;
  if (status === 401 || status === 403) throw new Fault('LINK_REFUSED', 'the collector refuses this token');
  const message = typeof answer === 'object' && answer !== null && 'message' in answer ? answer.message : null;
  const reason = safeText(typeof message === 'string' ? message : `HTTP ${status}`);
  throw new Fault('ASK_FAILED', `the collector cannot answer: ${reason}`, {reason});
}
