import {RE2JS} from 're2js';
import {Fault} from '../domain/fault.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import {parseDuration} from '../runtime/duration.ts';
import {type Operator, parseTerms, type Term, type TermValue} from './filter-terms.ts';
import {foldText} from './fold-text.ts';

/**
 * One field that a filter can ask for.
 *
 * `name` must fit whole (or by `*`), `text` is looked for inside, `rank` has words in ascending order, `duration` and
 * `count` are compared; an absent value (null) fits nothing.
 */
export type Field<T> =
  | {readonly kind: 'name'; readonly of: (subject: T) => readonly string[]}
  | {readonly kind: 'text'; readonly of: (subject: T) => readonly string[]}
  | {readonly kind: 'rank'; readonly words: readonly string[]; readonly of: (subject: T) => string | null}
  | {readonly kind: 'duration'; readonly of: (subject: T, now: Instant) => DurationMs | null}
  | {readonly kind: 'count'; readonly of: (subject: T) => number | null};

/** What can be asked about one kind of thing. */
export interface Vocabulary<T> {
  readonly fields: Readonly<Record<string, Field<T>>>;
  /** Bare words with a meaning: `acked`, `stale`. */
  readonly flags: Readonly<Record<string, (subject: T) => boolean>>;
  /** `label.NAME:value`. */
  readonly label: ((subject: T, name: string) => string | undefined) | null;
  /** Everything that a bare word is looked for in, folded by `foldText`. */
  readonly haystack: (subject: T) => string;
}

/** A filter ready to ask. All of its terms must hold; the empty one lets everything through. */
export interface Filter<T> {
  readonly text: string;
  readonly isEmpty: boolean;
  matches(subject: T, now: Instant): boolean;
}

type Test<T> = (subject: T, now: Instant) => boolean;

/** A pattern longer than this is refused; RE2 keeps the time linear in the text (security rule 35). */
const MAX_PATTERN_LENGTH = 200;
/** A pattern looks at this many characters of a text. */
const MAX_PATTERN_INPUT = 2000;

/**
 * Reads a filter as people type it.
 *
 * @throws {Fault} those of `parseTerms`; `FILTER_FIELD` for a field nobody knows, `FILTER_OPERATOR` for a comparison that
 *   makes no sense, `FILTER_DURATION`, `FILTER_NUMBER`, `FILTER_WORD` for values of the wrong kind, `FILTER_PATTERN` for a
 *   broken or too long pattern. Each carries `values.column`, from 1.
 */
export function parseFilter<T>(text: string, vocabulary: Vocabulary<T>): Filter<T> {
  const tests = parseTerms(text).map(term => compile(term, vocabulary));
  return {
    text: text.trim(),
    isEmpty: tests.length === 0,
    matches: (subject, now) => tests.every(test => test(subject, now)),
  };
}

function compile<T>(term: Term, vocabulary: Vocabulary<T>): Test<T> {
  const test = term.field === null ? bareTest(term.value, vocabulary) : fieldTest(term.field, term.value, vocabulary);
  return term.negated ? (subject, now) => !test(subject, now) : test;
}

function bareTest<T>(value: TermValue, vocabulary: Vocabulary<T>): Test<T> {
  if (value.kind === 'words' && value.words.length === 1) {
    const name = value.words[0]?.toLowerCase() ?? '';
    if (Object.hasOwn(vocabulary.flags, name)) {
      const flag = vocabulary.flags[name];
      if (flag !== undefined) return flag;
    }
  }
  const fits = textTest(value, 'inside');
  return subject => fits(vocabulary.haystack(subject));
}

function fieldTest<T>(field: NonNullable<Term['field']>, value: TermValue, vocabulary: Vocabulary<T>): Test<T> {
  const name = field.name.toLowerCase();
  if (vocabulary.label !== null && name.startsWith('label.')) {
    const label = vocabulary.label;
    const key = field.name.slice('label.'.length);
    requireEquality(field.operator, field.name, field.column);
    const fits = textTest(value, 'whole');
    return subject => {
      const text = label(subject, key);
      return text !== undefined && fits(text);
    };
  }
  const known = Object.hasOwn(vocabulary.fields, name) ? vocabulary.fields[name] : undefined;
  if (known === undefined) {
    const fields = Object.keys(vocabulary.fields).join(', ');
    throw new Fault('FILTER_FIELD', `no field ${field.name} (column ${field.column}); there are: ${fields}`, {
      column: field.column,
      field: field.name,
      fields,
    });
  }
  switch (known.kind) {
    case 'name':
    case 'text': {
      requireEquality(field.operator, field.name, field.column);
      const fits = textTest(value, known.kind === 'name' ? 'whole' : 'inside');
      return subject => known.of(subject).some(fits);
    }
    case 'rank':
      return rankTest(known, field.operator, value);
    case 'duration': {
      const limit = durationOf(value);
      return (subject, now) => compare(known.of(subject, now), field.operator, limit);
    }
    case 'count': {
      const limit = numberOf(value);
      return subject => compare(known.of(subject), field.operator, limit);
    }
    default:
      return known satisfies never;
  }
}

function rankTest<T>(field: Extract<Field<T>, {kind: 'rank'}>, operator: Operator, value: TermValue): Test<T> {
  const wanted = (value.kind === 'words' ? value.words : [value.kind === 'exact' ? value.text : value.source]).map(
    word => {
      const rank = field.words.indexOf(word.toLowerCase());
      if (rank >= 0) return rank;
      const words = field.words.join(', ');
      throw new Fault('FILTER_WORD', `${word} at column ${value.column} is none of: ${words}`, {
        column: value.column,
        word,
        words,
      });
    },
  );
  return subject => {
    const word = field.of(subject);
    if (word === null) return false;
    const rank = field.words.indexOf(word);
    return wanted.some(limit => compare(rank, operator, limit));
  };
}

function compare(value: number | null, operator: Operator, limit: number): boolean {
  if (value === null) return false;
  switch (operator) {
    case ':':
      return value === limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    default:
      return operator satisfies never;
  }
}

function requireEquality(operator: Operator, field: string, column: number): void {
  if (operator === ':') return;
  throw new Fault('FILTER_OPERATOR', `${field} (column ${column}) can only be asked with a colon`, {column, field});
}

function durationOf(value: TermValue): DurationMs {
  const text = plainText(value);
  const duration = parseDuration(text);
  if (duration === null) {
    throw new Fault('FILTER_DURATION', `${text} at column ${value.column} is no duration like 30m or 2h`, {
      column: value.column,
      value: text,
    });
  }
  return duration;
}

function numberOf(value: TermValue): number {
  const text = plainText(value);
  if (!/^\d{1,9}$/.test(text)) {
    throw new Fault('FILTER_NUMBER', `${text} at column ${value.column} is no number`, {
      column: value.column,
      value: text,
    });
  }
  return Number(text);
}

function plainText(value: TermValue): string {
  switch (value.kind) {
    case 'words':
      return value.words.join(',');
    case 'exact':
      return value.text;
    case 'pattern':
      return value.source;
    default:
      return value satisfies never;
  }
}

/** `whole`: the text must be the word; `inside`: it must contain it. Both without case, with `*` for any run. */
function textTest(value: TermValue, where: 'whole' | 'inside'): (text: string) => boolean {
  switch (value.kind) {
    case 'words': {
      const tests = value.words.map(word => wordTest(foldText(word), where));
      return text => {
        const folded = foldText(text);
        return tests.some(test => test(folded));
      };
    }
    case 'exact': {
      const wanted = foldText(value.text);
      return where === 'whole' ? text => foldText(text) === wanted : text => foldText(text).includes(wanted);
    }
    case 'pattern': {
      const pattern = compilePattern(value.source, value.column);
      return text => pattern.matcher(text.slice(0, MAX_PATTERN_INPUT)).find();
    }
    default:
      return value satisfies never;
  }
}

function wordTest(word: string, where: 'whole' | 'inside'): (folded: string) => boolean {
  if (!word.includes('*')) return where === 'whole' ? text => text === word : text => text.includes(word);
  const pieces = word.split('*');
  return text => globMatches(text, pieces, where === 'inside');
}

/** Do the pieces stand in `text` in their order? Greedy from the left, so linear. */
function globMatches(text: string, pieces: readonly string[], isLoose: boolean): boolean {
  const first = pieces[0] ?? '';
  const last = pieces[pieces.length - 1] ?? '';
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const isLast = index === pieces.length - 1;
    if (isLast && !isLoose) return text.length - last.length >= at && text.endsWith(last);
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    if (index === 0 && !isLoose && !text.startsWith(first)) return false;
    at = found + piece.length;
  }
  return true;
}

function compilePattern(source: string, column: number): RE2JS {
  if (source.length > MAX_PATTERN_LENGTH) {
    throw new Fault('FILTER_PATTERN', `a pattern has at most ${MAX_PATTERN_LENGTH} characters`, {column});
  }
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  } catch {
    throw new Fault('FILTER_PATTERN', `the pattern at column ${column} cannot be read`, {column});
  }
}
