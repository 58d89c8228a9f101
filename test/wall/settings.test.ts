import {describe, expect, test} from 'vitest';
import {Fault} from '../../src/domain/fault.ts';
import {PAGES} from '../../src/wall/rotation.ts';
import {wallSettings} from '../../src/wall/settings.ts';

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return error.code;
  }
  return 'none';
}

describe('the flags of the wall', () => {
  test('have defaults', () => {
    expect(wallSettings({})).toEqual({rotateMs: 30_000, pages: PAGES, scale: null, dim: {from: 1260, to: 360}});
  });

  test('are taken as typed', () => {
    expect(wallSettings({rotate: '2m', pages: 'trend, NOW,trend,oncall', scale: '3', dim: 'off'})).toEqual({
      rotateMs: 120_000,
      pages: ['trend', 'now', 'onCall'],
      scale: 3,
      dim: null,
    });
    expect(wallSettings({scale: 'auto'}).scale).toBeNull();
  });

  test.each([
    [{rotate: 'soon'}, 'WALL_ROTATE'],
    [{rotate: '1s'}, 'WALL_ROTATE'],
    [{pages: ''}, 'WALL_PAGES'],
    [{pages: 'now,weather'}, 'WALL_PAGES'],
    [{scale: '0'}, 'WALL_SCALE'],
    [{scale: '5'}, 'WALL_SCALE'],
    [{scale: '1.5'}, 'WALL_SCALE'],
    [{dim: 'nachts'}, 'WALL_DIM'],
  ])('%j is refused', (flags, code) => {
    expect(codeOf(() => wallSettings(flags))).toBe(code);
  });
});
