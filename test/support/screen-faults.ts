import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Language} from '../../src/runtime/i18n.ts';
import {headlessTerminal} from './headless-terminal.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where the texts of the nights stand that the golden frames show. */
const NIGHTS = ['test/console', 'test/support'];
/** Shorter ones begin too many words. */
const LEAST_LETTERS = 4;

/**
 * Words on the screen that are the beginning of a word of ours and no word themselves, without the `…` of a cut.
 *
 * @param lines - Rows of the screen.
 */
export function cutWords(lines: readonly string[], lang: Language): readonly string[] {
  const words = wordsOf(lang);
  const shown = lines.flatMap(line => [...line.matchAll(/(\p{L}+)(…?)/gu)]);
  return shown.flatMap(([, word = '', cut]) => {
    const lower = word.toLowerCase();
    if (cut !== '' || lower.length < LEAST_LETTERS || words.whole.has(lower)) return [];
    return words.beginnings.has(lower) ? [word] : [];
  });
}

/**
 * What Ink drew outside a screen of that size, as `row:text`. Ink's frames are drawn once more, on a terminal that is larger.
 *
 * @param drawn - Everything that Ink has written, in pieces.
 */
export function cellsOutside(
  drawn: readonly string[],
  {columns, rows}: {readonly columns: number; readonly rows: number},
): readonly string[] {
  using larger = headlessTerminal(columns + MARGIN, rows + MARGIN);
  // A line feed alone is what Ink ends its rows with.
  for (const text of drawn) void larger.write(text.replaceAll('\n', '\r\n'));
  return larger.lines().flatMap((line, row) => {
    const outside = row < rows ? line.slice(columns).trimEnd() : line.trimEnd();
    return outside === '' ? [] : [`${row}:${outside}`];
  });
}

const MARGIN = 40;

interface Words {
  readonly whole: ReadonlySet<string>;
  readonly beginnings: ReadonlySet<string>;
}

const known = new Map<Language, Words>();

function wordsOf(lang: Language): Words {
  const words = known.get(lang) ?? readWords(lang);
  known.set(lang, words);
  return words;
}

function readWords(lang: Language): Words {
  const files = [`config/locales/${lang}`, ...NIGHTS].flatMap(folder =>
    readdirSync(join(ROOT, folder), {withFileTypes: true})
      .filter(entry => entry.isFile())
      .map(entry => join(ROOT, folder, entry.name)),
  );
  const whole = new Set(
    files.flatMap(file =>
      [
        ...readFileSync(file, 'utf8')
          .toLowerCase()
          .matchAll(/\p{L}+/gu),
      ].map(([word]) => word),
    ),
  );
  const beginnings = new Set<string>();
  for (const word of whole) {
    for (let length = LEAST_LETTERS; length < word.length; length++) beginnings.add(word.slice(0, length));
  }
  return {whole, beginnings};
}
