import {describe, test} from 'vitest';
import type {Language} from '../../src/runtime/i18n.ts';
import {openConsole} from '../support/console.tsx';
import {busyNight, calmNight} from './night.ts';

const SIZES = [
  [80, 24],
  [132, 40],
  [160, 48],
] as const;
const LANGUAGES: readonly Language[] = ['de', 'en'];

describe.each(LANGUAGES)('frames in %s', lang => {
  describe.each(SIZES)('at %i x %i', (columns, rows) => {
    test('a night with alerts', async () => {
      const {noc, outside} = busyNight();
      using console = openConsole({store: noc, outside, columns, rows, lang});
      await console.toMatchFrame(`night-${columns}x${rows}-${lang}`);
    });

    test('nothing is wrong, and everybody is there to say so', async () => {
      const {noc, outside} = calmNight();
      using console = openConsole({store: noc, outside, columns, rows, lang});
      await console.toMatchFrame(`calm-${columns}x${rows}-${lang}`);
    });
  });
});
