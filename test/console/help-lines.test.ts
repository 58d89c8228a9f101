import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {helpLines} from '../../src/console/help-lines.ts';
import {keymap} from '../../src/console/keymap.ts';
import {createTranslate, type Language} from '../../src/runtime/i18n.ts';
import {lineWidth} from '../../src/view/cells.ts';

const LANGUAGES: readonly Language[] = ['de', 'en'];

describe('the help', () => {
  test.each(LANGUAGES)('names every key and all that it does, in %s, however wide the screen is', lang => {
    const t = createTranslate(lang);
    fc.assert(
      fc.property(fc.integer({min: 36, max: 300}), width => {
        const lines = helpLines(width, keymap, t);
        expect(Math.max(...lines.map(lineWidth))).toBeLessThanOrEqual(width);
        const words = new Set(lines.flatMap(line => line.flatMap(({text}) => text.split(/\s+/))));
        for (const {help} of keymap) for (const word of t(help).split(' ')) expect(words).toContain(word);
      }),
      {numRuns: 30},
    );
  });
});
