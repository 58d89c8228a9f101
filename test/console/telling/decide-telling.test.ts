import {describe, expect, test} from 'vitest';
import {decideTellings, NOTHING_TOLD} from '../../../src/console/telling/decide-telling.ts';
import {type TellingRules, tellingRules} from '../../../src/console/telling/telling-rules.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';
import {readSettings} from '../../../src/runtime/settings.ts';
import {virtualOutside} from '../../support/clock.ts';
import {VirtualNoc} from '../../support/virtual-noc.ts';
import {acknowledged, customerDefined, raised} from '../night.ts';

const EVERYTHING: TellingRules = {rules: [{matches: () => true, ways: ['bell']}], quiet: null, sound: null};

function watch(rules: TellingRules = EVERYTHING) {
  const outside = virtualOutside();
  const noc = new VirtualNoc(outside);
  noc.addCollector('berlin', {state: null});
  let memory = NOTHING_TOLD;
  const look = (): readonly string[] => {
    const decision = decideTellings(memory, noc.getSnapshot(), rules, outside.clock.now());
    memory = decision.memory;
    return decision.tellings.map(({entry, reason}) => `${reason} ${entry.alert.host}`);
  };
  return {outside, noc, look};
}

const disk = {n: 1, customer: 'mueller', host: 'srv-db-01', summary: 'Platte voll'} as const;

describe('what is told', () => {
  test('a first picture shows what was there before: nothing of it is told', () => {
    const {noc, look} = watch();
    noc.append('berlin', [customerDefined('mueller', 'Müller'), raised(disk)]);
    expect(look()).toEqual([]);
    noc.append('berlin', [raised({...disk, n: 2, host: 'fw-01'})]);
    expect(look()).toEqual(['new fw-01']);
  });

  test('nothing is told twice, also not after another snapshot of the same', () => {
    const {noc, look} = watch();
    noc.append('berlin', [customerDefined('mueller', 'Müller')]);
    look();
    noc.append('berlin', [raised(disk)]);
    expect(look()).toEqual(['new srv-db-01']);
    expect(look()).toEqual([]);
    const {state} = noc.collector('berlin');
    noc.change('berlin', {state: state === null ? null : {...state}});
    expect(look()).toEqual([]);
  });

  test('what came while the link was down is told when it is back', () => {
    const {noc, look} = watch();
    noc.append('berlin', [customerDefined('mueller', 'Müller')]);
    look();
    noc.change('berlin', {link: 'down'});
    expect(look()).toEqual([]);
    noc.append('berlin', [raised(disk)]);
    noc.change('berlin', {link: 'live'});
    expect(look()).toEqual(['new srv-db-01']);
  });

  test('the first picture of another history is only remembered', () => {
    const {noc, look} = watch();
    noc.append('berlin', [customerDefined('mueller', 'Müller'), raised(disk)]);
    look();
    const other = watch();
    other.noc.append('berlin', [raised({...disk, n: 9, host: 'web-02'})]);
    noc.change('berlin', {state: other.noc.collector('berlin').state});
    expect(look()).toEqual([]);
  });

  test('what is suppressed is not told until nothing holds it back', () => {
    const {noc, look} = watch();
    noc.append('berlin', [customerDefined('mueller', 'Müller')]);
    look();
    noc.append('berlin', [raised({...disk, suppressed: ['downtime']})]);
    expect(look()).toEqual([]);
  });

  test('an acknowledged alert is told to nobody', () => {
    const {noc, outside, look} = watch();
    noc.append('berlin', [customerDefined('mueller', 'Müller')]);
    look();
    noc.append('berlin', [raised(disk), acknowledged(1, 'Ben', outside.clock.now())], {by: 'Ben'});
    expect(look()).toEqual([]);
  });

  test('NO-1: quiet hours hold it back until their end, and only while it still needs a hand', () => {
    const quiet = {timeZone: 'Europe/Berlin', startMs: 22 * HOUR, endMs: 6 * HOUR};
    const {noc, outside, look} = watch({...EVERYTHING, quiet});
    noc.append('berlin', [customerDefined('mueller', 'Müller')]);
    look();
    noc.append('berlin', [
      raised({...disk, severity: 'warning'}),
      raised({...disk, n: 2, host: 'web-02', severity: 'warning'}),
      raised({...disk, n: 3, host: 'fw-01', severity: 'critical'}),
    ]);
    expect(look()).toEqual(['new fw-01']);
    noc.append('berlin', [acknowledged(2, 'Ben', outside.clock.now())], {by: 'Ben'});
    expect(look()).toEqual([]);
    outside.advance(5 * HOUR);
    expect(look()).toEqual(['new srv-db-01']);
    outside.advance(24 * HOUR + MINUTE);
    expect(look()).toEqual([]);
  });

  test('rules go by severity, customer and filter; the first that fits counts', () => {
    const settings = readSettings('/nonexistent/config.json');
    const rules = tellingRules({
      filters: [{key: '', name: 'db', filter: 'host:srv-*'}],
      tell: {
        ...settings.tell,
        rules: [
          {severity: 'warning', customers: ['mueller'], filter: 'db', ways: []},
          {severity: 'critical', customers: [], filter: null, ways: ['bell']},
        ],
      },
    });
    const {noc, look} = watch(rules);
    noc.append('berlin', [customerDefined('mueller', 'Müller')]);
    look();
    noc.append('berlin', [
      raised(disk),
      raised({...disk, n: 2, host: 'fw-01'}),
      raised({...disk, n: 3, host: 'fw-02', severity: 'warning'}),
    ]);
    expect(look()).toEqual(['new fw-01']);
  });
});
