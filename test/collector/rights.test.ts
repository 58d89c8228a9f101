import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Scope} from '../../src/collector/hub/scope.ts';
import {type Act, customerOfHost, isAllowed} from '../../src/collector/rights.ts';
import {hostKey} from '../../src/domain/address.ts';
import {openBatch} from '../../src/domain/batch.ts';
import type {CommandKind} from '../../src/domain/command.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {emptyState} from '../../src/domain/state.ts';
import type {Identity, Role} from '../../src/protocol/frames.ts';
import {text} from '../support/frames.ts';
import {openFeed} from './support/open-feed.ts';

const ROLES: readonly Role[] = ['viewer', 'technician', 'admin', 'ingest'];
/** Complete by its type: a new command has to be thought of here. */
const COMMANDS = Object.keys({
  ack: true,
  unack: true,
  escalate: true,
  note: true,
  snooze: true,
  unsnooze: true,
  resolve: true,
  reopen: true,
  pause: true,
  resume: true,
  priority: true,
  downtime: true,
  'downtime-cancel': true,
  'morning-check': true,
  'restore-test': true,
} satisfies Record<CommandKind, true>) as CommandKind[];

function identity(role: Role, customers: readonly string[] | null): Identity {
  return {name: text(role), role, customers};
}

describe('rule 19: one function decides rights', () => {
  const mayDo: Readonly<Record<Role, (act: Act) => boolean>> = {
    viewer: act => act === 'see' || act === 'metrics',
    technician: act => act !== 'ingest',
    admin: () => true,
    ingest: act => act === 'ingest',
  };
  const acts: readonly Act[] = [...COMMANDS, 'see', 'ingest', 'metrics'];
  const cases = ROLES.flatMap(role =>
    acts.flatMap(act =>
      [null, [], ['mueller'], ['hofer', 'mueller']].map(customers => [role, act, customers] as const),
    ),
  );

  test.each(cases)('%s, %s, token for %j', (role, act, customers) => {
    const who = identity(role, customers);
    const may = mayDo[role](act) && (act !== 'metrics' || customers === null);
    expect(isAllowed(who, act, null)).toBe(may);
    for (const customer of ['mueller', 'hofer', 'unassigned', '__proto__', 'constructor']) {
      expect(isAllowed(who, act, customer)).toBe(may && (customers === null || customers.includes(customer)));
    }
  });

  test('a host’s key tells its customer, whatever stands in the names', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (customer, site, host) => {
        expect(customerOfHost(hostKey({customer, site, host}))).toBe(customer);
      }),
    );
  });
});

test('rule 19: ten thousand subscriptions, and not a byte of a foreign customer', () => {
  const customers = Array.from({length: 12}, (_, index) => `c${index}`);
  const canary = (customer: string) => `CANARY-${customer}-`;
  const drafts = customers.flatMap(customer => {
    const name = text(`${canary(customer)}name`);
    const address = {customer, site: '', host: `${canary(customer)}host`, service: ''};
    const events: readonly DomainEvent[] = [
      {
        type: 'customer.defined',
        customer: {id: customer, name, state: null, timezone: 'Europe/Berlin', contract: null},
      },
      {type: 'host.defined', customer, site: '', host: address.host, parents: [], criticality: 'B'},
      {
        type: 'check.changed',
        address,
        source: 'check',
        state: 'ok',
        stateType: 'hard',
        attempt: 1,
        maxAttempts: 3,
        stale: false,
        lastState: 'ok',
        flapping: false,
        output: name,
      },
    ];
    // One schedule that serves them all: each is told of it alone.
    const plan = {customer, id: 'technik', name, people: [], schedule: {layers: [], overrides: []}};
    return [...events, {type: 'onCall.defined', plan} as const].map(event => ({customer, event}));
  });
  const batch = openBatch(emptyState());
  const entries = batch.append(drafts, 1);
  const state = batch.close();
  const feed = openFeed(entries);

  const subset = fc.subarray(customers, {minLength: 0});
  fc.assert(
    fc.property(
      fc.constantFrom(...ROLES),
      fc.option(subset),
      fc.option(subset),
      fc.nat(entries.length),
      (role, granted, narrowed, seq) => {
        const scope = new Scope(identity(role, granted), narrowed, feed);
        let sent = '';
        for (let delta = scope.next(seq); delta.frame !== null; delta = scope.next(delta.to))
          sent += delta.frame.toString();
        const pages = scope.snapshot(state, 'e', 0);
        for (let next: number | null = 0; next !== null; ) {
          const page = pages.page(next);
          sent += page.frame.toString();
          next = page.next;
        }
        for (const customer of customers) {
          const mayBeThere =
            role !== 'ingest' &&
            (granted ?? customers).includes(customer) &&
            (narrowed ?? customers).includes(customer);
          expect(sent.includes(canary(customer))).toBe(mayBeThere);
        }
      },
    ),
    {numRuns: 10_000},
  );
}, 60_000);
