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
const QUOTE = 0x27;
const EQUALS = 0x3d;
const SPACE = 0x20;

/** Blanks, line ends and other controls separate items. */
function isBlank(text: string, at: number): boolean {
  return text.charCodeAt(at) <= SPACE;
}

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

interface Label {
  readonly label: string;
  /** Behind its `=`. */
  readonly next: number;
}

function plainLabel(text: string, at: number): Label | null {
  let end = at;
  for (; end < text.length && !isBlank(text, end); end++) {
    const code = text.charCodeAt(end);
    if (code === EQUALS) return end > at ? {label: text.slice(at, end), next: end + 1} : null;
    if (code === QUOTE) return null;
  }
  return null;
}

/** A label in quotes; `''` inside is one quote. */
function quotedLabel(text: string, at: number): Label | null {
  for (let end = text.indexOf("'", at + 1); end !== -1; end = text.indexOf("'", end + 2)) {
    if (text.charCodeAt(end + 1) === QUOTE) continue;
    if (text.charCodeAt(end + 1) !== EQUALS || end === at + 1) return null;
    return {label: text.slice(at + 1, end).replaceAll("''", "'"), next: end + 2};
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
    if (isBlank(text, at)) {
      at += 1;
      continue;
    }
    const label = text.charCodeAt(at) === QUOTE ? quotedLabel(text, at) : plainLabel(text, at);
    const from = label?.next ?? at;
    let end = from;
    while (end < text.length && !isBlank(text, end)) end += 1;
    const read = label === null ? null : item(label.label, text.slice(from, end));
    if (read !== null) items.push(read);
    at = end;
  }
  return items;
}
