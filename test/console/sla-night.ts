import {type CheckAddress, fingerprint} from '../../src/domain/address.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import type {MonthFigures} from '../../src/domain/report/month-figures.ts';
import type {Priority} from '../../src/domain/sla/priority.ts';
import {type Instant, MINUTE} from '../../src/domain/time.ts';
import {HOLIDAYS} from '../domain/examples/shapes.ts';
import {GOLD, OFFICE} from '../domain/support/contracts.ts';
import {virtualOutside} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {VirtualNoc} from '../support/virtual-noc.ts';
import {type Night, raised, type Trouble} from './night.ts';

const CUSTOMERS = [
  {id: 'mueller', name: 'Müller Maschinenbau', contract: GOLD},
  {id: 'baecker', name: 'Bäcker AG', contract: GOLD},
  {id: 'hofer', name: 'Hofer KG', contract: OFFICE},
  {id: 'fulda', name: 'Stadtwerke Fulda', contract: null},
] as const;

/** An alert that opens an incident, so many minutes ago. */
interface Matter extends Trouble {
  readonly ago: number;
  readonly priority: Priority;
  /** The life that it joins instead. */
  readonly joins?: number;
}

const MATTERS: readonly Matter[] = [
  {n: 1, customer: 'mueller', host: 'srv-db-01', service: 'disk', summary: 'Platte /var 97 %', ago: 12, priority: 'P1'},
  {
    n: 2,
    customer: 'mueller',
    host: 'srv-db-01',
    summary: 'Antwort langsam',
    severity: 'warning',
    ago: 11,
    priority: 'P1',
    joins: 1,
  },
  {n: 3, customer: 'baecker', host: 'fw-01', summary: 'nicht erreichbar', ago: 8, priority: 'P2'},
  {n: 4, customer: 'hofer', host: 'nas-01', summary: 'Sicherung spät', severity: 'warning', ago: 60, priority: 'P2'},
  {n: 5, customer: 'fulda', host: 'web-02', summary: 'Zertifikat 6 Tage', severity: 'warning', ago: 21, priority: 'P3'},
];

function eventsOf(matter: Matter): readonly DomainEvent[] {
  const {n, customer, host, service = '', priority, joins} = matter;
  const address: CheckAddress = {customer, site: '', host, service};
  const incident = occurrenceId(joins ?? n);
  const own: DomainEvent =
    joins === undefined
      ? {type: 'incident.opened', incident, site: '', cause: fingerprint(address), priority}
      : {type: 'incident.joined', incident, alert: occurrenceId(n), because: 'sameHost'};
  return [raised(matter), own];
}

/** A night in which promises run: one at risk in the last minutes, one with two alerts, one whose office is closed, one without a contract. */
export function slaNight(): Night {
  const outside = virtualOutside();
  const noc = new VirtualNoc(outside);
  noc.addCollector('berlin');
  const now = outside.clock.now();
  const start = now - 24 * 60 * MINUTE;
  noc.append('berlin', [{type: 'holidays.defined', rules: HOLIDAYS}], {at: start});
  for (const {id, name, contract} of CUSTOMERS) {
    const customer = {id, name: text(name), state: 'BY', timezone: 'Europe/Berlin', contract};
    noc.append('berlin', [{type: 'customer.defined', customer}], {at: start, customer: id});
  }
  for (const matter of MATTERS.toSorted((a, b) => b.ago - a.ago)) {
    noc.append('berlin', eventsOf(matter), {at: now - matter.ago * MINUTE, customer: matter.customer});
  }
  noc.change('berlin', {months: new Map(monthsAt(now).map(figures => [figures.customer, figures]))});
  return {noc, outside};
}

/** One that has used up more than its budget, one that was told half an hour ago, one that is well. */
function monthsAt(now: Instant): readonly MonthFigures[] {
  const of = (customer: string, met: number, breached: number, percent: number, leftMs: number): MonthFigures => {
    const address = {customer, site: '', host: 'web-01', service: 'https'};
    const worst = {address, percent, budgetMs: 216 * MINUTE, budgetLeftMs: leftMs, hasGaps: customer === 'hofer'};
    return {customer, month: '2026-11', asOf: now - MINUTE, met, breached, worst};
  };
  return [
    of('mueller', 12, 1, 99.4719, -12 * MINUTE),
    {...of('baecker', 7, 0, 99.93, 156 * MINUTE), asOf: now - 31 * MINUTE},
    of('hofer', 4, 0, 99.98, 40 * MINUTE),
  ];
}
