/** A threshold: the value is bad outside of [start, end], or inside of it when `isInside`. Infinite ends are open. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly isInside: boolean;
}

/** One figure of a plugin. */
export interface PerfItem {
  readonly label: string;
  /** null is `U`: the plugin could not tell. */
  readonly value: number | null;
  /** `s`, `%`, `B`, `MB`, `c`, …; '' without one. */
  readonly unit: string;
  readonly warning: Range | null;
  readonly critical: Range | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** Enough for any plugin; a longer list is not read to its end. */
const MOST_ITEMS = 500;

const NUMBER = '[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?';
const VALUE = new RegExp(`^(U|${NUMBER})([A-Za-z%µ/]{0,8})$`);
const PLAIN_NUMBER = new RegExp(`^${NUMBER}$`);
const RANGE = new RegExp(`^(@?)(?:(~|${NUMBER})?:)?(${NUMBER})?$`);
const BLANK = /\s/;

function number(text: string | undefined): number | null {
  return text !== undefined && PLAIN_NUMBER.test(text) ? Number(text) : null;
}

/** `10`, `10:`, `~:10`, `@10:20`; null when it is none. Source: Monitoring Plugins Development Guidelines, "Threshold and Ranges". */
export function parseRange(text: string): Range | null {
  const match = text === '' || text === '@' ? null : RANGE.exec(text);
  if (match === null) return null;
  const [, at, start, end] = match;
  return {
    isInside: at === '@',
    start: start === '~' ? Number.NEGATIVE_INFINITY : Number(start ?? 0),
    end: end === undefined ? Number.POSITIVE_INFINITY : Number(end),
  };
}

/** The label at `at` and the place after its `=`; null when no label stands there. */
function readLabel(text: string, at: number): {readonly label: string; readonly next: number} | null {
  if (text[at] !== "'") {
    let end = at;
    while (end < text.length && text[end] !== '=' && text[end] !== "'" && !BLANK.test(text[end] ?? '')) end += 1;
    return end > at && text[end] === '=' ? {label: text.slice(at, end), next: end + 1} : null;
  }
  let label = '';
  for (let index = at + 1; index < text.length; index++) {
    if (text[index] !== "'") label += text[index];
    else if (text[index + 1] === "'") {
      label += "'";
      index += 1;
    } else return text[index + 1] === '=' && label !== '' ? {label, next: index + 2} : null;
  }
  return null;
}

function item(label: string, text: string): PerfItem | null {
  const [value = '', warning = '', critical = '', min, max] = text.split(';', 5);
  const match = VALUE.exec(value);
  if (match === null) return null;
  const [, amount = '', unit = ''] = match;
  return {
    label,
    value: amount === 'U' ? null : Number(amount),
    unit,
    warning: parseRange(warning),
    critical: parseRange(critical),
    min: number(min),
    max: number(max),
  };
}

/**
 * Reads performance data: `label=value[unit];[warn];[crit];[min];[max]`, separated by blanks, labels with blanks in quotes. An item that
 * cannot be read, for example with a decimal comma, is left out and takes no other with it; one look at each character.
 *
 * Source: Monitoring Plugins Development Guidelines, "Performance data"; integrations/nagios-plugins.md.
 */
export function parsePerfdata(text: string): readonly PerfItem[] {
  const items: PerfItem[] = [];
  let at = 0;
  while (at < text.length && items.length < MOST_ITEMS) {
    if (BLANK.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const label = readLabel(text, at);
    const from = label?.next ?? at;
    let end = from;
    while (end < text.length && !BLANK.test(text[end] ?? '')) end += 1;
    const read = label === null ? null : item(label.label, text.slice(from, end));
    if (read !== null) items.push(read);
    at = end;
  }
  return items;
}
