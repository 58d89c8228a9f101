import {request as httpRequest} from 'node:http';
import {request as httpsRequest} from 'node:https';
import type {CollectorAddress} from '../client/collector-address.ts';
import {Fault} from '../domain/fault.ts';
import type {DurationMs} from '../domain/time.ts';
import {safeText} from '../runtime/safe-text.ts';

/** What a collector said over HTTP. */
export interface Answer {
  readonly status: number;
  /** Cut where it is longer than was asked for. */
  readonly text: string;
}

/** One question to a collector. */
export interface Question {
  /** From the collector's address, without a slash before it. */
  readonly path: string;
  /** JSON that is posted; null asks with GET. */
  readonly body: string | null;
  readonly mostAnswerBytes: number;
  readonly timeoutMs: DurationMs;
}

/**
 * Asks a collector something over HTTP, with its token in the header alone and its certificate verified.
 *
 * @throws {Fault} `UNREACHED` with the network's own code as `reason`.
 */
export function httpCall({url, token, ca}: CollectorAddress, question: Question): Promise<Answer> {
  const {path, body, mostAnswerBytes, timeoutMs} = question;
  const target = new URL(path, url.replace(/^ws/, 'http'));
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    ...(body === null ? {} : {'content-type': 'application/json', 'content-length': Buffer.byteLength(body)}),
  };
  const method = body === null ? 'GET' : 'POST';
  return new Promise((resolve, reject) => {
    const request = send(target, {method, timeout: timeoutMs, headers, ...(ca === null ? {} : {ca})}, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > mostAnswerBytes) response.destroy();
      });
      response.on('close', () => resolve({status: response.statusCode ?? 0, text}));
    });
    request.on('timeout', () => request.destroy(new Error('time-out')));
    request.on('error', error => {
      const reason = safeText('code' in error ? String(error.code) : error.message);
      reject(new Fault('UNREACHED', `the collector cannot be reached: ${reason}`, {reason}));
    });
    request.end(body ?? undefined);
  });
}
