import {Fault} from '../../domain/fault.ts';
import type {Timers} from '../../runtime/outside.ts';
import type {WebhookMessage} from './payloads.ts';

const ACCEPTED = 202;
const OVERLOADED = 503;
const TRIES = 5;
const PAUSE_MS = 1000;

/**
 * Sends messages to the collector's webhooks as an upstream does: again when it is overloaded, and not otherwise.
 *
 * @throws {Fault} `DEMO_WEBHOOK` when a message was not taken; anything else thrown is an error of the network.
 */
export function webhook(port: number, token: string, timers: Timers): (message: WebhookMessage) => Promise<void> {
  const pause = () => new Promise<void>(resolve => void timers.after(PAUSE_MS, resolve));
  return async ({source, contentType, body}) => {
    const headers = {authorization: `Bearer ${token}`, 'content-type': contentType};
    const request = {method: 'POST', headers, body: JSON.stringify(body)};
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`http://127.0.0.1:${port}/v1/ingest/${source}`, request);
      const answer = await response.text();
      if (response.status === ACCEPTED) return;
      if (response.status !== OVERLOADED || attempt === TRIES) {
        throw new Fault('DEMO_WEBHOOK', `the collector answered HTTP ${response.status}: ${answer.slice(0, 200)}`);
      }
      await pause();
    }
  };
}
