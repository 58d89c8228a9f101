import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Fault} from '../../src/domain/fault.ts';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import {type Filter, parseFilter, type Vocabulary} from '../../src/view/filter.ts';
import {foldText} from '../../src/view/fold-text.ts';
import {fastestMs} from '../support/stopwatch.ts';

interface Thing {
  readonly host: string;
  readonly text: string;
  readonly severity: string | null;
  readonly bornAt: number | null;
  readonly count: number | null;
  readonly acked: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

const vocabulary: Vocabulary<Thing> = {
  fields: {
    host: {kind: 'name', of: thing => [thing.host]},
    text: {kind: 'text', of: thing => [thing.text]},
    severity: {kind: 'rank', words: ['warning', 'unknown', 'critical'], of: thing => thing.severity},
    age: {kind: 'duration', of: (thing, now) => (thing.bornAt === null ? null : now - thing.bornAt)},
    count: {kind: 'count', of: thing => thing.count},
  },
  flags: {acked: thing => thing.acked},
  label: (thing, name) => (Object.hasOwn(thing.labels, name) ? thing.labels[name] : undefined),
  haystack: thing => foldText(`${thing.host} ${thing.text}`),
};

const NOW = 10 * HOUR;

function thing(part: Partial<Thing> = {}): Thing {
  return {
    host: 'srv-db-01',
    text: 'Platte /var 97 % bei Müller',
    severity: 'critical',
    bornAt: NOW - 3 * HOUR,
    count: 4,
    acked: false,
    labels: {team: 'Netz Süd'},
    ...part,
  };
}

function matches(text: string, subject: Thing = thing()): boolean {
  return parseFilter(text, vocabulary).matches(subject, NOW);
}

function faultOf(text: string): {code: string; column: unknown} {
  try {
    parseFilter(text, vocabulary);
  } catch (error) {
    if (error instanceof Fault) return {code: error.code, column: error.values.column};
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe('a filter', () => {
  test.each([
    ['', true],
    ['platte', true],
    ['PLATTE 97', true],
    ['müller', true],
    ['mueller', true],
    ['MÜLLER', true],
    ['platte fehlt', false],
    ['!fehlt', true],
    ['!platte', false],
    ['"97 % bei"', true],
    ['"97 %  bei"', false],
    ['pla*97', true],
    ['97*pla', false],
    ['host:srv-db-01', true],
    ['host:srv-db', false],
    ['host:srv-db*', true],
    ['host:*db*', true],
    ['host:*db', false],
    ['host:web-01,srv-db-01', true],
    ['host:SRV-DB-01', true],
    ['text:/var', true],
    ['/var', true],
    ['/var/log', false],
    ['text:/var/', true],
    ['text:platte', true],
    ['text:"/var 97"', true],
    ['severity:critical', true],
    ['severity:warning,critical', true],
    ['severity>=unknown', true],
    ['severity<critical', false],
    ['age>2h', true],
    ['age>3h', false],
    ['age>=3h', true],
    ['age<1h30m', false],
    ['count>3', true],
    ['count:4', true],
    ['count<=3', false],
    ['acked', false],
    ['!acked', true],
    ['"acked"', false],
    ['label.team:"Netz Süd"', true],
    ['label.team:netz*', true],
    ['label.toString:x', false],
    ['host:/^srv-(db|web)-\\d+$/', true],
    ['host:/^web/', false],
    ['/var\\s\\d+/', true],
    ['severity:critical !acked age>2h müller', true],
  ])('%s → %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });

  test('asks nothing of what is not there: an absent value fits no comparison', () => {
    const bare = thing({severity: null, bornAt: null, count: null});
    for (const text of ['severity:critical', 'severity<critical', 'age>0s', 'age<9h', 'count<9']) {
      expect(matches(text, bare)).toBe(false);
    }
  });

  test('a flag can be asked for as a word and as its opposite', () => {
    expect(matches('acked', thing({acked: true}))).toBe(true);
    expect(matches('!acked', thing({acked: true}))).toBe(false);
  });

  test.each([
    ['foo:bar', 'FILTER_FIELD', 1],
    ['platte !nix:1', 'FILTER_FIELD', 9],
    ['constructor:x', 'FILTER_FIELD', 1],
    ['host:', 'FILTER_VALUE', 6],
    ['host: x', 'FILTER_VALUE', 6],
    ['!', 'FILTER_VALUE', 2],
    ['text:"offen', 'FILTER_QUOTE', 6],
    ['host>b', 'FILTER_OPERATOR', 1],
    ['age>bald', 'FILTER_DURATION', 5],
    ['age>2', 'FILTER_DURATION', 5],
    ['count:viele', 'FILTER_NUMBER', 7],
    ['severity:schlimm', 'FILTER_WORD', 10],
    ['host:/(/', 'FILTER_PATTERN', 6],
    [`/${'a'.repeat(201)}/`, 'FILTER_PATTERN', 1],
    ['a'.repeat(501), 'FILTER_LENGTH', 501],
  ])('%s is refused where it is wrong', (text, code, column) => {
    expect(faultOf(text)).toEqual({code, column});
  });

  test('the text of any term can be quoted, and finds itself', () => {
    fc.assert(
      fc.property(fc.string({maxLength: 100}), text => {
        const quoted = `"${text.replace(/"/g, '\\"')}"`;
        fc.pre(!text.endsWith('\\') && !text.includes('\\"'));
        expect(matches(`text:${quoted}`, thing({text: `vor ${text} nach`}))).toBe(true);
      }),
    );
  });

  test('any text at all is either read or refused with a place inside it', () => {
    fc.assert(
      fc.property(fc.string({maxLength: 60, unit: 'grapheme'}), text => {
        let filter: Filter<Thing> | null = null;
        try {
          filter = parseFilter(text, vocabulary);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          expect(error.values.column).toBeGreaterThanOrEqual(1);
          expect(error.values.column).toBeLessThanOrEqual(text.length + 1);
        }
        if (filter !== null) expect(typeof filter.matches(thing(), NOW)).toBe('boolean');
      }),
    );
  });

  test('rule 35: patterns of users stay linear, on their worst text', () => {
    const evil = thing({text: `${'a'.repeat(100_000)}!`});
    for (const pattern of ['/(a+)+$/', '/(a|a)*$/', '/(.*)*b/', '/((a{50}){50})*b/']) {
      const run = () => {
        try {
          matches(`text:${pattern}`, evil);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      };
      expect(fastestMs(run)).toBeLessThan(1000);
    }
  });

  test('rule 35: words with many stars stay linear', () => {
    const evil = thing({text: `${'a'.repeat(100_000)}!`});
    expect(fastestMs(() => expect(matches(`text:${'a*'.repeat(200)}b`, evil)).toBe(false))).toBeLessThan(100);
  });

  test('minutes and hours are what they say', () => {
    expect(matches('age>30m', thing({bornAt: NOW - 31 * MINUTE}))).toBe(true);
    expect(matches('age>30m', thing({bornAt: NOW - 30 * MINUTE}))).toBe(false);
  });
});
