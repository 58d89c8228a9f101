import {createHmac} from 'node:crypto';
import {expect, test} from 'vitest';
import {Signatures} from '../../src/collector/ingest/signature.ts';
import {type Instant, MINUTE, SECOND} from '../../src/domain/time.ts';
import {NIGHT} from '../support/clock.ts';

const KEY = 'k'.repeat(32);

function signed(text: string, at: Instant) {
  const timestamp = String(at / SECOND);
  const body = Buffer.from(text);
  const signature = `sha256=${createHmac('sha256', KEY).update(`${timestamp}.`).update(body).digest('hex')}`;
  return {headers: {timestamp, signature}, body};
}

test('rule 30: more signatures than are remembered are no replay: their sender may come again, and then is heard', () => {
  const signatures = new Signatures();
  const take = (text: string, now: Instant, at = NIGHT) => {
    const {headers, body} = signed(text, at);
    return signatures.refusal(headers, body, [KEY], now);
  };
  for (let number = 0; number < 100_000; number++) expect(take(String(number), NIGHT)).toBeNull();
  expect(take('one more', NIGHT)).toBe('OVERLOADED');
  expect(take('7', NIGHT)).toBe('SIGNATURE_REPLAY');
  const last = NIGHT + 5 * MINUTE;
  expect(take('7', last)).toBe('SIGNATURE_REPLAY');
  expect(take('one more', last, last)).toBe('OVERLOADED');
  expect(take('7', last + 1)).toBe('SIGNATURE_TIME');
  expect(take('one more', last + 1, last)).toBeNull();
  expect(take('one more', last + 1, last)).toBe('SIGNATURE_REPLAY');
});
