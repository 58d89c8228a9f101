import {describe, expect, test} from 'vitest';
import {createFlow, PROBE} from '../../../src/runtime/terminal-writer/flow.ts';
import {virtualOutside} from '../../support/clock.ts';

function openFlow() {
  const outside = virtualOutside();
  let ready = 0;
  const flow = createFlow(outside.timers, () => {
    ready++;
  });
  return {flow, outside, readyCalls: () => ready};
}

describe('createFlow', () => {
  test('asks once for every half KiB, not for every frame', () => {
    const {flow} = openFlow();
    const probes = Array.from({length: 100}, () => flow.send(20)).filter(probe => probe === PROBE);
    expect(probes).toHaveLength(3);
  });

  test('holds frames back while too much is on its way, and goes on with the answers', () => {
    const {flow, readyCalls} = openFlow();
    flow.send(800);
    expect(flow.isReady).toBe(true);
    flow.send(800);
    expect(flow.isReady).toBe(false);
    flow.answered();
    expect(flow.isReady).toBe(true);
    expect(readyCalls()).toBe(1);
  });

  test('a terminal that stopped gets one frame a second, and everything at once when it reads again', () => {
    const {flow, outside, readyCalls} = openFlow();
    flow.send(2000);
    flow.answered();
    for (let second = 1; second <= 60; second++) {
      flow.send(2000);
      expect(flow.isReady).toBe(false);
      outside.advance(1000);
      expect(readyCalls()).toBe(second + 1);
    }
    flow.send(2000);
    flow.answered();
    expect(flow.isReady).toBe(true);
  });

  test('a terminal that never answers is not asked for ever', () => {
    const {flow, outside} = openFlow();
    for (let frame = 0; frame < 3; frame++) {
      expect(flow.send(2000)).toBe(PROBE);
      outside.advance(1000);
    }
    expect(flow.send(100_000)).toBe('');
    expect(flow.isReady).toBe(true);
    expect(outside.pending()).toBe(0);
  });

  test('answers that nobody asked for do nothing', () => {
    const {flow, readyCalls} = openFlow();
    flow.answered();
    flow.answered();
    expect(flow.isReady).toBe(true);
    expect(readyCalls()).toBe(0);
  });

  test('is quiet when no answer is owed, or when patience ends', async () => {
    const {flow, outside} = openFlow();
    await flow.quiet();
    flow.send(2000);
    const quiet = flow.quiet();
    flow.answered();
    await quiet;
    flow.send(2000);
    const patience = flow.quiet();
    outside.advance(1000);
    await patience;
  });
});
