// How Ink is bundled. As it comes it splits every text on the screen into styled characters for every frame, though all but a
// few stand there unchanged: half the time of a frame. In the bundle it remembers them.
import {readFile} from 'node:fs/promises';

/** Texts remembered at most, some 10 KiB each; beyond that all are forgotten. A large screen shows about 200. */
const MOST_TEXTS = 1000;

/** Their default export is a pure function of one text. */
const PURE = /\/(?:ink\/build\/sanitize-ansi|widest-line\/index)\.js$/;
/** What is behind this stays as it comes. */
const PLAIN = '?plain';

const remembering = path => `
import plain from ${JSON.stringify(path + PLAIN)};
let known = new Map();
function remembered(text) {
  let result = known.get(text);
  if (result === undefined) {
    if (known.size >= ${MOST_TEXTS}) known = new Map();
    result = plain(text);
    known.set(text, result);
  }
  return result;
}
export {remembered as default};`;

const OUTPUT = /\/ink\/build\/output\.js$/;

/**
 * Ink makes an `Output` for every frame, with caches of its own and a new blank for every cell, and cuts each text into lines.
 * Nothing changes a character or a line once it is made, so the frames can share them, and a row of the same characters has the same text.
 */
const SHARED = [
  [/caches = new OutputCaches\(\);/, 'caches = textCaches();'],
  [/row\.push\(\{\s*type: 'char',\s*value: ' ',\s*fullWidth: false,\s*styles: \[\],\s*\}\);/, 'row.push(BLANK);'],
  [
    /const characterLines = \[\[\]\];[\s\S]*?let lines = characterLines\.map\(line => styledCharsToString\(line\)\);/,
    cutting => `let lines = this.caches.lines.get(text);
      if (lines === undefined) {
        ${cutting.replace('let lines', 'lines')}
        this.caches.lines.set(text, lines);
      }`,
  ],
  // Most rows are those of the frame before, character by character.
  [
    /\.map\(line => \{(?=[^}]*?return styledCharsToString\(lineWithoutEmptyItems\)\.trimEnd\(\);\s*\}\))/,
    '.map((line, y) => rowText(line, y, () => {',
  ],
  [/return styledCharsToString\(lineWithoutEmptyItems\)\.trimEnd\(\);\s*\}\)/, whole => `${whole})`],
];

const sharing = `
const BLANK = {type: 'char', value: ' ', fullWidth: false, styles: []};
const nothing = () => Object.assign(new OutputCaches(), {lines: new Map()});
let shared = nothing();
const rows = [];
function isSameRow(a, b) {
  if (a.length !== b.length) return false;
  for (let x = 0; x < a.length; x++) if (a[x] !== b[x]) return false;
  return true;
}
function rowText(cells, y, make) {
  const before = rows[y];
  if (before !== undefined && isSameRow(before.cells, cells)) return before.text;
  const text = make();
  rows[y] = {cells, text};
  return text;
}
function textCaches() {
  if (shared.styledChars.size + shared.widths.size >= ${MOST_TEXTS}) shared = nothing();
  return shared;
}`;

const inkMemory = {
  name: 'ink-memory',
  setup(bundle) {
    bundle.onLoad({filter: PURE}, ({path, suffix}) =>
      suffix === PLAIN ? undefined : {contents: remembering(path), resolveDir: path.slice(0, path.lastIndexOf('/'))},
    );
    bundle.onLoad({filter: OUTPUT}, async ({path}) => {
      let source = await readFile(path, 'utf8');
      for (const [own, ours] of SHARED) {
        if (!own.test(source)) throw new Error(`${path} is of another Ink than bin/ink-plugins.mjs knows`);
        source = source.replace(own, ours);
      }
      return {contents: source + sharing};
    });
  },
};

/** Ink's developer tools are not installed, and an import that stays outside would be looked for at every start. */
const noDevtools = {
  name: 'no-devtools',
  setup(bundle) {
    bundle.onResolve({filter: /^react-devtools-core$/}, ({path}) => ({path, namespace: 'empty'}));
    bundle.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'module.exports = {};'}));
  },
};

/** For every bundle that has Ink in it. */
export const inkPlugins = [noDevtools, inkMemory];
