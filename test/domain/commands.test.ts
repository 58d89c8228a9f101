import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {alertState} from '../../src/domain/alert.ts';
import type {CommandBody} from '../../src/domain/command.ts';
import {decideCommand} from '../../src/domain/decide-command.ts';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import {night, playNight} from './support/night.ts';
import {alertOf, DISK, evening, message, pass, result, START, types} from './support/reports.ts';
import {plain} from './support/text.ts';

/** A collector with one open critical alert, and its id. */
function withAlert(severity: 'warning' | 'critical' = 'critical') {
  const collector = evening();
  message(collector, {severity});
  return {collector, occurrence: alertOf(collector).occurrence};
}

const ack = (occurrence: string, other: Partial<Extract<CommandBody, {kind: 'ack'}>> = {}): CommandBody => ({
  kind: 'ack',
  occurrence,
  note: null,
  until: null,
  sticky: false,
  ...other,
});

describe('acknowledging (AL-1, AL-3, AL-4)', () => {
  test('takes the alert for its owner, with note and end', () => {
    const {collector, occurrence} = withAlert();
    const until = START + HOUR;
    const verdict = collector.command('anna', ack(occurrence, {note: plain('on it'), until}));
    expect(verdict).toEqual({outcome: 'applied', code: 'OK', by: 'anna', at: START});
    expect(alertOf(collector)).toMatchObject({
      ack: {by: 'anna', at: START, note: 'on it', until, sticky: false},
      firstAckAt: START,
    });
  });

  test('the first wins; the second is told who and when, and noted as a colleague', () => {
    const {collector, occurrence} = withAlert();
    collector.command('anna', ack(occurrence));
    pass(collector, 60);
    const verdict = collector.command('ben', ack(occurrence, {note: plain('me too')}));
    expect(verdict).toEqual({outcome: 'noop', code: 'ALREADY', by: 'anna', at: START});
    expect(alertOf(collector)).toMatchObject({
      ack: {by: 'anna'},
      notes: [{by: 'ben', text: 'me too', at: START + MINUTE}],
    });
  });

  test('the owner pressing again changes nothing at all', () => {
    const {collector, occurrence} = withAlert();
    collector.command('anna', ack(occurrence));
    const before = collector.state;
    expect(collector.command('anna', ack(occurrence)).outcome).toBe('noop');
    expect(collector.state).toBe(before);
  });

  test('a person behind a shared login is the owner', () => {
    const {collector, occurrence} = withAlert();
    const actor = {name: plain('noc-desk'), as: plain('Mira')};
    const command = {cid: 'c', actor, issuedAt: START, ttlMs: HOUR, expectedVersion: null, body: ack(occurrence)};
    const {drafts} = decideCommand(collector.state, command, START, collector.rules);
    collector.draft(...drafts);
    expect(alertOf(collector).ack?.by).toBe('Mira');
  });

  test('falls when the severity gets worse, stays when it gets better, and stays always if sticky', () => {
    const {collector, occurrence} = withAlert('warning');
    collector.command('anna', ack(occurrence));
    expect(types(message(collector, {startedAt: START + 1, severity: 'critical'}))).toEqual([
      'alert.updated',
      'alert.unacknowledged',
    ]);
    collector.command('anna', ack(occurrence, {sticky: true}));
    message(collector, {startedAt: START + 2, severity: 'warning'});
    message(collector, {startedAt: START + 3, severity: 'critical'});
    expect(alertOf(collector).ack?.by).toBe('anna');
  });

  test('a new life, and the same one coming back, start without it (AL-6)', () => {
    const {collector, occurrence} = withAlert();
    collector.command('anna', ack(occurrence, {sticky: true}));
    message(collector, {status: 'resolved', startedAt: START, endedAt: START + 1});
    pass(collector, 60);
    message(collector);
    expect(alertOf(collector)).toMatchObject({occurrence, ack: null, reopenCount: 1});
  });

  test('a late acknowledgement never reaches a newer outage of the same check (rule 28)', () => {
    const {collector, occurrence} = withAlert();
    message(collector, {status: 'resolved', startedAt: START, endedAt: START + 1});
    pass(collector, 20 * 60);
    message(collector);
    expect(alertOf(collector).occurrence).not.toBe(occurrence);
    expect(collector.command('anna', ack(occurrence)).code).toBe('INVALID_TRANSITION');
    expect(alertOf(collector).ack).toBeNull();
  });
});

describe('the transitions of AL-1 and AL-5', () => {
  /** States of an alert, and how it gets there. */
  const states = {
    open: () => withAlert(),
    acked: () => {
      const it = withAlert();
      it.collector.command('anna', ack(it.occurrence));
      return it;
    },
    resolved: () => {
      const it = withAlert();
      message(it.collector, {status: 'resolved', startedAt: START, endedAt: START});
      return it;
    },
    closed: () => {
      const it = states.resolved();
      pass(it.collector, 15 * 60);
      return it;
    },
  };
  const note = {kind: 'note', text: plain('look'), customerVisible: false} as const;
  const table = [
    ['open', 'ack', 'OK', 'acked'],
    ['open', 'unack', 'ALREADY', 'open'],
    ['open', 'resolve', 'OK', 'resolved'],
    ['open', 'escalate', 'OK', 'open'],
    ['open', 'note', 'OK', 'open'],
    ['open', 'snooze', 'OK', 'open'],
    ['open', 'unsnooze', 'ALREADY', 'open'],
    ['open', 'reopen', 'ALREADY', 'open'],
    ['acked', 'ack', 'ALREADY', 'acked'],
    ['acked', 'unack', 'OK', 'open'],
    ['acked', 'resolve', 'OK', 'resolved'],
    ['acked', 'escalate', 'OK', 'acked'],
    ['acked', 'note', 'OK', 'acked'],
    ['resolved', 'ack', 'INVALID_TRANSITION', 'resolved'],
    ['resolved', 'unack', 'INVALID_TRANSITION', 'resolved'],
    ['resolved', 'resolve', 'ALREADY', 'resolved'],
    ['resolved', 'escalate', 'INVALID_TRANSITION', 'resolved'],
    ['resolved', 'snooze', 'INVALID_TRANSITION', 'resolved'],
    ['resolved', 'reopen', 'INVALID_TRANSITION', 'resolved'],
    ['resolved', 'note', 'OK', 'resolved'],
    ['closed', 'ack', 'INVALID_TRANSITION', 'closed'],
    ['closed', 'unack', 'INVALID_TRANSITION', 'closed'],
    ['closed', 'resolve', 'INVALID_TRANSITION', 'closed'],
    ['closed', 'reopen', 'INVALID_TRANSITION', 'closed'],
    ['closed', 'note', 'OK', 'closed'],
  ] as const;

  test.each(table)('%s, %s: %s, then %s', (from, kind, code, to) => {
    const {collector, occurrence} = states[from]();
    const bodies: Record<typeof kind, CommandBody> = {
      ack: ack(occurrence),
      unack: {kind: 'unack', occurrence},
      escalate: {kind: 'escalate', occurrence, level: null},
      note: {...note, occurrence},
      snooze: {kind: 'snooze', occurrence, until: collector.now + HOUR},
      unsnooze: {kind: 'unsnooze', occurrence},
      resolve: {kind: 'resolve', occurrence},
      reopen: {kind: 'reopen', occurrence},
    };
    expect(collector.command('anna', bodies[kind]).code).toBe(code);
    expect(alertState(alertOf(collector))).toBe(to);
  });

  test.each(['ack', 'unack', 'resolve', 'note'] as const)('%s on an alert that does not exist: NOT_FOUND', kind => {
    const body = {...note, ...ack('ZZZZ'), kind} as CommandBody;
    expect(evening().command('anna', body)).toMatchObject({outcome: 'rejected', code: 'NOT_FOUND'});
  });

  test('an id is found as people type it', () => {
    const {collector, occurrence} = withAlert();
    expect(collector.command('anna', ack(` ${occurrence.toLowerCase()}`)).code).toBe('OK');
  });
});

describe('escalating, snoozing, resolving by hand', () => {
  test('each escalation goes a level up, a named level goes there, the same level is already so', () => {
    const {collector, occurrence} = withAlert();
    collector.command('anna', {kind: 'escalate', occurrence, level: null});
    expect(alertOf(collector).escalation).toEqual({level: 2, at: START, by: 'anna'});
    collector.command('anna', {kind: 'escalate', occurrence, level: 4});
    expect(alertOf(collector).escalation?.level).toBe(4);
    expect(collector.command('ben', {kind: 'escalate', occurrence, level: 4})).toMatchObject({
      code: 'ALREADY',
      by: 'anna',
    });
    for (const level of [0, -1, 1.5, 11, Number.NaN]) {
      expect(collector.command('anna', {kind: 'escalate', occurrence, level}).code).toBe('INVALID');
    }
    expect(collector.command('anna', {kind: 'escalate', occurrence, level: 1}).code).toBe('OK');
    expect(alertOf(collector).escalation?.level).toBe(1);
    expect(collector.command('anna', {kind: 'escalate', occurrence, level: 10}).code).toBe('OK');
  });

  test('a snooze silences with an end, and can be moved and taken back', () => {
    const {collector, occurrence} = withAlert();
    collector.command('anna', {kind: 'snooze', occurrence, until: START + HOUR});
    expect(alertOf(collector)).toMatchObject({suppressed: ['silenced'], silencedUntil: START + HOUR});
    collector.command('anna', {kind: 'snooze', occurrence, until: START + 2 * HOUR});
    expect(alertOf(collector).silencedUntil).toBe(START + 2 * HOUR);
    collector.command('anna', {kind: 'unsnooze', occurrence});
    expect(alertOf(collector)).toMatchObject({suppressed: [], silencedUntil: null});
  });

  test('a manual resolve is flagged; the next bad word opens the same alert again (AL-3)', () => {
    const {collector, occurrence} = withAlert();
    collector.command('anna', {kind: 'resolve', occurrence});
    expect(alertOf(collector)).toMatchObject({condition: 'resolved', resolvedManually: true});
    pass(collector, 60);
    expect(types(message(collector, {startedAt: START}))).toEqual(['alert.reopened']);
    expect(alertOf(collector)).toMatchObject({
      occurrence,
      condition: 'firing',
      resolvedManually: false,
      reopenCount: 1,
    });
  });

  test('the next bad result of a check does so too (AL-3)', () => {
    const collector = evening();
    result(collector, DISK, 'critical');
    collector.command('anna', {kind: 'resolve', occurrence: alertOf(collector).occurrence});
    pass(collector, 60);
    expect(types(result(collector, DISK, 'critical'))).toEqual(['alert.reopened']);
  });

  test('a manual resolve can be taken back, but not after the upstream has ended it', () => {
    const {collector, occurrence} = withAlert();
    collector.command('anna', {kind: 'resolve', occurrence});
    expect(collector.command('anna', {kind: 'reopen', occurrence}).code).toBe('OK');
    expect(alertOf(collector)).toMatchObject({condition: 'firing', count: 1, reopenCount: 0});
    collector.command('anna', {kind: 'resolve', occurrence});
    message(collector, {status: 'resolved', startedAt: START, endedAt: START});
    expect(collector.command('anna', {kind: 'reopen', occurrence}).code).toBe('INVALID_TRANSITION');
  });
});

describe('what somebody had not seen (AL-4)', () => {
  /** Anna opens the alert on her screen; then something happens; then she presses a key. */
  function pressedAfter(change: (it: ReturnType<typeof withAlert>) => void, body?: CommandBody) {
    const it = withAlert('warning');
    const seen = alertOf(it.collector).version;
    pass(it.collector, 60);
    change(it);
    const verdict = it.collector.command(
      'anna',
      body ?? {kind: 'escalate', occurrence: it.occurrence, level: null},
      seen,
    );
    return {verdict, ...it};
  }

  test('a repeat that only counts is no conflict', () => {
    expect(pressedAfter(({collector}) => message(collector, {severity: 'warning'})).verdict.code).toBe('OK');
  });

  test('a milder severity, a flag of the collector and a note are none', () => {
    const {verdict} = pressedAfter(({collector, occurrence}) => {
      message(collector, {severity: 'warning', summary: plain('better')});
      collector.command('ben', {kind: 'note', occurrence, text: plain('looking'), customerVisible: false});
      const start = collector.now;
      const scope = {customer: 'mueller', site: null, host: null, service: null};
      collector.command('ben', {kind: 'downtime', ...scope, start, end: start + HOUR, comment: plain('patching')});
    });
    expect(verdict.code).toBe('OK');
  });

  test('a worse severity is one', () => {
    const {verdict} = pressedAfter(({collector}) => message(collector, {severity: 'critical'}));
    expect(verdict).toEqual({outcome: 'rejected', code: 'CONFLICT', by: null, at: START + MINUTE});
  });

  test('what a colleague did is one, and says who and when', () => {
    const {verdict} = pressedAfter(({collector, occurrence}) => {
      collector.command('ben', ack(occurrence));
    });
    expect(verdict).toEqual({outcome: 'rejected', code: 'CONFLICT', by: 'ben', at: START + MINUTE});
  });

  test('what she did herself is none', () => {
    const {verdict} = pressedAfter(({collector, occurrence}) => {
      collector.command('anna', ack(occurrence));
    });
    expect(verdict.code).toBe('OK');
  });

  test('a colleague who has done the same already is no conflict but an answer', () => {
    const it = withAlert();
    const seen = alertOf(it.collector).version;
    it.collector.command('ben', ack(it.occurrence));
    expect(it.collector.command('anna', ack(it.occurrence), seen)).toMatchObject({code: 'ALREADY', by: 'ben'});
  });

  test('a note is always taken', () => {
    const {collector, occurrence} = withAlert();
    collector.command('ben', ack(occurrence));
    const note = {kind: 'note', occurrence, text: plain('called them'), customerVisible: true} as const;
    expect(collector.command('anna', note, 0).code).toBe('OK');
  });

  test('after so many changes that nobody can tell, it is one', () => {
    const {verdict} = pressedAfter(({collector}) => {
      for (let n = 0; n < 80; n++)
        message(collector, {severity: n % 2 === 0 ? 'unknown' : 'warning', startedAt: START + n});
    });
    expect(verdict.code).toBe('CONFLICT');
  });
});

describe('arguments and age', () => {
  test('older than its time to live it does nothing', () => {
    const {collector, occurrence} = withAlert();
    const actor = {name: plain('anna'), as: null};
    const command = {cid: 'c', actor, issuedAt: START, ttlMs: MINUTE, expectedVersion: null, body: ack(occurrence)};
    const decide = (now: number) => decideCommand(collector.state, command, now, collector.rules);
    expect(decide(START + MINUTE).verdict.outcome).toBe('applied');
    expect(decide(START + MINUTE + 1)).toEqual({
      verdict: {outcome: 'expired', code: 'EXPIRED', by: null, at: null},
      drafts: [],
    });
  });

  test.each([
    ['an acknowledgement that is over', (occurrence: string) => ack(occurrence, {until: START})],
    ['a snooze that is over', (occurrence: string) => ({kind: 'snooze', occurrence, until: START}) as const],
    [
      'an empty note',
      (occurrence: string) => ({kind: 'note', occurrence, text: plain('  '), customerVisible: false}) as const,
    ],
  ])('%s is refused', (_, make) => {
    const {collector, occurrence} = withAlert();
    expect(collector.command('anna', make(occurrence))).toMatchObject({outcome: 'rejected', code: 'INVALID'});
  });
});

describe('laws of commands', () => {
  test('no sequence of anything throws, and what is not applied leaves the alert to itself', () => {
    fc.assert(
      fc.property(night, steps => {
        const collector = playNight(steps);
        for (const alert of collector.state.alerts.values()) {
          for (const kind of ['ack', 'unack', 'resolve', 'reopen'] as const) {
            const command = {
              cid: 'c',
              actor: {name: plain('cem'), as: null},
              issuedAt: collector.now,
              ttlMs: MINUTE,
              expectedVersion: 0,
              body: {...ack(alert.occurrence), kind} as CommandBody,
            };
            const {verdict, drafts} = decideCommand(collector.state, command, collector.now, collector.rules);
            if (verdict.outcome === 'rejected') expect(drafts).toEqual([]);
          }
        }
      }),
    );
  });

  test('a suppressed alert is never dropped: it leaves the table only long after it was closed', () => {
    fc.assert(
      fc.property(night, steps => {
        const {log, rules} = playNight(steps);
        const closedAt = new Map<string, number>();
        for (const {event, at} of log) {
          if (event.type === 'alert.closed') closedAt.set(event.occurrence, at);
          if (event.type !== 'alert.forgotten') continue;
          expect(at - (closedAt.get(event.occurrence) ?? at)).toBeGreaterThanOrEqual(rules.keepClosedMs);
        }
      }),
    );
  });

  test('there is at most one alert of a check that is not closed (CO-1)', () => {
    fc.assert(
      fc.property(night, steps => {
        const {state} = playNight(steps);
        const live = [...state.alerts.values()].filter(alert => alert.condition !== 'closed').map(it => it.fingerprint);
        expect(new Set(live).size).toBe(live.length);
        expect([...state.live.keys()].sort()).toEqual(live.sort());
      }),
    );
  });
});
