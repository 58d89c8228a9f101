import type {LogEntry} from '../../domain/event.ts';
import {Fault} from '../../domain/fault.ts';
import type {Instant} from '../../domain/time.ts';
import type {Log} from '../../runtime/log.ts';
import type {Meters} from '../meters.ts';
import type {CommandRow, Journal} from '../store/journal.ts';
import {type LogRow, toRow} from '../store/log-row.ts';
import type {Picture} from '../store/snapshot-file.ts';
import type {Round} from './round.ts';

/** Rounds on their way to disk at once: while one is written, the next is decided and sent after it. */
const MOST_UNDERWAY = 2;

/** What the way to disk needs. */
export interface CommitContext {
  readonly journal: Journal;
  /** What is committed when it starts. */
  readonly picture: Picture;
  /** Instant of the last committed entry. */
  readonly lastAt: Instant;
  readonly meters: Meters;
  readonly logger: Log;
  /** Called after each commit that wrote entries, before anybody is answered. */
  readonly published: (rows: readonly LogRow[], entries: readonly LogEntry[]) => void;
}

/** What is told of a round when it is known what became of it. */
export interface Settle {
  committed(): void;
  failed(fault: Fault): void;
}

interface Underway {
  readonly picture: Picture;
  readonly lastAt: Instant;
  readonly rows: readonly LogRow[];
  readonly entries: readonly LogEntry[];
  readonly commands: readonly CommandRow[];
  readonly settle: Settle;
  /** Resolves when it is known what became of it. */
  done: Promise<void>;
}

/**
 * The way from decided to committed, in order. A round is decided on those before it that are still underway; when one of
 * them fails, all after it fail too, and nothing of them ever was.
 */
export class CommitLine {
  readonly #context: CommitContext;
  readonly #rolledBack: () => void;
  readonly #underway: Underway[] = [];
  #committed: Picture;
  #committedAt: Instant;
  /** One failed: those underway after it were decided on what never was. */
  #isBroken = false;
  #failure: Fault | null = null;

  /** @param rolledBack - Called when what had been decided is void, and what is committed counts again. */
  constructor(context: CommitContext, rolledBack: () => void) {
    this.#context = context;
    this.#rolledBack = rolledBack;
    this.#committed = context.picture;
    this.#committedAt = context.lastAt;
  }

  /** What is on disk. */
  get committed(): Picture {
    return this.#committed;
  }

  /** What the next round is decided on: what is on disk, and what is on its way there. */
  get decided(): Picture {
    return this.#underway.at(-1)?.picture ?? this.#committed;
  }

  /** Instant of the last entry decided. */
  get lastAt(): Instant {
    return this.#underway.at(-1)?.lastAt ?? this.#committedAt;
  }

  /** Why nothing can be written now; null while all is well. */
  get failure(): Fault | null {
    return this.#failure;
  }

  get isEmpty(): boolean {
    return this.#underway.length === 0;
  }

  /** The verdict on a command that is underway. */
  verdictOf(cid: string): CommandRow | undefined {
    for (const {commands} of this.#underway) {
      const row = commands.find(command => command.cid === cid);
      if (row !== undefined) return row;
    }
    return undefined;
  }

  /** Sends a round after those underway. */
  send(round: Round, settle: Settle): void {
    const {commands, entries, now} = round;
    const rows = entries.map(toRow);
    const memory = round.memoryRows();
    const isEmpty = rows.length + commands.length + memory.length === 0;
    const batch = {events: rows, commands, memory, follows: !this.isEmpty};
    const before = this.#underway.at(-1)?.done ?? Promise.resolve();
    const lastAt = rows.length > 0 ? now : this.lastAt;
    const underway: Underway = {picture: round.close(), lastAt, rows, entries, commands, settle, done: before};
    this.#underway.push(underway);
    // What writes nothing was decided on what is underway all the same, and stands or falls with it.
    underway.done = this.#follow(underway, before, isEmpty ? null : this.#context.journal.commit(batch));
  }

  /** Resolves when another round may be decided. */
  async hasRoom(): Promise<void> {
    while (this.#isBroken || this.#underway.length >= MOST_UNDERWAY) await this.#underway[0]?.done;
  }

  /** Resolves when it is known what became of everything. */
  async drained(): Promise<void> {
    while (!this.isEmpty) await this.#underway.at(-1)?.done;
  }

  /** Finds out whether the disk is well again: writes something and takes it back. */
  async probe(): Promise<void> {
    const memory = [
      {key: '', body: '0'},
      {key: '', body: null},
    ];
    const fault = await faultOf(this.#context.journal.commit({events: [], commands: [], memory, follows: false}));
    if (fault === null) this.#recovered();
  }

  async #follow(round: Underway, before: Promise<void>, written: Promise<void> | null): Promise<void> {
    const started = performance.now();
    const fault = written === null ? null : await faultOf(written);
    const seconds = (performance.now() - started) / 1000;
    await before;
    this.#underway.shift();
    if (fault !== null) this.#break(fault);
    if (this.#isBroken) round.settle.failed(this.#failure ?? storeFailed());
    else {
      if (written !== null) this.#written(round.rows.length, seconds);
      this.#apply(round);
    }
    if (!this.#isBroken || !this.isEmpty) return;
    this.#isBroken = false;
    this.#rolledBack();
  }

  #apply({picture, lastAt, rows, entries, settle}: Underway): void {
    this.#committed = picture;
    this.#committedAt = lastAt;
    // What is on disk is answered, whatever happens to those who listen.
    if (rows.length > 0) this.#publish(rows, entries);
    settle.committed();
  }

  #publish(rows: readonly LogRow[], entries: readonly LogEntry[]): void {
    const {published, meters, logger} = this.#context;
    try {
      published(rows, entries);
    } catch (error) {
      meters.invariantBroken();
      logger.error('publish.broken', {error});
    }
  }

  #written(events: number, seconds: number): void {
    this.#context.meters.committed(events, seconds);
    this.#recovered();
  }

  #break(fault: Fault): void {
    const {meters, logger} = this.#context;
    meters.commitFailed();
    if (this.#failure === null) logger.error('store.failed', {error: fault, reason: fault.values.reason ?? ''});
    this.#failure = fault;
    this.#isBroken = true;
  }

  #recovered(): void {
    if (this.#failure !== null) this.#context.logger.info('store.recovered');
    this.#failure = null;
  }
}

/** What went wrong; null when nothing did. */
async function faultOf(work: Promise<void>): Promise<Fault | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Fault ? error : storeFailed();
  }
}

function storeFailed(): Fault {
  return new Fault('STORE_FAILED', 'the collector cannot write to its disk');
}
