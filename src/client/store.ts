import type {HostKey} from '../domain/address.ts';
import type {CommandBody, CommandId} from '../domain/command.ts';
import {Fault} from '../domain/fault.ts';
import {type DurationMs, type Instant, MINUTE, SECOND} from '../domain/time.ts';
import type {ServerFrame} from '../protocol/frames.ts';
import type {Outside} from '../runtime/outside.ts';
import {safeText} from '../runtime/safe-text.ts';
import type {AgentEvents, AgentPort} from './agent.ts';
import type {CollectorAddress} from './collector-address.ts';
import type {LinkStatus, PictureFrame} from './link.ts';
import type {CollectorView, NocStore, NocView, PendingCommand} from './noc.ts';
import {EMPTY_REPLICA, type Replica, receive} from './replica.ts';

/** How long a settled command stays in the view, so that everybody can see what became of it. */
const SETTLED_FOR_MS: DurationMs = MINUTE;
const SWEEP_MS: DurationMs = 5 * SECOND;
const HISTORY_TIMEOUT_MS: DurationMs = 10 * SECOND;

type History = Extract<ServerFrame, {t: 'history'}>;

interface Question {
  readonly collector: string;
  readonly resolve: (answer: History) => void;
  readonly reject: (fault: Fault) => void;
  readonly cancelTimeout: () => void;
}

interface Entry {
  readonly status: LinkStatus;
  readonly replica: Replica;
  readonly view: CollectorView;
}

/** The replicated picture of all collectors, behind whichever agent keeps the links. */
export class Store implements NocStore, AgentEvents {
  readonly #outside: Outside;
  readonly #agent: AgentPort;
  readonly #entries = new Map<string, Entry>();
  readonly #commands = new Map<CommandId, {readonly command: PendingCommand; readonly settledAt: Instant | null}>();
  readonly #questions = new Map<number, Question>();
  readonly #listeners = new Set<() => void>();
  readonly #cancelSweep: () => void;
  #view: NocView | null = null;
  #willNotify = false;
  #lastQuestion = 0;

  /** @param connect - Starts the agent, which tells what it hears to the store it is given. */
  constructor(
    listed: readonly Pick<CollectorAddress, 'name' | 'url'>[],
    outside: Outside,
    connect: (store: Store) => AgentPort,
  ) {
    this.#outside = outside;
    const now = outside.clock.now();
    for (const {url, name} of listed) {
      const status: LinkStatus = {
        link: 'connecting',
        reason: null,
        since: now,
        heardAt: null,
        skewMs: 0,
        collector: null,
        who: null,
      };
      this.#put(url, name, status, EMPTY_REPLICA);
    }
    this.#agent = connect(this);
    this.#cancelSweep = outside.timers.every(SWEEP_MS, () => this.#sweep());
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  getSnapshot(): NocView {
    this.#view ??= {
      collectors: [...this.#entries.values()].map(entry => entry.view),
      commands: [...this.#commands.values()].map(({command}) => command),
    };
    return this.#view;
  }

  send(collector: string, body: CommandBody, expectedVersion: number | null): CommandId {
    const issuedAt = this.#outside.clock.now();
    const cid = this.#outside.random.uuid(issuedAt);
    this.onCommand({cid, collector, body, issuedAt, status: 'queued', verdict: null});
    this.#agent.command(cid, collector, body, expectedVersion);
    return cid;
  }

  watch(collector: string, hosts: readonly HostKey[] | 'all'): void {
    this.#agent.watch(collector, hosts);
  }

  history(collector: string, host: HostKey, spanMs: DurationMs, points: number): Promise<History> {
    this.#lastQuestion++;
    const id = this.#lastQuestion;
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.#outside.timers.after(HISTORY_TIMEOUT_MS, () => this.#giveUp(id));
      this.#questions.set(id, {collector, resolve, reject, cancelTimeout});
      this.#agent.ask(collector, {t: 'ask', id, host, spanMs, points});
    });
  }

  reconnect(): void {
    this.#agent.reconnect();
  }

  async close(): Promise<void> {
    this.#cancelSweep();
    for (const id of this.#questions.keys()) this.#giveUp(id);
    this.#listeners.clear();
    await this.#agent.close();
  }

  onStatus(collector: string, status: LinkStatus): void {
    const entry = this.#entries.get(collector);
    if (entry === undefined) return;
    this.#put(collector, entry.view.name, status, entry.replica);
    if (status.link === 'down' || status.link === 'refused') {
      for (const [id, question] of this.#questions) if (question.collector === collector) this.#giveUp(id);
    }
    this.#changed();
  }

  onPicture(collector: string, frame: PictureFrame): void {
    const entry = this.#entries.get(collector);
    if (entry === undefined) return;
    if (frame.t === 'history') {
      this.#answer(frame);
      return;
    }
    const replica = receive(entry.replica, frame);
    if (replica === null) {
      this.#entries.set(collector, {...entry, replica: {...entry.replica, loading: null}});
      this.#agent.resync(collector);
      return;
    }
    const {state, samples, sources, progress, months} = entry.view;
    const isSameFact = replica.state === state && replica.sources === sources;
    const isSameSample = replica.samples === samples && replica.progress === progress && replica.months === months;
    if (isSameFact && isSameSample) {
      this.#entries.set(collector, {...entry, replica});
      return;
    }
    this.#put(collector, entry.view.name, entry.status, replica);
    this.#changed();
  }

  onCommand(command: PendingCommand): void {
    const settledAt = command.status === 'settled' ? this.#outside.clock.now() : null;
    this.#commands.set(command.cid, {command, settledAt});
    this.#changed();
  }

  #put(url: string, name: string | null, status: LinkStatus, replica: Replica): void {
    const view: CollectorView = {
      url,
      name: safeText(status.collector?.name ?? name ?? new URL(url).host),
      tag: status.collector?.tag ?? '',
      version: status.collector?.version ?? null,
      link: status.link,
      reason: status.reason === null ? null : {code: status.reason.code, message: safeText(status.reason.message)},
      since: status.since,
      heardAt: status.heardAt,
      skewMs: status.skewMs,
      who: status.who,
      state: replica.state,
      samples: replica.samples,
      sources: replica.sources,
      progress: replica.progress,
      months: replica.months,
    };
    this.#entries.set(url, {status, replica, view});
  }

  #answer(frame: History): void {
    const question = this.#questions.get(frame.id);
    if (question === undefined) return;
    this.#questions.delete(frame.id);
    question.cancelTimeout();
    question.resolve(frame);
  }

  #giveUp(id: number): void {
    const question = this.#questions.get(id);
    if (question === undefined) return;
    this.#questions.delete(id);
    question.cancelTimeout();
    question.reject(new Fault('NO_LINK', 'the collector does not answer'));
  }

  #sweep(): void {
    const limit = this.#outside.clock.now() - SETTLED_FOR_MS;
    for (const [cid, {settledAt}] of this.#commands) {
      if (settledAt === null || settledAt > limit) continue;
      this.#commands.delete(cid);
      this.#changed();
    }
  }

  /** Tells the listeners once for all that happened in this turn. */
  #changed(): void {
    this.#view = null;
    if (this.#willNotify) return;
    this.#willNotify = true;
    queueMicrotask(() => {
      this.#willNotify = false;
      for (const listener of this.#listeners) listener();
    });
  }
}
