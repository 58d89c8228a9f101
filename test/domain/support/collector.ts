import {fingerprint} from '../../../src/domain/address.ts';
import {alertState} from '../../../src/domain/alert.ts';
import {apply} from '../../../src/domain/apply.ts';
import {nextBackupChange} from '../../../src/domain/backup/next-change.ts';
import {type Batch, openBatch} from '../../../src/domain/batch.ts';
import type {CheckMemory} from '../../../src/domain/check-memory.ts';
import type {CommandBody, Verdict} from '../../../src/domain/command.ts';
import {decideCommand} from '../../../src/domain/decide-command.ts';
import {decideObservation} from '../../../src/domain/decide-observation.ts';
import type {Ground} from '../../../src/domain/decision.ts';
import {decideDue, dueOfAlert, dueOfCheck, dueOfDowntime, dueOfIncident, type Timed} from '../../../src/domain/due.ts';
import type {Draft, LogEntry} from '../../../src/domain/event.ts';
import type {Observation} from '../../../src/domain/observation.ts';
import {defaultRules, type Rules} from '../../../src/domain/rules.ts';
import {emptyState, type NocState} from '../../../src/domain/state.ts';
import type {Instant} from '../../../src/domain/time.ts';
import {plain} from './text.ts';

/**
 * A collector without its outside: one writer, one log, time as it is told. What it decides goes through the same functions,
 * in the same order (what is due first, AL-2), as in the real pipeline.
 */
export class PureCollector {
  state: NocState = emptyState();
  readonly log: LogEntry[] = [];
  readonly memories = new Map<string, CheckMemory>();
  readonly rules: Rules;
  now: Instant;
  /** Lets decisions draft into the open batch, as the pipeline does, and not on the state. */
  decidesOnBatch = false;
  readonly #asked = new Map<string, Instant>();
  #commands = 0;

  constructor(startedAt: Instant, rules: Partial<Rules> = {}) {
    this.now = startedAt;
    this.rules = {...defaultRules(startedAt), ...rules};
  }

  /** A collector that starts at `instant` on what another one left behind; nothing was written in between. */
  static resumed(before: PureCollector, instant: Instant): PureCollector {
    const collector = new PureCollector(instant, {...before.rules, collectorStartedAt: instant});
    collector.state = before.state;
    collector.log.push(...before.log);
    for (const [key, memory] of before.memories) collector.memories.set(key, memory);
    return collector;
  }

  #commit(
    drafts: readonly Draft[],
    cause?: Parameters<ReturnType<typeof openBatch>['append']>[2],
  ): readonly LogEntry[] {
    const batch = openBatch(this.state);
    batch.append(drafts, this.now, cause);
    return this.#close(batch);
  }

  #close(batch: Batch): readonly LogEntry[] {
    this.log.push(...batch.entries);
    this.state = batch.close();
    return batch.entries;
  }

  /** Makes one decision durable, and returns what it wrote. */
  #decide(decide: (ground: Ground) => {readonly drafts: readonly Draft[]}): readonly LogEntry[] {
    if (!this.decidesOnBatch) return this.#commit(decide(this.state).drafts);
    const batch = openBatch(this.state);
    decide(batch);
    return this.#close(batch);
  }

  observe(observation: Observation): readonly LogEntry[] {
    const key = fingerprint(observation.address);
    return this.#decide(ground => {
      const decided = decideObservation(ground, this.memories.get(key), observation, this.now, this.rules);
      this.memories.set(key, decided.memory);
      return decided;
    });
  }

  command(by: string, body: CommandBody, expectedVersion: number | null = null): Verdict {
    const actor = {name: plain(by), as: null};
    const cid = `command-${++this.#commands}`;
    const command = {cid, actor, issuedAt: this.now, ttlMs: 60_000, expectedVersion, body};
    const {verdict, drafts} = decideCommand(this.state, command, this.now, this.rules);
    this.#commit(drafts, {actor, cid});
    return verdict;
  }

  draft(...drafts: readonly Draft[]): readonly LogEntry[] {
    return this.#commit(drafts);
  }

  /** Lets time pass up to and including `instant`; everything that falls due happens at its own instant. */
  advanceTo(instant: Instant): readonly LogEntry[] {
    const from = this.log.length;
    let idle: string | null = null;
    for (;;) {
      const next = this.#nextDue();
      if (next === undefined || next.at > instant) break;
      this.now = Math.max(this.now, next.at);
      const turn = `${next.key} at ${next.at}`;
      if (turn === idle) throw new Error(`${turn} is due, and nothing comes of it`);
      this.#asked.set(next.key, this.now);
      const memory = next.timed.kind === 'check' ? this.memories.get(next.timed.fingerprint) : undefined;
      const written = this.#decide(ground => {
        const due = decideDue(ground, memory, next.timed, this.now, this.rules);
        if (next.timed.kind === 'check' && due.memory !== undefined)
          this.memories.set(next.timed.fingerprint, due.memory);
        return due;
      });
      idle = written.length === 0 ? turn : null;
    }
    this.now = Math.max(this.now, instant);
    return this.log.slice(from);
  }

  #nextDue(): {readonly at: Instant; readonly key: string; readonly timed: Timed} | undefined {
    const all: {at: Instant; key: string; timed: Timed}[] = [];
    const add = (at: Instant | null, key: string, timed: Timed) => {
      if (at !== null) all.push({at, key, timed});
    };
    for (const alert of this.state.alerts.values()) {
      const {occurrence} = alert;
      add(dueOfAlert(alert, this.rules), `alert ${occurrence}`, {kind: 'alert', occurrence});
    }
    for (const incident of this.state.incidents.values()) {
      const key = `incident ${incident.id}`;
      add(dueOfIncident(this.state, incident, this.#asked.get(key) ?? null), key, {kind: 'incident', id: incident.id});
    }
    for (const [backup, record] of this.state.backups.entries()) {
      const key = `backup ${backup}`;
      // The real heap asks at once after each fact about the object; the verdict of that instant is told already.
      add(nextBackupChange(record, this.#asked.get(key) ?? this.now), key, {kind: 'backup', key: backup});
    }
    for (const downtime of this.state.downtimes.values()) {
      const key = `downtime ${downtime.id}`;
      const at = dueOfDowntime(downtime, this.#asked.get(key) ?? null, this.rules);
      add(at, key, {kind: 'downtime', id: downtime.id});
    }
    for (const check of this.state.checks.values()) {
      const {fingerprint: key} = check;
      add(dueOfCheck(check, this.memories.get(key), this.rules), `check ${key}`, {kind: 'check', fingerprint: key});
    }
    return all.reduce<(typeof all)[number] | undefined>((a, b) => (a === undefined || b.at < a.at ? b : a), undefined);
  }

  /** Every alert as `host/service state`, sorted, for looking at the whole. */
  picture(): readonly string[] {
    return [...this.state.alerts.values()]
      .map(it => [`${it.host}/${it.service}`, alertState(it), it.severity, ...it.suppressed].join(' '))
      .sort();
  }

  /** The state as a fresh fold of the whole log. */
  replay(): NocState {
    return apply(emptyState(), this.log);
  }
}
