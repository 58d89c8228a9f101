import {describe, expect, test} from 'vitest';
import type {Contract} from '../../src/domain/contract.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import type {MonthFigures} from '../../src/domain/report/month-figures.ts';
import type {Priority} from '../../src/domain/sla/priority.ts';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import type {SlaFigures} from '../../src/wall/figures.ts';
import {createPicture} from '../../src/wall/picture.ts';
import {NIGHT} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {MemoryStore} from './memory-store.ts';
import {raised, type Trouble} from './night.ts';

/** Round the clock: 15 minutes to respond, 4 hours to resolve. */
const gold: Contract = {
  tier: 'gold',
  calendar: {timeZone: 'Europe/Berlin', weekly: null},
  priorities: {
    P1: {response: {amount: 15, unit: 'minute'}, resolution: {amount: 4, unit: 'hour'}, update: null},
  },
  availabilityPercent: 99.9,
  ackCountsAsResponse: true,
};

function customerWith(id: string, name: string, contract: Contract | null): DomainEvent {
  return {type: 'customer.defined', customer: {id, name: text(name), state: 'BY', timezone: 'Europe/Berlin', contract}};
}

function storeOf(contract: Contract | null): MemoryStore {
  const store = new MemoryStore();
  store.addCollector('berlin', NIGHT);
  store.append('berlin', NIGHT - 24 * HOUR, [
    customerWith('mueller', 'Müller', contract),
    customerWith('hofer', 'Hofer', contract),
  ]);
  return store;
}

/** An alert with the incident that it opens. */
function incident(n: number, customer: string, host: string, priority: Priority = 'P1'): readonly DomainEvent[] {
  const trouble: Trouble = {n, customer, host, service: 'disk', severity: 'critical', summary: 'voll'};
  const id = occurrenceId(n);
  return [
    raised(trouble),
    {type: 'incident.opened', incident: id, site: '', cause: `${customer}||${host}|disk`, priority},
    {type: 'incident.joined', incident: id, alert: id, because: 'sameCause'},
  ];
}

function slaOf(store: MemoryStore, now = NIGHT, customer: string | null = null): SlaFigures | null {
  return createPicture(customer)(store.getSnapshot(), now).figures.sla;
}

describe('the SLA figures of the wall', () => {
  test('are not known where nobody has a contract', () => {
    expect(slaOf(storeOf(null))).toBeNull();
  });

  test('name the deadline that comes first, and the first of each customer (SL-1)', () => {
    const store = storeOf(gold);
    store.append('berlin', NIGHT - 5 * MINUTE, incident(1, 'mueller', 'srv-01'), 'mueller');
    store.append('berlin', NIGHT - 4 * MINUTE, incident(2, 'hofer', 'nas-01'), 'hofer');
    const sla = slaOf(store);
    expect(sla?.next).toMatchObject({
      dueAt: NIGHT + 10 * MINUTE,
      level: 'ok',
      customer: 'Müller',
      host: 'srv-01',
      what: 'voll',
    });
    expect(sla?.nextByCustomer).toEqual(
      new Map([
        ['mueller', NIGHT + 10 * MINUTE],
        ['hofer', NIGHT + 11 * MINUTE],
      ]),
    );
    store.heard('berlin', NIGHT + 9 * MINUTE);
    expect(slaOf(store, NIGHT + 9 * MINUTE)?.next?.level).toBe('critical');
  });

  test('in a lobby are those of its customer', () => {
    const store = storeOf(gold);
    store.append('berlin', NIGHT - 5 * MINUTE, incident(1, 'mueller', 'srv-01'), 'mueller');
    store.append('berlin', NIGHT - 4 * MINUTE, incident(2, 'hofer', 'nas-01'), 'hofer');
    expect(slaOf(store, NIGHT, 'hofer')?.next?.customer).toBe('Hofer');
  });

  test('leave out what a silent collector said last', () => {
    const store = storeOf(gold);
    store.append('berlin', NIGHT, incident(1, 'mueller', 'srv-01'), 'mueller');
    store.addCollector('hamburg', NIGHT + MINUTE);
    expect(slaOf(store, NIGHT + MINUTE)?.next).toBeNull();
  });

  const month = (customer: string, met: number, breached: number, leftPercent: number, asOf = NIGHT): MonthFigures => {
    const address = {customer, site: '', host: 'web-01', service: 'https'};
    const [budgetMs, budgetLeftMs] = [HOUR, (HOUR * leftPercent) / 100];
    return {
      customer,
      month: '2026-11',
      asOf,
      met,
      breached,
      worst: {address, percent: 99.9, budgetMs, budgetLeftMs, hasGaps: false},
    };
  };
  const tell = (store: MemoryStore, ...months: readonly MonthFigures[]) =>
    store.change('berlin', {months: new Map(months.map(it => [it.customer, it]))});

  test('count as compliance what was met of what was met or breached this month; no case is not 100 (RP-1)', () => {
    const store = storeOf(gold);
    tell(store, month('mueller', 0, 0, 100), month('hofer', 0, 0, 100));
    expect(slaOf(store)?.compliancePercent()).toBeNull();
    tell(store, month('mueller', 12, 1, 100), month('hofer', 6, 1, 100));
    expect(slaOf(store)?.compliancePercent()).toBe(90);
    expect(slaOf(store, NIGHT, 'hofer')?.compliancePercent()).toBeCloseTo(600 / 7);
  });

  test('have as error budget what is left of the customer who has least, and none below nothing (AV-2)', () => {
    const store = storeOf(gold);
    tell(store, month('mueller', 1, 0, 41), month('hofer', 1, 0, 80));
    expect(slaOf(store)?.budgetLeftPercent()).toBe(41);
    tell(store, month('mueller', 1, 0, -20), month('hofer', 1, 0, 80));
    expect(slaOf(store)?.budgetLeftPercent()).toBe(0);
  });

  test('are not known of a month while one customer is not: untold, old, of last month, or silent', () => {
    const store = storeOf(gold);
    const both = [month('mueller', 1, 0, 41), month('hofer', 1, 0, 80)] as const;
    const expectUnknown = (now = NIGHT) => {
      expect(slaOf(store, now)?.compliancePercent()).toBeNull();
      expect(slaOf(store, now)?.budgetLeftPercent()).toBeNull();
    };
    expectUnknown();
    tell(store, both[0]);
    expectUnknown();
    tell(store, both[0], {...both[1], month: '2026-10'});
    expectUnknown();
    tell(store, both[0], {...both[1], asOf: NIGHT - 16 * MINUTE});
    expectUnknown();
    tell(store, ...both);
    expect(slaOf(store)?.budgetLeftPercent()).toBe(41);
    expectUnknown(NIGHT + 5 * MINUTE);
  });
});
