import {describe, expect, test} from 'vitest';
import type {Vocabulary} from '../../src/view/filter.ts';
import {completeFilter} from '../../src/view/filter-completion.ts';

interface Thing {
  readonly customer: string;
  readonly severity: string;
}

const VOCABULARY: Vocabulary<Thing> = {
  fields: {
    customer: {kind: 'name', of: ({customer}) => [customer]},
    severity: {kind: 'rank', words: ['warning', 'unknown', 'critical'], of: ({severity}) => severity},
    summary: {kind: 'text', of: () => []},
    age: {kind: 'duration', of: () => 0},
  },
  flags: {acked: () => false},
  label: null,
  haystack: () => '',
};

const THINGS: readonly Thing[] = [
  {customer: 'Müller Maschinenbau', severity: 'critical'},
  {customer: 'hofer', severity: 'warning'},
];

/** What the filter becomes when the first offer is taken; `|` is the caret. */
function completed(text: string): string {
  const caret = text.indexOf('|');
  const plain = text.replace('|', '');
  const {from, words} = completeFilter(plain, caret, VOCABULARY, () => THINGS);
  return words[0] === undefined ? text : `${plain.slice(0, from)}${words[0]}|${plain.slice(caret)}`;
}

describe('completion of a filter', () => {
  test.each([
    ['cu|', 'customer:|'],
    ['!ac|', '!acked|'],
    ['customer:hof|', 'customer:hofer|'],
    ['customer:muell|', 'customer:"Müller Maschinenbau"|'],
    ['!customer:h| acked', '!customer:hofer| acked'],
    ['severity:|', 'severity:critical|'],
    ['severity:critical,w|', 'severity:critical,warning|'],
    ['severity>=u|', 'severity>=unknown|'],
    ['ag|', 'age>|'],
    ['age>|', 'age>15m|'],
    ['acked sev|', 'acked severity:|'],
    ['customer:"Müller M|', 'customer:"Müller Maschinenbau"|'],
  ])('%s goes on as %s', (typed, wanted) => {
    expect(completed(typed)).toBe(wanted);
  });

  test.each(['summary:x|', '"Platte|', '/web|', 'gibtesnicht:|'])('%s is left alone', typed => {
    expect(completed(typed)).toBe(typed);
  });
});
