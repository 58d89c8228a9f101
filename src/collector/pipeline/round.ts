import {type Fingerprint, fingerprint} from '../../domain/address.ts';
import {type Batch, openBatch} from '../../domain/batch.ts';
import {type Catalogue, decideCatalogue, expectCheck} from '../../domain/catalogue.ts';
import type {CheckMemory} from '../../domain/check-memory.ts';
import type {Command} from '../../domain/command.ts';
import {decideCommand} from '../../domain/decide-command.ts';
import {decideObservation} from '../../domain/decide-observation.ts';
import {decideDue, type Timed} from '../../domain/due.ts';
import type {Observation} from '../../domain/observation.ts';
import {OverlayTable} from '../../domain/overlay-table.ts';
import type {Rules} from '../../domain/rules.ts';
import type {Table} from '../../domain/table.ts';
import type {Instant} from '../../domain/time.ts';
import type {CommandRow, MemoryRow} from '../store/journal.ts';
import type {LedgerLine} from '../store/log-reader.ts';
import type {Picture} from '../store/snapshot-file.ts';
import type {Answer, Authorize, DraftChange} from './claim.ts';
import {contentHash, customerOf, ledgerRow, replay, withNothingNamed} from './command-ledger.ts';

const FORBIDDEN: Answer = {verdict: {outcome: 'rejected', code: 'FORBIDDEN', by: null, at: null}, seq: null};

function isEmpty(memory: CheckMemory): boolean {
  return memory.result === null && memory.ended.length === 0;
}

/**
 * One group commit being put together on the committed picture: everything decided sees what was decided before it, and
 * nothing of it has happened until it is on disk. Thrown away, it never was; and thrown away it has to be when a decision
 * throws, for half of it is in the batch then.
 */
export class Round {
  readonly now: Instant;
  readonly #batch: Batch;
  readonly #memory: OverlayTable<Fingerprint, CheckMemory>;
  readonly #rules: Rules;
  readonly #verdictOf: (cid: string) => LedgerLine | null;
  /** Memory that goes to disk with this round. */
  readonly #kept = new Set<Fingerprint>();
  /** Checks whose memory changed. */
  readonly #touched = new Set<Fingerprint>();
  readonly #commands = new Map<string, CommandRow>();

  constructor(picture: Picture, now: Instant, rules: Rules, verdictOf: (cid: string) => LedgerLine | null) {
    this.now = now;
    this.#batch = openBatch(picture.state);
    this.#memory = new OverlayTable(picture.memory);
    this.#rules = rules;
    this.#verdictOf = verdictOf;
  }

  get state(): Batch['state'] {
    return this.#batch.state;
  }

  get entries(): Batch['entries'] {
    return this.#batch.entries;
  }

  get commands(): readonly CommandRow[] {
    return [...this.#commands.values()];
  }

  get touchedChecks(): ReadonlySet<Fingerprint> {
    return this.#touched;
  }

  get memory(): Table<Fingerprint, CheckMemory> {
    return this.#memory;
  }

  /**
   * Memory to keep: of what led to an event, or of an end that a later message must not forget. All else may be lost in a
   * crash, because the next result makes it again.
   */
  memoryRows(): readonly MemoryRow[] {
    return [...this.#kept].map(key => {
      const memory = this.#memory.get(key);
      return {key, body: memory === undefined ? null : JSON.stringify(memory)};
    });
  }

  due(timed: Timed): void {
    const key = timed.kind === 'check' ? timed.fingerprint : null;
    const before = key === null ? undefined : this.#memory.get(key);
    const {drafts, memory} = decideDue(this.#batch, before, timed, this.now, this.#rules);
    if (key !== null && memory !== undefined) this.#remember(key, before, memory, drafts.length > 0);
  }

  observe(observation: Observation): void {
    const key = fingerprint(observation.address);
    const before = this.#memory.get(key);
    const {drafts, memory} = decideObservation(this.#batch, before, observation, this.now, this.#rules);
    this.#remember(key, before, memory, drafts.length > 0);
  }

  /** Brings the state to what the configuration says, and expects its checks from now on. */
  define(catalogue: Catalogue): void {
    this.#batch.append(decideCatalogue(this.state, catalogue, this.now, this.#rules), this.now);
    for (const check of catalogue.checks) {
      const key = fingerprint(check.address);
      const before = this.#memory.get(key);
      this.#remember(key, before, expectCheck(this.state, before, check, this.now), false);
    }
  }

  change(draft: DraftChange): void {
    this.#batch.append(draft(this.state, this.now), this.now);
  }

  command(command: Command, authorize: Authorize): Answer {
    const hash = contentHash(command);
    const known = this.#commands.get(command.cid) ?? this.#verdictOf(command.cid);
    if (known !== null) return replay(known, hash);
    if (!authorize(null)) return FORBIDDEN;
    const customer = customerOf(this.state, command.body);
    // A short id is soon guessed: whether it is another customer's alert or none must look the same.
    const body = customer === null || authorize(customer) ? command.body : withNothingNamed(command.body);
    if (body === null) return FORBIDDEN;
    const {verdict, drafts} = decideCommand(this.state, {...command, body}, this.now, this.#rules);
    const last = this.#batch.append(drafts, this.now, {actor: command.actor, cid: command.cid}).at(-1);
    const answer = {verdict, seq: last?.seq ?? null};
    this.#commands.set(command.cid, ledgerRow(command, hash, answer, this.now));
    return answer;
  }

  /** The picture with the round in it; the round is over then. */
  close(): Picture {
    return {state: this.#batch.close(), memory: this.#memory.toTable()};
  }

  #remember(key: Fingerprint, before: CheckMemory | undefined, after: CheckMemory, hasDrafts: boolean): void {
    if (after === before) return;
    if (before === undefined && isEmpty(after)) return;
    this.#memory.set(key, isEmpty(after) ? undefined : after);
    this.#touched.add(key);
    if (hasDrafts || after.ended !== before?.ended) this.#kept.add(key);
  }
}
