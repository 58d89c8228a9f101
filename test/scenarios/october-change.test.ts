import {expect, test} from 'vitest';
import type {Incident} from '../../src/domain/incident.ts';
import {clocksOf} from '../../src/domain/incident-sla.ts';
import {HOUR, type Instant, MINUTE} from '../../src/domain/time.ts';
import {alert, OpenCollector} from '../collector/support/open-collector.ts';
import type {TestConsole} from '../collector/support/test-console.ts';
import {at} from '../domain/sla/calendars.ts';
import {virtualOutside} from '../support/clock.ts';
import {text} from '../support/frames.ts';

const TWO_CALENDARS = `
customers:
  - {id: mueller, name: Müller Maschinenbau GmbH, state: DE-BY, timezone: Europe/Berlin, sla: gold}
  - {id: spree, name: Spree Verlag, state: DE-BE, timezone: Europe/Berlin, sla: night}
slaTiers:
  gold:
    hours: 24x7
    priorities: {P1: {response: 15m, resolution: 4h, update: 60m}}
  night:
    hours: {mon-sun: "22:00-06:00"}
    priorities: {P1: {response: 2h, resolution: 8h}}
hosts:
  - {host: srv-01, customer: mueller, criticality: A}
  - {host: rip-01, customer: spree, criticality: A}
sources:
  - {name: custom, type: generic}
`;

/** A night with its collector and a technician at it. */
class Night implements AsyncDisposable {
  readonly collector: OpenCollector;
  readonly #ingest: string;
  readonly #technician: string;
  #jana: TestConsole;

  private constructor(collector: OpenCollector, ingest: string, technician: string, jana: TestConsole) {
    this.collector = collector;
    this.#ingest = ingest;
    this.#technician = technician;
    this.#jana = jana;
  }

  static async begin(start: Instant): Promise<Night> {
    const collector = await OpenCollector.start(TWO_CALENDARS, virtualOutside({now: start}));
    const technician = collector.token('technician', null, 'jana');
    const jana = await collector.console(technician);
    await jana.subscribe();
    return new Night(collector, collector.token('ingest'), technician, jana);
  }

  get now(): Instant {
    return this.collector.outside.clock.now();
  }

  async until(instant: Instant): Promise<void> {
    await this.collector.outside.advanceAsync(instant - this.now);
  }

  async report(host: string, customer: string, status: 'firing' | 'resolved'): Promise<void> {
    expect(await this.collector.ingest(this.#ingest, alert(host, {customer, status}))).toMatchObject({status: 202});
  }

  /** The console after it has everything that is committed. */
  async look(): Promise<TestConsole> {
    this.#jana = await this.collector.console(this.#technician);
    await this.#jana.subscribe();
    return this.#jana;
  }

  async incident(customer: string): Promise<Incident> {
    const {state} = await this.look();
    const incidents = [...(state?.incidents.values() ?? [])].filter(it => it.customer === customer);
    expect(incidents).toHaveLength(1);
    const [incident] = incidents;
    if (incident === undefined) throw new Error('no incident');
    return incident;
  }

  async clocks(customer: string) {
    const incident = await this.incident(customer);
    const {state} = this.#jana;
    if (state === null) throw new Error('no picture');
    return clocksOf(state, incident, this.now);
  }

  async marks(customer: string): Promise<readonly string[]> {
    const {marks} = await this.incident(customer);
    return marks.map(({clock, level, at: when, late}) => {
      const time = new Date(when).toISOString().slice(11, 23);
      return `${time} ${clock} ${level}${late ? ' late' : ''}`;
    });
  }

  async command(customer: string, wish: {readonly kind: 'ack' | 'pause' | 'resume'}): Promise<void> {
    const {id} = await this.incident(customer);
    const of = {occurrence: id};
    const words = {reason: text('Kunde sucht das Passwort'), question: text('Wie lautet das Passwort des RAID?')};
    const body =
      wish.kind === 'ack'
        ? ({kind: 'ack', ...of, note: null, until: null, sticky: false} as const)
        : wish.kind === 'pause'
          ? ({kind: 'pause', ...of, ...words} as const)
          : ({kind: 'resume', ...of} as const);
    expect(await this.#jana.command(body)).toMatchObject({outcome: 'applied'});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.collector[Symbol.asyncDispose]();
  }
}

test('the night in which the clocks go back: pause, re-open, and a breach while the collector is down', async () => {
  await using night = await Night.begin(at('2026-10-24T22:30:00+02:00'));

  // Eight hours of service in a night that has nine: due at its very end, which by elapsed wall time would be 07:00.
  await night.until(at('2026-10-24T23:00:00+02:00'));
  await night.report('rip-01', 'spree', 'firing');
  expect((await night.clocks('spree')).resolution?.dueAt).toBe(at('2026-10-25T06:00:00+01:00'));
  await night.until(at('2026-10-25T00:30:00+02:00'));
  await night.command('spree', {kind: 'ack'});

  // Four hours round the clock from 01:30 end at 04:30, because 02:00 to 03:00 comes twice.
  await night.until(at('2026-10-25T01:30:00+02:00'));
  await night.report('srv-01', 'mueller', 'firing');
  expect((await night.clocks('mueller')).resolution?.dueAt).toBe(at('2026-10-25T04:30:00+01:00'));
  await night.until(at('2026-10-25T01:40:00+02:00'));
  await night.command('mueller', {kind: 'ack'});
  expect((await night.clocks('mueller')).response).toMatchObject({outcome: 'met', elapsedMs: 10 * MINUTE});

  // From 02:10 to 02:20 on the wall are seventy minutes.
  await night.until(at('2026-10-25T02:10:00+02:00'));
  await night.command('mueller', {kind: 'pause'});
  await night.until(at('2026-10-25T02:20:00+01:00'));
  expect((await night.clocks('mueller')).resolution).toMatchObject({
    clock: 'paused',
    dueAt: null,
    elapsedMs: 40 * MINUTE,
  });
  await night.command('mueller', {kind: 'resume'});
  expect((await night.clocks('mueller')).resolution?.dueAt).toBe(at('2026-10-25T05:40:00+01:00'));

  // Restored and broken again ten minutes later: these ten minutes do not count, the seventy before them do.
  await night.until(at('2026-10-25T02:50:00+01:00'));
  await night.report('srv-01', 'mueller', 'resolved');
  expect((await night.clocks('mueller')).resolution).toMatchObject({outcome: 'met', elapsedMs: 70 * MINUTE});
  await night.until(at('2026-10-25T03:00:00+01:00'));
  await night.report('srv-01', 'mueller', 'firing');
  expect((await night.clocks('mueller')).resolution?.dueAt).toBe(at('2026-10-25T05:50:00+01:00'));

  await night.until(at('2026-10-25T05:00:00+01:00'));
  await night.collector.stop();
  night.collector.outside.jump(2 * HOUR);
  await night.collector.start();
  await night.until(at('2026-10-25T07:00:01+01:00'));

  expect((await night.marks('mueller')).filter(mark => mark.includes('resolution'))).toEqual([
    '02:50:00.000 resolution notice',
    '03:50:00.000 resolution warning',
    '04:26:00.000 resolution critical late',
    '04:50:00.001 resolution breached late',
  ]);
  expect((await night.clocks('mueller')).resolution).toMatchObject({
    outcome: 'breached',
    breachedAt: at('2026-10-25T05:50:00.001+01:00'),
  });

  // The night is over and all of the target is used: that is still met, however late in the morning it ends.
  expect((await night.clocks('spree')).resolution).toMatchObject({outcome: 'pending', percent: 100, level: 'critical'});
  await night.report('rip-01', 'spree', 'resolved');
  expect((await night.clocks('spree')).resolution).toMatchObject({outcome: 'met', elapsedMs: 8 * HOUR});

  // A second start finds everything written.
  const before = await night.marks('mueller');
  await night.collector.restart();
  await night.until(night.now + MINUTE);
  expect((await night.marks('mueller')).filter(mark => mark.includes('late'))).toEqual(
    before.filter(mark => mark.includes('late')),
  );
});
