import {type Completion, fitting, NO_COMPLETION} from './completion.ts';
import type {Vocabulary} from './filter.ts';

/** Lengths of time that people ask for. */
const DURATIONS = ['15m', '30m', '1h', '4h', '1d'];

const TERM = /(?:[^\s"]|"[^"]*"?)*$/;
const FIELD = /^(!?)([a-z][\w.-]*)(>=|<=|[:><])(.*)$/i;

/**
 * How the filter at the caret can go on: the name of a field or a flag, or a value of the field.
 *
 * @param subjects - Everything that can be filtered; asked only where values are wanted.
 */
export function completeFilter<T>(
  text: string,
  caret: number,
  vocabulary: Vocabulary<T>,
  subjects: () => Iterable<T>,
): Completion {
  const term = TERM.exec(text.slice(0, caret))?.[0] ?? '';
  const start = caret - term.length;
  const found = FIELD.exec(term);
  if (found === null) return nameCompletion(term, start, vocabulary);
  const [, negation = '', name = '', operator = '', value = ''] = found;
  const alternatives = value.startsWith('"') ? 0 : value.lastIndexOf(',') + 1;
  const typed = value.slice(alternatives).replace(/^"|"$/g, '');
  const words = fitting(typed, valuesOf(name.toLowerCase(), operator, vocabulary, subjects)).map(quoted);
  return {from: start + negation.length + name.length + operator.length + alternatives, words};
}

function nameCompletion<T>(term: string, start: number, {fields, flags}: Vocabulary<T>): Completion {
  const negation = term.startsWith('!') ? 1 : 0;
  const typed = term.slice(negation);
  if (typed.startsWith('"') || typed.startsWith('/')) return NO_COMPLETION;
  const names = Object.entries(fields).map(([name, {kind}]) => (kind === 'duration' ? `${name}>` : `${name}:`));
  return {from: start + negation, words: fitting(typed, [...names, ...Object.keys(flags)])};
}

function valuesOf<T>(
  name: string,
  operator: string,
  {fields}: Vocabulary<T>,
  subjects: () => Iterable<T>,
): Iterable<string> {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  switch (field?.kind) {
    case 'rank':
      return field.words.toReversed();
    case 'duration':
      return DURATIONS;
    case 'name': {
      if (operator !== ':') return [];
      const values = new Set<string>();
      for (const subject of subjects()) for (const value of field.of(subject)) if (value !== '') values.add(value);
      return [...values].sort();
    }
    case 'text':
    case 'count':
    case undefined:
      return [];
    default:
      return field satisfies never;
  }
}

/** A value that the filter would read as several words, in quotes. */
function quoted(value: string): string {
  return /[\s,"]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}
