import {toRow} from '../../src/collector/store/log-row.ts';
import {openStore} from '../../src/collector/store/store.ts';
import {openBatch} from '../../src/domain/batch.ts';
import type {CheckMemory} from '../../src/domain/check-memory.ts';
import type {DomainEvent, Draft} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import type {NocState} from '../../src/domain/state.ts';
import {emptyTable} from '../../src/domain/table.ts';
import {realOutside} from '../../src/runtime/outside-real.ts';
import {safeText} from '../../src/runtime/safe-text.ts';

const BATCH = 5_000;
const CUSTOMER = 'mueller';

/** A check of every host that came up once. */
export function* hostsSeen(hosts: number): Generator<DomainEvent> {
  for (let number = 0; number < hosts; number++) {
    yield {
      type: 'check.changed',
      address: {customer: CUSTOMER, site: `standort-${number % 200}`, host: `srv-${number}`, service: ''},
      source: 'report',
      state: 'ok',
      stateType: 'hard',
      attempt: 1,
      maxAttempts: 3,
      stale: false,
      lastState: 'pending',
      flapping: false,
      output: safeText('PING OK, 0 % Verlust'),
    };
  }
}

/** `alerts` alerts that open once and then change until `events` events are there. */
export function* busyAlerts(events: number, alerts: number): Generator<DomainEvent> {
  const content = (number: number) => ({
    severity: number % 2 === 0 ? ('critical' as const) : ('warning' as const),
    summary: safeText(`Platte /var ${number % 100} %`),
    output: null,
    labels: {alertname: safeText('DiskFull'), mountpoint: safeText('/var')},
    runbook: null,
    url: null,
    claims: [],
  });
  for (let number = 0; number < events; number++) {
    const occurrence = occurrenceId(number % alerts);
    if (number >= alerts) {
      yield {type: 'alert.updated', occurrence, content: content(Math.floor(number / alerts)), count: 1};
      continue;
    }
    const address = {customer: CUSTOMER, site: '', host: `srv-${number}`, service: 'DiskFull /var'};
    yield {
      type: 'alert.opened',
      occurrence,
      address,
      source: 'custom',
      content: content(0),
      suppressed: [],
      rootCause: null,
    };
  }
}

/**
 * Writes events into the data folder of a stopped collector, through its own store.
 *
 * @param tail - Events after the last snapshot, as after a crash; 0 is a clean stop.
 */
export async function fillLog(folder: string, events: Iterable<DomainEvent>, tail: number): Promise<void> {
  const store = await openStore(folder, realOutside, false);
  let {state} = store.recovery.picture;
  const memory = emptyTable<string, CheckMemory>();
  const write = async (chunk: readonly DomainEvent[]): Promise<NocState> => {
    const batch = openBatch(state);
    const drafts = chunk.map((event): Draft => ({customer: CUSTOMER, event}));
    const entries = batch.append(drafts, realOutside.clock.now());
    await store.journal.commit({events: entries.map(toRow), commands: [], memory: [], follows: true});
    return batch.close();
  };
  const all = [...events];
  const saved = all.length - tail;
  for (let from = 0; from < all.length; from += BATCH) {
    if (from <= saved && saved < from + BATCH) await store.snapshot({state, memory});
    state = await write(all.slice(from, from + BATCH));
  }
  if (tail === 0) await store.snapshot({state, memory});
  await store.close();
}
