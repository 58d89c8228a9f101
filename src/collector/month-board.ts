import {setImmediate as breathe} from 'node:timers/promises';
import type {CustomerId} from '../domain/address.ts';
import type {DomainEvent, LogEntry} from '../domain/event.ts';
import {customerMonth, monthAt, monthSpan} from '../domain/report/customer-month.ts';
import {type HistoryReader, openHistory} from '../domain/report/history.ts';
import {MONTH_FIGURES_EVERY, type MonthFigures, monthFigures} from '../domain/report/month-figures.ts';
import type {Span} from '../domain/sla/spans.ts';
import type {NocState} from '../domain/state.ts';
import {type DurationMs, SECOND} from '../domain/time.ts';
import type {Log} from '../runtime/log.ts';
import type {Outside} from '../runtime/outside.ts';
import {NewestWords, type WordCursor} from './newest-words.ts';
import type {LogReader} from './store/log-reader.ts';
import {toEntry} from './store/log-row.ts';

/** Lines of the log that are read at once; the single writer and the sessions have their turn between two such stretches. */
const STRETCH = 1000;
/** Stretches after which what no month needs any more is let go. */
const TIDY_AFTER = 50;
/** How often it is looked whose figures have changed. */
const LOOK_MS: DurationMs = 10 * SECOND;

/** What the board needs. */
interface MonthBoardContext {
  readonly log: LogReader;
  readonly state: () => NocState;
  readonly outside: Outside;
  readonly logger: Log;
}

/** What the figures of a month are made of: incidents, checks and downtimes, as `LogReader.historyRows` reads them. */
function isPartOfMonth({type}: DomainEvent): boolean {
  return type.startsWith('incident.') || type.startsWith('check.') || type.startsWith('downtime.');
}

/**
 * How the present month of every customer with a contract stands. The log is read once, in the background, after the start; then
 * the board follows what is committed, keeps no more than the month needs, and reckons a customer anew when something about it
 * was written, and every five minutes.
 */
export class MonthBoard {
  readonly #context: MonthBoardContext;
  /** Of every customer with a contract when the log was read. */
  #readers: ReadonlyMap<CustomerId, HistoryReader> = new Map();
  readonly #figures = new NewestWords<MonthFigures>(months => ({t: 'months', months}));
  readonly #dirty = new Set<CustomerId>();
  readonly #cancel: () => void;
  /** Number of the last line read; null once it follows what is committed. */
  #reading: number | null = null;
  #isStopped = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(context: MonthBoardContext) {
    this.#context = context;
    this.#cancel = context.outside.timers.every(LOOK_MS, () => void this.refresh());
  }

  /** What has been committed. Until the log has been read it is in there. */
  committed(entries: readonly LogEntry[]): void {
    if (this.#reading === null) for (const entry of entries) this.#take(entry);
  }

  /** Reads on in the log, then reckons whose figures are due. Resolves when that is done; a turn waits for the one before. */
  refresh(): Promise<void> {
    this.#turn = this.#turn
      .then(() => this.#refresh())
      .catch(error => this.#context.logger.error('months.failed', {error}));
    return this.#turn;
  }

  /** What is told of it to one session. */
  cursor(): WordCursor {
    return this.#figures.cursor();
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#turn;
  }

  async #refresh(): Promise<void> {
    const promised = [...this.#context.state().customers.values()].filter(({contract}) => contract !== null);
    const ids = new Set(promised.map(({id}) => id));
    for (const id of this.#figures.keys()) if (!ids.has(id)) this.#figures.delete(id);
    if (promised.some(({id}) => !this.#readers.has(id))) {
      this.#readers = new Map(promised.map(({id}) => [id, openHistory()]));
      this.#reading = 0;
    }
    await this.#readLog();
    for (const {id} of promised) {
      if (this.#isStopped) return;
      if (!this.#isDue(id)) continue;
      this.#reckon(id);
      await breathe();
    }
  }

  #isDue(id: CustomerId): boolean {
    const known = this.#figures.get(id);
    const now = this.#context.outside.clock.now();
    return known === undefined || this.#dirty.has(id) || now - known.asOf >= MONTH_FIGURES_EVERY;
  }

  async #readLog(): Promise<void> {
    const {log, state} = this.#context;
    for (let stretch = 1; this.#reading !== null && !this.#isStopped; stretch++) {
      const until = Math.min(this.#reading + STRETCH, state().seq);
      for (const row of log.historyRows(this.#reading, until)) this.#take(toEntry(row));
      if (stretch % TIDY_AFTER === 0) this.#tidy();
      // What is committed from here on is told.
      this.#reading = until === state().seq ? null : until;
      await breathe();
    }
  }

  #take(entry: LogEntry): void {
    const {customer, event} = entry;
    if (event.type === 'collector.started') {
      for (const [id, reader] of this.#readers) {
        reader.take(entry);
        this.#dirty.add(id);
      }
    } else if (customer !== null && isPartOfMonth(event)) {
      this.#readers.get(customer)?.take(entry);
      this.#dirty.add(customer);
    }
  }

  /** The month that is now for a customer; null for one that is gone. */
  #monthOf(id: CustomerId): {readonly month: string; readonly span: Span} | null {
    const timezone = this.#context.state().customers.get(id)?.timezone;
    if (timezone === undefined) return null;
    const month = monthAt(timezone, this.#context.outside.clock.now());
    const span = monthSpan(timezone, month);
    return span === null ? null : {month, span};
  }

  #tidy(): void {
    for (const [id, reader] of this.#readers) reader.forgetBefore(this.#monthOf(id)?.span[0] ?? 0);
  }

  #reckon(id: CustomerId): void {
    const reader = this.#readers.get(id);
    const present = this.#monthOf(id);
    this.#dirty.delete(id);
    if (reader === undefined || present === null) return;
    const {month, span} = present;
    reader.forgetBefore(span[0]);
    const {state, outside} = this.#context;
    const report = customerMonth(state(), reader.history, id, month, span, outside.clock.now());
    if (report === null) return;
    this.#figures.set(id, monthFigures(report));
  }
}
