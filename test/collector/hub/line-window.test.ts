import {expect, test} from 'vitest';
import {LineWindow} from '../../../src/collector/hub/line-window.ts';

const FRAME = 16 * 1024;
const PING_MS = 15_000;
const STEP_MS = 50;

/** A sender that always has more, a line of `bytesPerSecond` with `delayMs`, and a receiver that answers every ping. */
function run(bytesPerSecond: number, delayMs: number, seconds: number, diesAtMs = Number.POSITIVE_INFINITY) {
  const window = new LineWindow();
  /** What is on the line, in order: bytes, or a ping. */
  const line: (number | string)[] = [];
  const answers: {readonly payload: string; readonly at: number}[] = [];
  let credit = 0;
  let read = 0;
  let most = 0;
  let silentAt: number | null = null;
  const probe = (now: number) => line.push(window.probe(now));
  for (let now = 0; now < seconds * 1000; now += STEP_MS) {
    while (window.hasRoom) {
      line.push(FRAME);
      if (window.sent(FRAME)) probe(now);
    }
    if (now % PING_MS === 0 && now > 0) probe(now);
    const queued = line.reduce<number>((sum, it) => sum + (typeof it === 'number' ? it : 0), 0);
    most = Math.max(most, queued);
    credit = now < diesAtMs ? Math.min(credit + (bytesPerSecond * STEP_MS) / 1000, queued) : 0;
    for (let first = line[0]; first !== undefined && now < diesAtMs; first = line[0]) {
      if (typeof first === 'string') answers.push({payload: first, at: now + delayMs});
      else if (credit < first) break;
      else {
        credit -= first;
        read += first;
      }
      line.shift();
    }
    while ((answers[0]?.at ?? Number.POSITIVE_INFINITY) <= now) window.answered(answers.shift()?.payload ?? '', now);
    if (silentAt === null && window.isSilent(now)) silentAt = now;
  }
  return {readPerSecond: read / seconds, most, silentAt, queued: line.length};
}

test.each([
  ['64 kbit/s', 8_000, 300],
  ['a phone’s hotspot', 60_000, 150],
  ['DSL', 1_000_000, 30],
  ['a satellite', 500_000, 700],
])('%s is kept busy, and is never taken for dead', (_what, bytesPerSecond, delayMs) => {
  const {readPerSecond, silentAt} = run(bytesPerSecond, delayMs, 120);
  expect(silentAt).toBeNull();
  expect(readPerSecond).toBeGreaterThan(bytesPerSecond * 0.75);
});

test('a slow line holds little, so that what happens now does not wait behind what happened long ago', () => {
  const {most} = run(8_000, 300, 120);
  expect(most).toBeLessThanOrEqual(128 * 1024 + FRAME);
});

test('rules 24 and 25: a line that dies is known for dead within thirty seconds, whatever it had been', () => {
  for (const bytesPerSecond of [8_000, 1_000_000]) {
    const {silentAt} = run(bytesPerSecond, 100, 120, 60_000);
    expect(silentAt).toBeGreaterThan(60_000);
    expect(silentAt).toBeLessThanOrEqual(90_000);
  }
});

test('an answer that is none of ours means nothing', () => {
  const window = new LineWindow();
  window.sent(1_000_000);
  window.probe(0);
  for (const payload of ['', '999999', '1000001', 'x', '__proto__']) window.answered(payload, 1);
  expect(window.hasRoom).toBe(false);
  window.answered('1000000', 1);
  expect(window.hasRoom).toBe(true);
});
