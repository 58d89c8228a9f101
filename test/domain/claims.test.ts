import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {alertState} from '../../src/domain/alert.ts';
import type {AlertObservation} from '../../src/domain/observation.ts';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import {alertOf, DISK, evening, message, pass, START, types} from './support/reports.ts';
import {plain} from './support/text.ts';

describe('what upstreams say of one check (CO-1)', () => {
  test('a message that comes again changes nothing', () => {
    const collector = evening();
    expect(types(message(collector, {startedAt: START}))).toEqual(['alert.opened']);
    pass(collector, 240);
    expect(message(collector, {startedAt: START})).toEqual([]);
    message(collector, {status: 'resolved', startedAt: START, endedAt: collector.now});
    const end = {status: 'resolved', startedAt: START, endedAt: collector.now} as const;
    expect(message(collector, end)).toEqual([]);
  });

  test('a new start, severity or summary counts on the same alert', () => {
    const collector = evening();
    message(collector, {startedAt: START, severity: 'warning'});
    expect(types(message(collector, {startedAt: START, severity: 'critical'}))).toEqual(['alert.updated']);
    message(collector, {startedAt: START, severity: 'critical', summary: plain('disk fuller')});
    message(collector, {startedAt: START + 1, severity: 'warning'});
    expect(alertOf(collector)).toMatchObject({
      count: 4,
      severity: 'warning',
      maxSeverity: 'critical',
      summary: 'disk full',
    });
    expect(collector.state.alerts.size).toBe(1);
  });

  test('two upstreams speak of one alert: as bad as the worst, over when both say so', () => {
    const collector = evening();
    message(collector, {key: 'am:1', severity: 'warning', summary: plain('disk 90 %'), startedAt: START});
    message(collector, {key: 'zabbix:7', severity: 'critical', summary: plain('disk 99 %'), startedAt: START});
    expect(alertOf(collector)).toMatchObject({severity: 'critical', summary: 'disk 99 %'});
    message(collector, {key: 'am:1', severity: 'warning', summary: plain('disk 91 %'), startedAt: START});
    expect(alertOf(collector)).toMatchObject({severity: 'critical', summary: 'disk 99 %'});
    message(collector, {key: 'zabbix:7', status: 'resolved', startedAt: START, endedAt: START + 1});
    expect(alertOf(collector)).toMatchObject({condition: 'firing', severity: 'warning', summary: 'disk 91 %'});
    message(collector, {key: 'am:1', status: 'resolved', startedAt: START, endedAt: START + 1});
    expect(alertOf(collector)).toMatchObject({condition: 'resolved', count: 3});
  });

  test('the repeats of two upstreams do not take turns in changing the alert', () => {
    const collector = evening();
    const one = {key: 'am:1', summary: plain('one'), startedAt: START};
    const two = {key: 'am:2', summary: plain('two'), startedAt: START};
    message(collector, one);
    message(collector, two);
    expect([...message(collector, one), ...message(collector, two), ...message(collector, one)]).toEqual([]);
  });

  test('the end of something unknown is ignored, and remembered for a beginning that comes late', () => {
    const collector = evening();
    expect(message(collector, {status: 'resolved', startedAt: START, endedAt: START + MINUTE})).toEqual([]);
    pass(collector, 90);
    expect(message(collector, {startedAt: START})).toEqual([]);
    expect(types(message(collector, {startedAt: START + 2 * MINUTE}))).toEqual(['alert.opened']);
  });

  test('an older message never overwrites a newer one', () => {
    const collector = evening();
    message(collector, {startedAt: START + 5, severity: 'critical'});
    expect(message(collector, {startedAt: START, severity: 'warning'})).toEqual([]);
    expect(message(collector, {status: 'resolved', startedAt: START, endedAt: START + 4})).toEqual([]);
    expect(alertOf(collector)).toMatchObject({condition: 'firing', severity: 'critical'});
  });

  test('an end without a start of its own ends what is known', () => {
    const collector = evening();
    message(collector, {startedAt: START});
    pass(collector, 60);
    message(collector, {status: 'resolved', startedAt: collector.now, endedAt: null});
    expect(alertOf(collector).condition).toBe('resolved');
  });

  test('an end from the far future does not swallow the next life', () => {
    const collector = evening();
    message(collector, {startedAt: START});
    message(collector, {status: 'resolved', startedAt: START, endedAt: START + 1000 * HOUR});
    expect(alertOf(collector).condition).toBe('resolved');
    pass(collector, 2 * 3600);
    expect(types(message(collector))).toEqual(['alert.opened']);
  });

  test('the end of a life is known after a restart too, as long as the alert may come back', () => {
    const collector = evening();
    message(collector, {startedAt: START});
    message(collector, {status: 'resolved', startedAt: START, endedAt: START + 1});
    collector.memories.clear();
    expect(message(collector, {startedAt: START})).toEqual([]);
  });

  test('hundreds of claims on one check keep an alert that fits a frame, and as bad as the worst', () => {
    const collector = evening();
    for (let n = 0; n < 300; n++) message(collector, {key: `am:${n}`, severity: n === 3 ? 'critical' : 'warning'});
    const alert = alertOf(collector);
    expect(alert.severity).toBe('critical');
    expect(JSON.stringify(alert).length).toBeLessThan(32_768);
  });

  test('alerts of two customers never meet, whatever they are called', () => {
    const collector = evening();
    message(collector, {address: {...DISK, customer: 'a|b', site: 'c'}});
    message(collector, {address: {...DISK, customer: 'a', site: 'b|c'}});
    expect(collector.state.alerts.size).toBe(2);
  });
});

/** Lives of one claim, in the order in which they happened: each begins after the one before has ended. */
const lives = fc
  .array(fc.record({gap: fc.integer({min: 1, max: 50}), length: fc.integer({min: 0, max: 50})}), {
    minLength: 1,
    maxLength: 4,
  })
  .map(list => {
    let clock = START;
    return list.map(({gap, length}) => {
      const startedAt = clock + gap;
      clock = startedAt + length;
      return {startedAt, endedAt: clock};
    });
  });

type Said = Partial<AlertObservation>;

/** All messages of both claimants, each claimant's last life perhaps still going on. */
const conversation = fc.tuple(lives, lives, fc.boolean(), fc.boolean()).map(([one, two, isOneOver, isTwoOver]) => {
  const say = (key: string, list: readonly {startedAt: number; endedAt: number}[], isOver: boolean): readonly Said[] =>
    list.flatMap(({startedAt, endedAt}, index) => [
      {key, startedAt},
      ...(isOver || index < list.length - 1 ? [{key, startedAt, endedAt, status: 'resolved' as const}] : []),
    ]);
  return {messages: [...say('am:1', one, isOneOver), ...say('am:2', two, isTwoOver)], isOver: isOneOver && isTwoOver};
});

describe('laws of upstream messages', () => {
  test('any order, with any repeats, ends in the same condition (CO-1, AL-4)', () => {
    const orders = conversation.chain(({messages, isOver}) =>
      fc.record({
        isOver: fc.constant(isOver),
        order: fc.tuple(
          fc.shuffledSubarray([...messages], {minLength: messages.length}),
          fc.array(fc.constantFrom(...messages), {maxLength: 6}),
        ),
      }),
    );
    fc.assert(
      fc.property(orders, ({isOver, order: [first, repeats]}) => {
        const collector = evening();
        collector.now = START + HOUR;
        for (const said of [...first, ...repeats]) message(collector, said);
        const firing = [...collector.state.alerts.values()].filter(alert => alertState(alert) === 'open');
        expect(firing).toHaveLength(isOver ? 0 : 1);
      }),
      {numRuns: 500},
    );
  });

  test('whatever was said, saying it again changes nothing (AL-4)', () => {
    fc.assert(
      fc.property(conversation, ({messages}) => {
        const collector = evening();
        collector.now = START + HOUR;
        for (const said of messages) message(collector, said);
        expect(messages.flatMap(said => types(message(collector, said)))).toEqual([]);
      }),
    );
  });
});
