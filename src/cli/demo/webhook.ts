import {Fault} from '../../domain/fault.ts';
import type {Timers} from '../../runtime/outside.ts';
import type {WebhookMessage} from './payloads.ts';

const ACCEPTED = 202;
const OVERLOADED = 503;
const PAUSE_MS = 1000;

/**
 * Sends messages to the collector's webhooks as an upstream does: again and again while it is overloaded or does not answer (it may
 * stand still for a while; its end is told elsewhere), and not otherwise.
 *
 * @throws {Fault} `DEMO_WEBHOOK` when a message was refused.
 */
export function webhook(port: number, token: string, timers: Timers): (message: WebhookMessage) => Promise<void> {
  const pause = () => new Promise<void>(resolve => void timers.after(PAUSE_MS, resolve));
  return async ({source, contentType, body}) => {
    const headers = {authorization: `Bearer ${token}`, 'content-type': contentType};
    const request = {method: 'POST', headers, body: JSON.stringify(body)};
    for (;;) {
      const answer = await ask(`http://127.0.0.1:${port}/v1/ingest/${source}`, request);
      if (answer?.status === ACCEPTED) return;
      if (answer !== null && answer.status !== OVERLOADED) {
        throw new Fault('DEMO_WEBHOOK', `the collector answered HTTP ${answer.status}: ${answer.text.slice(0, 200)}`);
      }
      await pause();
    }
  };
}

/** Null when no whole answer came. */
async function ask(
  url: string,
  request: RequestInit,
): Promise<{readonly status: number; readonly text: string} | null> {
  try {
    const response = await fetch(url, request);
    return {status: response.status, text: await response.text()};
  } catch {
    return null;
  }
}
