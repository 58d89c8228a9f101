import {expect, test} from 'vitest';
import {withFrames} from './manual/tour.ts';

const MARK = '<!-- frame: calm-80x24-en -->\n';

test('a page gets the golden frame below its mark, once, whatever stood there', () => {
  const made = withFrames(`before\n\n${MARK}\nafter\n`);
  expect(made).toMatch(
    /^before\n\n<!-- frame: calm-80x24-en -->\n```\nNocturne [\s\S]*No open alerts[\s\S]*\n```\n\nafter\n$/,
  );
  expect(withFrames(made)).toBe(made);
  expect(withFrames(made.replace('No open alerts', 'Drifted'))).toBe(made);
});

test('a frame that is no more is an error', () => {
  expect(() => withFrames('<!-- frame: no-such-frame -->\n')).toThrow(/ENOENT/);
});
