import type {Catalogue} from '../../domain/catalogue.ts';
import type {Command} from '../../domain/command.ts';
import type {Timed} from '../../domain/due.ts';
import {Fault} from '../../domain/fault.ts';
import type {Observation} from '../../domain/observation.ts';
import type {Rules} from '../../domain/rules.ts';
import type {Instant} from '../../domain/time.ts';
import type {Outside} from '../../runtime/outside.ts';
import type {Sink} from '../source.ts';
import type {LogReader} from '../store/log-reader.ts';
import type {Picture} from '../store/snapshot-file.ts';
import type {Answer, Authorize, Claim, DraftChange} from './claim.ts';
import {type CommitContext, CommitLine} from './commit-line.ts';
import {FairQueue} from './fair-queue.ts';
import {Round} from './round.ts';
import {Timetable} from './timetable.ts';

/** Observations that may wait, of one source and of all: some seconds of work. */
const QUEUE_LIMITS = {lane: 20_000, total: 100_000};
const MOST_WAITING_COMMANDS = 10_000;
/** Work of one round, some ten milliseconds; more waits for the next, so that nobody waits for a storm. */
const ROUND_COST = 256;
/** This much is worth an fsync of its own: it is decided while the round before it is still written. */
const WORTH_COST = 32;
const DUE_PER_ROUND = 128;
/** Turns of the event loop after a full round, and in proportion. It takes one new connection a turn: a storm must not keep others out. */
const TURNS_AFTER_FULL = 16;
/** After the disk refused, time alone tries again this often. */
const RETRY_MS = 5000;
/** Lane of what does not come from a source. */
const OWN_LANE = '';

/** What the single writer needs. */
export interface PipelineContext extends CommitContext {
  readonly log: LogReader;
  readonly rules: Rules;
  readonly outside: Outside;
}

interface Settled {
  readonly claim: Claim;
  readonly answer: Answer | null;
}

/**
 * The single writer: takes claims in turn, decides a round of them, numbers and commits it in one transaction, and only then
 * applies, publishes and answers. While one round is on its way to disk the next one gathers and is decided, so that one
 * fsync serves all who wait.
 */
export class Pipeline implements Sink {
  readonly #context: PipelineContext;
  readonly #commands = new FairQueue<Claim>({lane: MOST_WAITING_COMMANDS, total: MOST_WAITING_COMMANDS});
  readonly #claims = new FairQueue<Claim>(QUEUE_LIMITS);
  readonly #line: CommitLine;
  #timetable: Timetable;
  #isRunning = false;
  #isStopped = false;
  #tellNew = () => {};
  #cancelTimer: (() => void) | null = null;
  #idle: (() => void)[] = [];

  constructor(context: PipelineContext) {
    this.#context = context;
    this.#timetable = new Timetable(context.picture, context.rules);
    this.#line = new CommitLine(context, () => {
      this.#timetable = new Timetable(this.picture, context.rules);
    });
  }

  /** What is committed. */
  get picture(): Picture {
    return this.#line.committed;
  }

  /** Why nothing can be written now; null while all is well. */
  get failure(): Fault | null {
    return this.#line.failure;
  }

  get waiting(): number {
    return this.#claims.cost + this.#commands.cost;
  }

  /** Lets time do its work from now on. */
  start(): void {
    this.#wake();
  }

  /** Whether an observation of this source would be taken, asked before anything is parsed. */
  hasRoom(source: string): boolean {
    return !this.#isStopped && this.#claims.hasRoom(source);
  }

  submit(observations: readonly Observation[]): Promise<void> {
    if (observations.length === 0) return Promise.resolve();
    const named = observations.find(observation => observation.type !== 'removal');
    const lane = named !== undefined && 'source' in named ? named.source : OWN_LANE;
    return new Promise((resolve, reject) => {
      if (!this.hasRoom(lane)) reject(overloaded());
      else this.#push(this.#claims, lane, {type: 'observations', observations, resolve, reject}, observations.length);
    });
  }

  /** Resolves when the verdict, and what followed from it, is on disk. @throws {Fault} as `submit` does. */
  command(command: Command, authorize: Authorize): Promise<Answer> {
    const lane = command.actor.name;
    return new Promise((resolve, reject) => {
      if (this.#isStopped || !this.#commands.hasRoom(lane)) reject(overloaded());
      else this.#push(this.#commands, lane, {type: 'command', command, authorize, resolve, reject}, 1);
    });
  }

  /** Brings what is known to what the configuration says. @throws {Fault} as `submit` does. */
  define(catalogue: Catalogue): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#push(this.#claims, OWN_LANE, {type: 'catalogue', catalogue, resolve, reject}, 1);
    });
  }

  /** Makes drafts from the state as it is when their turn comes. @throws {Fault} as `submit` does. */
  change(draft: DraftChange): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#isStopped) reject(overloaded());
      else this.#push(this.#claims, OWN_LANE, {type: 'change', draft, resolve, reject}, 1);
    });
  }

  /** Takes nothing more, and resolves when what was taken is on disk. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#isRunning) await new Promise<void>(resolve => this.#idle.push(resolve));
  }

  #push(queue: FairQueue<Claim>, lane: string, claim: Claim, cost: number): void {
    queue.push(lane, claim, cost);
    this.#tellNew();
    this.#wake();
  }

  #wake(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    // All that the event loop has ready now joins the first round.
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    while (await this.#step());
    this.#isRunning = false;
    for (const resolve of this.#idle.splice(0)) resolve();
    this.#arm();
  }

  /** @returns Whether there is more to do. */
  async #step(): Promise<boolean> {
    if (this.failure !== null && this.waiting === 0 && this.#line.isEmpty) await this.#line.probe();
    // A second round goes out behind one that is underway only when it is worth it: else more wait to share its fsync.
    const isWorth = this.#line.isEmpty || this.waiting >= WORTH_COST;
    const cost = isWorth ? this.#startRound() : 0;
    if (cost === 0) await Promise.race([this.#line.drained(), this.#somethingNew()]);
    else await turns(Math.ceil((TURNS_AFTER_FULL * cost) / ROUND_COST));
    await this.#line.hasRoom();
    return this.waiting > 0 || this.#isDue() || !this.#line.isEmpty;
  }

  /** Resolves when something more waits. */
  #somethingNew(): Promise<void> {
    return new Promise(resolve => {
      this.#tellNew = resolve;
    });
  }

  #now(): Instant {
    return Math.max(this.#context.outside.clock.now(), this.#line.lastAt);
  }

  #isDue(): boolean {
    const next = this.#timetable.next();
    return next !== null && next <= this.#now() && this.failure === null && !this.#isStopped;
  }

  #arm(): void {
    const next = this.#timetable.next();
    if (this.#isStopped || (next === null && this.failure === null)) return;
    const waitMs = this.failure === null && next !== null ? Math.max(0, next - this.#now()) : RETRY_MS;
    this.#cancelTimer = this.#context.outside.timers.after(waitMs, () => this.#wake());
  }

  /** Decides what waits and sends it on its way. @returns How much work that was; 0 for nothing. */
  #startRound(): number {
    const waiting = this.waiting;
    const claims = this.#takeClaims();
    const due = this.#isStopped ? [] : this.#timetable.take(this.#now(), DUE_PER_ROUND);
    const cost = waiting - this.waiting + due.length;
    if (cost === 0) return 0;
    const {round, settled} = this.#decide(claims, due);
    const {entries, touchedChecks, now} = round;
    this.#line.send(round, {
      committed: () => answer(settled),
      failed: fault => {
        for (const {claim} of settled) claim.reject(fault);
      },
    });
    this.#timetable.follow(this.#line.decided, entries, touchedChecks, due, now);
    return cost;
  }

  #takeClaims(): Claim[] {
    const claims: Claim[] = [];
    for (let cost = 0; cost < ROUND_COST; ) {
      const before = this.waiting;
      const claim = this.#commands.shift() ?? this.#claims.shift();
      if (claim === undefined) break;
      claims.push(claim);
      cost += before - this.waiting;
    }
    return claims;
  }

  /** Decides all of them on one round; what breaks a rule of ours is left out by itself, and the others are decided anew. */
  #decide(
    claims: readonly Claim[],
    due: readonly Timed[],
  ): {readonly round: Round; readonly settled: readonly Settled[]} {
    const {log, rules} = this.#context;
    const verdictOf = (cid: string) => this.#line.verdictOf(cid) ?? log.verdictOf(cid);
    let sound = claims;
    let soundDue = due;
    for (;;) {
      const round = new Round(this.#line.decided, this.#now(), rules, verdictOf);
      // What time has done comes before what is reported or commanded at the same instant. Source: AL-2.
      const brokenDue = soundDue.find(timed => !this.#guard(() => round.due(timed)));
      if (brokenDue !== undefined) {
        soundDue = soundDue.filter(timed => timed !== brokenDue);
        continue;
      }
      const settled: Settled[] = [];
      const broken = sound.find(claim => {
        const isSound = this.#guard(() => settled.push({claim, answer: take(round, claim)}));
        return !isSound;
      });
      if (broken === undefined) return {round, settled};
      broken.reject(new Fault('INTERNAL', 'this could not be decided; it is in the collector’s log'));
      sound = sound.filter(claim => claim !== broken);
    }
  }

  #guard(decide: () => void): boolean {
    try {
      decide();
      return true;
    } catch (error) {
      this.#context.meters.invariantBroken();
      this.#context.logger.error('pipeline.broken', {error});
      return false;
    }
  }
}

function answer(settled: readonly Settled[]): void {
  for (const {claim, answer: given} of settled) {
    if (claim.type !== 'command') claim.resolve();
    else if (given !== null) claim.resolve(given);
  }
}

function take(round: Round, claim: Claim): Answer | null {
  switch (claim.type) {
    case 'observations':
      for (const observation of claim.observations) round.observe(observation);
      return null;
    case 'command':
      return round.command(claim.command, claim.authorize);
    case 'catalogue':
      round.define(claim.catalogue);
      return null;
    case 'change':
      round.change(claim.draft);
      return null;
    default:
      return claim satisfies never;
  }
}

/** Lets the event loop turn. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve));
}

function overloaded(): Fault {
  return new Fault('OVERLOADED', 'too much is waiting; try again in a moment');
}
