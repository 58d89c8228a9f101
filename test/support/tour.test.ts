import {readdirSync, readFileSync} from 'node:fs';
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

const ROOT = new URL('../../', import.meta.url);
const PAGES = ['README.md', ...readdirSync(new URL('docs/', ROOT)).map(name => `docs/${name}`)].filter(name =>
  name.endsWith('.md'),
);

// A frame that lost its mark, or the fence above it, would stand as running text, and no frame would ever be put over it.
test.each(PAGES)('%s: every block of code is closed, and every frame has its mark', page => {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  const blocks = /^( *)```.*\n[\s\S]*?^\1```\n/gm;
  const prose = text.replace(blocks, '');
  expect(prose).not.toContain('```');
  expect(prose).not.toMatch(/^Nocturne .*●/m);
  expect(withFrames(text)).toBe(text);
});
