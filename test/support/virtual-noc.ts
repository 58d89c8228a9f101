import type {CollectorView, NocStore, NocView, PendingCommand} from '../../src/client/noc.ts';
import type {CustomerId, HostKey} from '../../src/domain/address.ts';
import {openBatch} from '../../src/domain/batch.ts';
import type {HostSample} from '../../src/domain/check.ts';
import type {CommandBody, CommandId} from '../../src/domain/command.ts';
import {decideCommand} from '../../src/domain/decide-command.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {defaultRules} from '../../src/domain/rules.ts';
import {emptyState} from '../../src/domain/state.ts';
import {MINUTE} from '../../src/domain/time.ts';
import type {VirtualOutside} from './clock.ts';
import {technician, text} from './frames.ts';

/**
 * The seam that faces stand on, without a network: collectors with a log and its real fold. Commands wait until the test lets
 * their collector decide them, by the real `decide`.
 */
export class VirtualNoc implements NocStore {
  readonly #outside: VirtualOutside;
  readonly #listeners = new Set<() => void>();
  #view: NocView = {collectors: [], commands: []};
  /** Hosts asked for, by the collector's name. */
  readonly watched = new Map<string, readonly HostKey[] | 'all'>();
  /** Commands with what the technician had seen. */
  readonly expected = new Map<CommandId, number | null>();
  reconnects = 0;
  /** Answers to questions for history. */
  history: NocStore['history'] = () => Promise.reject(new Error('no link'));

  constructor(outside: VirtualOutside) {
    this.#outside = outside;
  }

  addCollector(name: string, over: Partial<CollectorView> = {}): void {
    const now = this.#outside.clock.now();
    const collector: CollectorView = {
      url: `ws://${name}:7420/ws`,
      name: text(name),
      tag: name.slice(0, 1).toUpperCase(),
      version: '0.1.0',
      link: 'live',
      reason: null,
      since: now,
      heardAt: now,
      skewMs: 0,
      who: technician,
      state: emptyState(),
      samples: new Map(),
      sources: [],
      progress: new Map(),
      months: new Map(),
      ...over,
    };
    this.#publish({...this.#view, collectors: [...this.#view.collectors, collector]});
  }

  change(name: string, over: Partial<CollectorView>): void {
    const collectors = this.#view.collectors.map(it => (it.name === name ? {...it, ...over} : it));
    this.#publish({...this.#view, collectors});
  }

  collector(name: string): CollectorView {
    const found = this.#view.collectors.find(it => it.name === name);
    if (found === undefined) throw new Error(`no collector ${name}`);
    return found;
  }

  /** The collector commits these at `at` (now by default). `by` is the colleague who commanded them, `customer` whose they are. */
  append(
    name: string,
    events: readonly DomainEvent[],
    {at = this.#outside.clock.now(), by = null as string | null, customer = null as CustomerId | null} = {},
  ): void {
    const {state, heardAt} = this.collector(name);
    const batch = openBatch(state ?? emptyState());
    const actor = by === null ? null : {name: text(by), as: null};
    batch.append(
      events.map(event => ({customer, event})),
      at,
      {actor, cid: null},
    );
    this.change(name, {state: batch.close(), heardAt: Math.max(at, heardAt ?? at)});
  }

  sample(name: string, host: HostKey, sample: HostSample): void {
    const samples = new Map(this.collector(name).samples);
    samples.set(host, {lastSeenAt: sample.at, sample});
    this.change(name, {samples});
  }

  /** Lets the collectors decide every command that has arrived; `isSeen` false keeps the events back (the verdict overtakes them). */
  decide({isSeen = true} = {}): void {
    for (const command of this.#view.commands) {
      if (command.status === 'sent') this.#decideOne(command, isSeen);
    }
  }

  #decideOne(command: PendingCommand, isSeen: boolean): void {
    const now = this.#outside.clock.now();
    const collector = this.#view.collectors.find(({url}) => url === command.collector);
    if (collector === undefined) throw new Error(`no collector ${command.collector}`);
    const actor = {name: collector.who?.name ?? text('jana'), as: null};
    const batch = openBatch(collector.state ?? emptyState());
    const {cid, body, issuedAt} = command;
    const expectedVersion = this.expected.get(cid) ?? null;
    const whole = {cid, actor, issuedAt, ttlMs: 5 * MINUTE, expectedVersion, body};
    const {verdict, drafts} = decideCommand(batch.state, whole, now, defaultRules(now));
    const entries = batch.append(drafts, now, {actor, cid});
    const settled: PendingCommand = {
      ...command,
      status: 'settled',
      verdict: {...verdict, seq: entries.at(-1)?.seq ?? batch.state.seq, message: null},
    };
    const commands = this.#view.commands.map(other => (other.cid === cid ? settled : other));
    this.#publish({...this.#view, commands});
    if (isSeen) this.change(collector.name, {state: batch.close()});
    else this.#unseen.push(() => this.change(collector.name, {state: batch.close()}));
  }

  readonly #unseen: (() => void)[] = [];

  /** The events that were kept back arrive. */
  catchUp(): void {
    for (const arrive of this.#unseen.splice(0)) arrive();
  }

  /** Bodies of all commands given so far, oldest first. */
  get sent(): readonly CommandBody[] {
    return this.#view.commands.map(({body}) => body);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  getSnapshot(): NocView {
    return this.#view;
  }

  send(collector: string, body: CommandBody, expectedVersion: number | null): CommandId {
    const now = this.#outside.clock.now();
    const cid = this.#outside.random.uuid(now);
    this.expected.set(cid, expectedVersion);
    const isLive = this.#view.collectors.some(({url, link}) => url === collector && link === 'live');
    const command: PendingCommand = {
      cid,
      collector,
      body,
      issuedAt: now,
      status: isLive ? 'sent' : 'queued',
      verdict: null,
    };
    this.#publish({...this.#view, commands: [...this.#view.commands, command]});
    return cid;
  }

  watch(collector: string, hosts: readonly HostKey[] | 'all'): void {
    const name = this.#view.collectors.find(({url}) => url === collector)?.name ?? collector;
    this.watched.set(name, hosts);
  }

  reconnect(): void {
    this.reconnects++;
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }

  #publish(view: NocView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
