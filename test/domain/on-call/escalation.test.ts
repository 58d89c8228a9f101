import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type EscalationPolicy, escalationTimeline, type OnCallAt} from '../../../src/domain/on-call/escalation.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';

const OPENED = Date.UTC(2026, 1, 2, 2);
const policy: EscalationPolicy = {levels: [{delayMs: 10 * MINUTE}, {delayMs: 15 * MINUTE}], repeat: 1};
const everybody: OnCallAt = level => [`person ${level}`];

/** Minutes after opening, level and loop of each turn; `-` where it was skipped. */
function run(more: {policy?: EscalationPolicy; ack?: number | null; until?: number; onCall?: OnCallAt} = {}): string {
  const {timeline, end} = escalationTimeline(
    more.policy ?? policy,
    OPENED,
    more.ack === undefined || more.ack === null ? null : OPENED + more.ack * MINUTE,
    OPENED + (more.until ?? 600) * MINUTE,
    more.onCall ?? everybody,
  );
  const turns = timeline.map(
    ({at, level, loop, skipped}) => `${(at - OPENED) / MINUTE}:${level}/${loop}${skipped ? '-' : ''}`,
  );
  return [...turns, end].join(' ');
}

describe('escalation', () => {
  test('goes up the ladder, once more, and waits for the last before it gives up (OC-1)', () => {
    expect(run()).toBe('0:1/0 10:2/0 25:1/1 35:2/1 exhausted');
    expect(run({until: 49})).toBe('0:1/0 10:2/0 25:1/1 35:2/1 running');
    expect(run({until: 50})).toBe('0:1/0 10:2/0 25:1/1 35:2/1 exhausted');
    expect(run({until: 10})).toBe('0:1/0 10:2/0 running');
    expect(run({until: -1})).toBe('running');
  });

  test('an acknowledgement at the very instant of a turn wins (OC-3)', () => {
    expect(run({ack: 10})).toBe('0:1/0 acknowledged');
    expect(run({ack: 10 + 1 / MINUTE})).toBe('0:1/0 10:2/0 acknowledged');
    expect(run({ack: 0})).toBe('acknowledged');
    expect(run({ack: 50})).toBe('0:1/0 10:2/0 25:1/1 35:2/1 acknowledged');
    expect(run({ack: 51})).toBe('0:1/0 10:2/0 25:1/1 35:2/1 exhausted');
  });

  test('an acknowledgement after `until` has not come yet', () => {
    expect(run({ack: 12, until: 11})).toBe('0:1/0 10:2/0 running');
    expect(run({ack: 12, until: 12})).toBe('0:1/0 10:2/0 acknowledged');
  });

  test('nobody on call is noted and not waited for (OC-2)', () => {
    expect(run({onCall: level => (level === 1 ? [] : ['lead'])})).toBe('0:1/0- 0:2/0 15:1/1- 15:2/1 exhausted');
    expect(run({onCall: level => (level === 2 ? [] : ['tech'])})).toBe('0:1/0 10:2/0- 10:1/1 20:2/1- exhausted');
  });

  test('a whole loop of nobody ends it, though a repetition is left (OC-2)', () => {
    expect(run({onCall: () => []})).toBe('0:1/0- 0:2/0- exhausted');
    expect(run({onCall: () => [], ack: 0})).toBe('acknowledged');
    const atFirst: OnCallAt = (_, at) => (at < OPENED + 20 * MINUTE ? ['early'] : []);
    expect(run({onCall: atFirst})).toBe('0:1/0 10:2/0 25:1/1- 25:2/1- exhausted');
  });

  test('a policy without levels is exhausted at once', () => {
    expect(run({policy: {levels: [], repeat: 5}})).toBe('exhausted');
  });

  test('turns never go back in time, and there are never more than loops allow', () => {
    const policies = fc.record({
      levels: fc.array(fc.record({delayMs: fc.integer({min: MINUTE, max: 20 * HOUR})}), {maxLength: 5}),
      repeat: fc.integer({min: 0, max: 5}),
    });
    const presence = fc.array(fc.boolean(), {minLength: 5, maxLength: 5});
    fc.assert(
      fc.property(policies, presence, fc.option(fc.integer({min: 0, max: 4000})), (given, isThere, ack) => {
        const onCall: OnCallAt = level => (isThere[level - 1] ? ['somebody'] : []);
        const ackAt = ack === null ? null : OPENED + ack * MINUTE;
        const {timeline, end} = escalationTimeline(given, OPENED, ackAt, Number.MAX_SAFE_INTEGER, onCall);
        expect(timeline.length).toBeLessThanOrEqual(given.levels.length * (given.repeat + 1));
        for (const [index, step] of timeline.entries()) {
          expect(step.at).toBeGreaterThanOrEqual(timeline[index - 1]?.at ?? OPENED);
          if (ackAt !== null) expect(step.at).toBeLessThan(ackAt);
        }
        expect(end).not.toBe('running');
      }),
    );
  });
});
