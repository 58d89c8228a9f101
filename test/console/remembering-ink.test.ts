import {mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build, type Plugin} from 'esbuild';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {inkPlugins} from '../bench/bundled.ts';

/** One row of text for each string, as Ink's own layout gives it out. */
type Draw = (rows: readonly string[]) => string;

const DRAW = `
import {createElement} from 'react';
import {Box, renderToString, Text} from 'ink';
export const draw = rows => renderToString(
  createElement(Box, {flexDirection: 'column', width: 30}, rows.map((row, key) => createElement(Text, {key}, row))),
);`;

async function inkWith(plugins: Plugin[]): Promise<Draw> {
  const folder = mkdtempSync(join(import.meta.dirname, '../../node_modules/.nocturne-test-'));
  try {
    const outfile = join(folder, 'draw.mjs');
    await build({
      stdin: {contents: DRAW, resolveDir: import.meta.dirname},
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      define: {'process.env.NODE_ENV': '"production"'},
      banner: {
        js: "import {createRequire as r} from 'node:module';const require = r(import.meta.url);",
      },
      plugins,
    });
    return ((await import(pathToFileURL(outfile).href)) as {readonly draw: Draw}).draw;
  } finally {
    rmSync(folder, {recursive: true});
  }
}

const piece = fc.constantFrom(
  'a',
  'Ü',
  '日',
  'é',
  '🚒',
  ' ',
  '\x1b[1m',
  '\x1b[31m',
  '\x1b[0m',
  '\u200b',
  '\n',
  'long '.repeat(8),
);
/** Few rows that come again, and many that do not: more than are remembered. */
const row = fc.oneof(
  fc.constantFrom('again', '\x1b[2magain\x1b[22m', '日本'),
  fc.array(piece, {maxLength: 12}).map(pieces => pieces.join('')),
);

test('Ink draws the same with what it remembers of earlier frames as without', async () => {
  const plugins = await inkPlugins();
  const plain = await inkWith(plugins.filter(({name}) => name !== 'ink-memory'));
  const remembering = await inkWith(plugins);
  fc.assert(
    fc.property(fc.array(row, {minLength: 1, maxLength: 30}), rows => {
      expect(remembering(rows)).toBe(plain(rows));
    }),
    {numRuns: 60},
  );
});
