import type {Random} from '../../src/runtime/outside.ts';

/** One cell as a program draws it; `''` after a wide glyph. */
export interface DrawnCell {
  readonly glyph: string;
  /** SGR parameters from the plain style. */
  readonly style: string;
}

export type Frame = readonly (readonly DrawnCell[])[];

const STYLES = [
  '',
  '',
  '',
  '',
  '1',
  '2',
  '3',
  '4',
  '7',
  '9',
  '31',
  '32',
  '91',
  '44',
  '103',
  '1;31',
  '2;3',
  '7;32',
  '4;9;35',
  '38;5;200',
  '48;5;17',
  '38;2;1;2;3',
  '38;2;250;128;114;48;2;0;0;64',
  '1;7;33',
  '53',
  '8',
  '5',
  '38;5;1',
];
const GLYPHS = [
  ...' ',
  ...' ',
  ...' ',
  ...'abcdefgXYZ0123',
  ...'─│┌┐▁▂▃█▲●○✓–…',
  'ä',
  'ß',
  '漢',
  '字',
  '한',
  '👍',
  '🚒',
  'e\u0323',
  'a\u0316\u0301',
  '⚠',
  'कि',
];
const WIDE = new Set(['漢', '字', '한', '👍', '🚒', 'कि']);

const BLANK: DrawnCell = {glyph: ' ', style: ''};

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random.next() * values.length)];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
}

function upTo(random: Random, end: number): number {
  return Math.floor(random.next() * end);
}

/** A row of stretches: one style each, some of one glyph again and again, as rules and bars are. */
function randomRow(random: Random, columns: number): DrawnCell[] {
  const row: DrawnCell[] = [];
  while (row.length < columns) {
    const style = pick(random, STYLES);
    const length = 1 + upTo(random, 12);
    const same = random.next() < 0.4 ? pick(random, GLYPHS) : null;
    for (let cell = 0; cell < length && row.length < columns; cell++) {
      const glyph = same ?? pick(random, GLYPHS);
      if (!WIDE.has(glyph)) row.push({glyph, style});
      else if (row.length + 1 < columns) row.push({glyph, style}, {glyph: '', style});
    }
  }
  return row;
}

/** Half glyphs at the edges of an edit become blanks, as Ink leaves them. */
function mended(row: readonly DrawnCell[], columns: number): DrawnCell[] {
  return Array.from({length: columns}, (_, column) => {
    const cell = row[column] ?? BLANK;
    const isWide = WIDE.has(cell.glyph);
    if (cell.glyph === '' && !WIDE.has(row[column - 1]?.glyph ?? '')) return {...cell, glyph: ' '};
    if (isWide && (row[column + 1]?.glyph !== '' || column + 1 >= columns)) return {...cell, glyph: ' '};
    return cell;
  });
}

export function randomFrame(random: Random, columns: number, rows: number): Frame {
  return Array.from({length: rows}, () => (random.next() < 0.2 ? [] : randomRow(random, columns))).map(row =>
    mended(row, columns),
  );
}

type Edit = (random: Random, frame: readonly DrawnCell[][], columns: number) => DrawnCell[][];

const EDITS: readonly Edit[] = [
  // A clock ticks: few cells of one row.
  (random, frame, columns) => {
    const row = upTo(random, frame.length);
    const from = upTo(random, columns);
    const fresh = randomRow(random, columns);
    const end = from + 1 + upTo(random, 5);
    return frame.map((cells, at) =>
      at === row
        ? cells.map((cell, column) => (column >= from && column < end ? (fresh[column] ?? BLANK) : cell))
        : [...cells],
    );
  },
  // The cursor row: all of a row in another style.
  (random, frame) => {
    const row = upTo(random, frame.length);
    const style = pick(random, STYLES);
    return frame.map((cells, at) => (at === row ? cells.map(cell => ({...cell, style})) : [...cells]));
  },
  // A list scrolls, or a row comes in.
  (random, frame, columns) => {
    const top = upTo(random, frame.length);
    const count = 1 + upTo(random, 3);
    const fresh = Array.from({length: count}, () => randomRow(random, columns));
    const moved = random.next() < 0.5 ? frame.slice(top + count).concat(fresh) : fresh.concat(frame.slice(top));
    return [...frame.slice(0, top), ...moved].slice(0, frame.length).map(cells => [...cells]);
  },
  // A row ends earlier, or is gone.
  (random, frame, columns) => {
    const row = upTo(random, frame.length);
    const end = upTo(random, columns);
    return frame.map((cells, at) => (at === row ? cells.slice(0, end) : [...cells]));
  },
];

/** The frame a moment later: a few small changes, sometimes something else altogether. */
export function nextFrame(random: Random, frame: Frame, columns: number, rows: number): Frame {
  if (random.next() < 0.05) return randomFrame(random, columns, rows);
  let rowsOfCells = Array.from({length: rows}, (_, row) => mended(frame[row] ?? [], columns));
  for (let edits = 1 + upTo(random, 3); edits > 0; edits--) {
    rowsOfCells = pick(random, EDITS)(random, rowsOfCells, columns).map(cells => mended(cells, columns));
  }
  while (rowsOfCells.length < rows) rowsOfCells.push(mended([], columns));
  return rowsOfCells;
}

/** A row as Ink writes it: a style where it changes, nothing behind the last glyph. */
export function rowText(row: readonly DrawnCell[]): string {
  let text = '';
  let style = '';
  for (const cell of row) {
    if (cell.glyph === '') continue;
    if (cell.style !== style) text += `\x1b[0${cell.style === '' ? '' : `;${cell.style}`}m`;
    style = cell.style;
    text += cell.glyph;
  }
  return (text + (style === '' ? '' : '\x1b[0m')).trimEnd();
}
