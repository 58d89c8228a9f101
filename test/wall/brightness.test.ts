import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {brightnessAt, EVENING, parseDimWindow} from '../../src/wall/brightness.ts';

const at = (hour: number, minute = 0): number => brightnessAt(EVENING, hour * 60 + minute);

describe('dimming by the time of day', () => {
  test('is full by day, two thirds at night, and goes in steps between', () => {
    expect(at(12)).toBe(1);
    expect(at(20, 59)).toBe(1);
    expect([at(21), at(21, 15), at(21, 30), at(21, 45)]).toEqual([0.9125, 0.825, 0.7375, 0.65]);
    expect(at(3)).toBe(0.65);
    expect(at(5, 59)).toBe(0.65);
    expect([at(6), at(6, 45)]).toEqual([0.7375, 1]);
  });

  test('is off without a window', () => {
    expect(brightnessAt(null, 60)).toBe(1);
  });

  test.each(['', '21-6', '25:00-06:00', '21:60-06:00', '21:00', '21:00-06:00 '])('%j is no window', text => {
    expect(parseDimWindow(text)).toBeNull();
  });

  test('stays between two thirds and full for every window at every minute', () => {
    const minute = fc.integer({min: 0, max: 1439});
    fc.assert(
      fc.property(minute, minute, minute, (from, to, now) => {
        const brightness = brightnessAt({from, to}, now);
        expect(brightness).toBeGreaterThanOrEqual(0.65);
        expect(brightness).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('reads a window over midnight', () => {
    expect(parseDimWindow('21:00-06:00')).toEqual(EVENING);
    expect(parseDimWindow('7:30-19:05')).toEqual({from: 450, to: 1145});
  });
});
