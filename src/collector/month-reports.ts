import {setImmediate as breathe} from 'node:timers/promises';
import type {CustomerId} from '../domain/address.ts';
import {Fault} from '../domain/fault.ts';
import {type CustomerMonth, customerMonth, monthSpan} from '../domain/report/customer-month.ts';
import {openHistory} from '../domain/report/history.ts';
import type {NocState} from '../domain/state.ts';
import type {Clock} from '../runtime/outside.ts';
import {overloaded} from './ingest/respond.ts';
import type {LogReader} from './store/log-reader.ts';
import {toEntry} from './store/log-row.ts';

/** Lines of the log that are read at once; the single writer and the sessions have their turn between two such stretches. */
const STRETCH = 5000;

/** Reports that may wait; more are refused, or one who asks without end would keep the others waiting for hours. */
const MOST_WAITING = 32;

/**
 * Makes the month of a customer.
 *
 * @param isWanted - Asked when its turn comes, and on the way: whether anybody still waits for it.
 * @throws {Fault} `MONTH` for what is no month, `NOT_FOUND` for a customer that is not known, `OVERLOADED` when too many wait,
 * `ABORTED` when nobody waits any more.
 */
export type MonthReports = (customer: CustomerId, month: string, isWanted: () => boolean) => Promise<CustomerMonth>;

/**
 * Reports from the log of this collector. They are folded when asked for, one after the other, so that many of them cost the
 * others no more than one.
 */
export function createMonthReports(log: LogReader, state: () => NocState, clock: Clock): MonthReports {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function make(customer: CustomerId, month: string, isWanted: () => boolean): Promise<CustomerMonth> {
    const now = state();
    const known = now.customers.get(customer);
    if (known === undefined) throw new Fault('NOT_FOUND', 'there is no such customer');
    const span = monthSpan(known.timezone, month);
    if (span === null) throw new Fault('MONTH', 'a month is written like 2026-10');
    const reader = openHistory();
    for (let seq = 0; seq < now.seq; seq += STRETCH) {
      if (!isWanted()) throw new Fault('ABORTED', 'nobody waits for this report any more');
      for (const row of log.rowsOf(customer, seq, Math.min(now.seq, seq + STRETCH))) reader.take(toEntry(row));
      await breathe();
    }
    const report = customerMonth(now, reader.history, customer, month, span, clock.now());
    if (report === null) throw new Fault('NOT_FOUND', 'there is no such customer');
    return report;
  }

  return (customer, month, isWanted) => {
    if (waiting >= MOST_WAITING) return Promise.reject(overloaded());
    waiting += 1;
    const report = last
      .then(() => make(customer, month, isWanted))
      .finally(() => {
        waiting -= 1;
      });
    last = report.catch(() => {});
    return report;
  };
}
