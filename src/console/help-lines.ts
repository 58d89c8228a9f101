import type {Translate} from '../runtime/i18n.ts';
import {cellWidth, fitLine, wrapText} from '../view/cells.ts';
import {type Line, part} from '../view/tone.ts';
import type {Binding, ConsoleBinding} from './keymap.ts';

const GROUPS = ['act', 'look', 'move', 'app'] as const satisfies readonly Binding['group'][];

/** Wide enough for two columns of keys. */
const TWO_COLUMNS_FROM = 76;
const INDENT = 2;
/** Between a key and what it does, and between the two columns. */
const GAP = 2;

/** Every key and what it does, from the keymap, in one or two columns; what is too long for its column goes on in the next row. */
export function helpLines(width: number, bindings: readonly ConsoleBinding[], t: Translate): readonly Line[] {
  const [act, look, move, app] = GROUPS.map(group => blockOf(group, bindings, t));
  if (act === undefined || look === undefined || move === undefined || app === undefined) return [];
  const stacked = (blocks: readonly Block[], room: number): readonly Line[] =>
    blocks.flatMap((block, index) => [...(index === 0 ? [] : [[]]), ...blockLines(block, room)]);
  if (width < TWO_COLUMNS_FROM) return stacked([act, look, move, app], width);
  const [left, right] = [
    [act, app],
    [look, move],
  ];
  const rightWidth = Math.min(Math.floor(width / 2), widest(right));
  const leftWidth = Math.min(widest(left), width - rightWidth - 2 * GAP);
  const [leftLines, rightLines] = [stacked(left, leftWidth), stacked(right, rightWidth)];
  return Array.from({length: Math.max(leftLines.length, rightLines.length)}, (_, index): Line => {
    return [...fitLine(leftLines[index] ?? [], leftWidth + 2 * GAP), ...(rightLines[index] ?? [])];
  });
}

/** The keys of a group, with cells for the widest of them. */
interface Block {
  readonly title: string;
  readonly rows: readonly {readonly keys: string; readonly help: string}[];
  readonly keyCells: number;
}

function blockOf(group: Binding['group'], bindings: readonly ConsoleBinding[], t: Translate): Block {
  const rows = bindings
    .filter(binding => binding.group === group && binding.keys.length > 0)
    .map(({keys, help}) => ({keys: keys.map(key => keyLabel(key, t)).join('  '), help: t(help)}));
  const keyCells = Math.max(0, ...rows.map(({keys}) => cellWidth(keys)));
  return {title: t(`console.group.${group}`), rows, keyCells};
}

/** Cells in which no text of these blocks is broken. */
function widest(blocks: readonly Block[]): number {
  return Math.max(
    ...blocks.flatMap(({rows, keyCells}) => rows.map(({help}) => INDENT + keyCells + GAP + cellWidth(help))),
  );
}

function blockLines({title, rows, keyCells}: Block, width: number): readonly Line[] {
  const start = INDENT + keyCells + GAP;
  const lines = rows.flatMap(({keys, help}) =>
    wrapText(help, Math.max(1, width - start)).map((text, index): Line => {
      if (index > 0) return [part(`${' '.repeat(start)}${text}`)];
      return [
        part(' '.repeat(INDENT)),
        part(keys, 'key'),
        part(`${' '.repeat(start - INDENT - cellWidth(keys))}${text}`),
      ];
    }),
  );
  return [[part(title, 'dim')], ...lines];
}

/** A key as it is printed on the keyboard: `Strg+L`, `Bild ab`, `↓`. */
export function keyLabel(key: string, t: Translate): string {
  const [modifier, plain] = key.includes('+') && key.length > 1 ? key.split('+') : [null, key];
  if (modifier !== null && modifier !== undefined) {
    return `${t(`console.keyName.${modifier}`)}+${plain !== undefined && plain.length === 1 ? plain.toUpperCase() : keyLabel(plain ?? '', t)}`;
  }
  return key.length === 1 ? key : t(`console.keyName.${key}`);
}
