import type {Translate} from '../runtime/i18n.ts';
import {cellWidth, fitLine} from '../view/cells.ts';
import {type Line, part} from '../view/tone.ts';
import type {Binding, ConsoleBinding} from './keymap.ts';

const GROUPS = ['act', 'look', 'move', 'app'] as const satisfies readonly Binding['group'][];

/** Wide enough for two columns of keys. */
const TWO_COLUMNS_FROM = 76;
const KEY_CELLS = 14;

/** Every key and what it does, from the keymap, in one or two columns. */
export function helpLines(width: number, bindings: readonly ConsoleBinding[], t: Translate): readonly Line[] {
  const blocks = GROUPS.map(group => block(group, bindings, t));
  if (width < TWO_COLUMNS_FROM) return blocks.flatMap((lines, index) => (index === 0 ? lines : [[], ...lines]));
  const half = Math.floor((width - 4) / 2);
  const [act = [], look = [], move = [], app = []] = blocks;
  const left = [...act, [], ...app];
  const right = [...look, [], ...move];
  return Array.from({length: Math.max(left.length, right.length)}, (_, index): Line => {
    return [...fitLine(left[index] ?? [], half), ...(right[index] ?? [])];
  });
}

function block(group: Binding['group'], bindings: readonly ConsoleBinding[], t: Translate): readonly Line[] {
  const rows = bindings
    .filter(binding => binding.group === group && binding.keys.length > 0)
    .map(binding => helpLine(binding, t));
  return [[part(t(`console.group.${group}`), 'dim')], ...rows];
}

function helpLine({keys, help}: Binding, t: Translate): Line {
  const names = keys.map(key => keyLabel(key, t)).join('  ');
  const gap = ' '.repeat(Math.max(1, KEY_CELLS - cellWidth(names)));
  return [part(`  ${names}`, 'key'), part(`${gap}${t(help)}`)];
}

/** A key as it is printed on the keyboard: `Strg+L`, `Bild ab`, `↓`. */
export function keyLabel(key: string, t: Translate): string {
  const [modifier, plain] = key.includes('+') && key.length > 1 ? key.split('+') : [null, key];
  if (modifier !== null && modifier !== undefined) {
    return `${t(`console.keyName.${modifier}`)}+${plain !== undefined && plain.length === 1 ? plain.toUpperCase() : keyLabel(plain ?? '', t)}`;
  }
  return key.length === 1 ? key : t(`console.keyName.${key}`);
}
