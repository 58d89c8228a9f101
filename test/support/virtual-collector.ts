import {openBatch} from '../../src/domain/batch.ts';
import {digest} from '../../src/domain/digest.ts';
import type {DomainEvent, Draft, LogEntry} from '../../src/domain/event.ts';
import {snapshotItems} from '../../src/domain/snapshot.ts';
import {emptyState, type NocState} from '../../src/domain/state.ts';
import type {ClientFrame, ServerFrame} from '../../src/protocol/frames.ts';
import type {VirtualOutside} from './clock.ts';
import {hello} from './frames.ts';
import {type Call, type Line, openLine} from './line.ts';

const everything = (): boolean => true;
const ITEMS_PER_FRAME = 3;

/**
 * A collector without a network, a disk or rules: a log, its fold, and the protocol's way of handing both out.
 * What it says stays on the line until it is let through, so that a test can cut between any two frames.
 */
export class VirtualCollector {
  readonly line: Line;
  /** Commands that arrived, in their order, repeats too. */
  readonly commands: Extract<ClientFrame, {t: 'cmd'}>[] = [];
  state: NocState = emptyState();
  readonly #outside: VirtualOutside;
  readonly #log: LogEntry[] = [];
  #epoch = 'e1';
  #call: Call | null = null;
  /** Number that the client was sent last; null: it has not subscribed. */
  #sentTo: number | null = null;
  #underway: ServerFrame[] = [];
  /** Refuses every connection while false. */
  isUp = true;
  /** Its clock minus that of the test. */
  skewMs = 0;

  constructor(outside: VirtualOutside) {
    this.#outside = outside;
    this.line = openLine((call, frame) => this.#hear(call, frame));
  }

  append(...events: readonly DomainEvent[]): void {
    const batch = openBatch(this.state);
    const drafts: readonly Draft[] = events.map(event => ({customer: 'mueller', event}));
    const entries = batch.append(drafts, this.#outside.clock.now());
    this.state = batch.close();
    this.#log.push(...entries);
    if (this.#sentTo !== null) this.#streamFrom(this.#sentTo);
  }

  mark(): void {
    if (this.#sentTo === null) return;
    const {seq} = this.state;
    const at = this.#outside.clock.now() + this.skewMs;
    this.#say({t: 'mark', seq, prev: this.#sentTo, at, digest: this.digest(), sources: []});
    this.#sentTo = seq;
  }

  digest(): string {
    return digest(this.state, everything);
  }

  say(frame: ServerFrame): void {
    this.#say(frame);
  }

  /** History was lost and begun anew, with the same content: numbers mean nothing any more. */
  newEpoch(epoch: string): void {
    this.#epoch = epoch;
    this.cut();
  }

  /** Lets `count` frames through, all by default. */
  deliver(count = Number.POSITIVE_INFINITY): void {
    for (let delivered = 0; delivered < count; delivered++) {
      const frame = this.#underway.shift();
      if (frame === undefined || this.#call === null) return;
      this.#call.say(frame);
    }
  }

  /** Swallows the next frame, as a bug would; the client must notice. */
  lose(): void {
    this.#underway.shift();
  }

  cut(): void {
    const call = this.#call;
    this.#call = null;
    this.#sentTo = null;
    this.#underway = [];
    call?.end({type: 'closed', code: 1006, reason: ''});
  }

  #hear(call: Call, frame: ClientFrame | null): void {
    if (frame === null) {
      // A socket speaks after it was made, never before.
      queueMicrotask(() => this.#accept(call));
      return;
    }
    switch (frame.t) {
      case 'sub':
        this.#subscribe(frame);
        return;
      case 'cmd':
        this.commands.push(frame);
        return;
      case 'watch':
      case 'ask':
        return;
      default:
        frame satisfies never;
    }
  }

  #accept(call: Call): void {
    if (!this.isUp) {
      call.end({type: 'failed', code: 'ECONNREFUSED', message: ''});
      return;
    }
    this.#call = call;
    this.#sentTo = null;
    this.#underway = [];
    call.accept();
    this.#say(hello({epoch: this.#epoch, head: this.state.seq, now: this.#outside.clock.now() + this.skewMs}));
  }

  #subscribe({epoch, seq}: Extract<ClientFrame, {t: 'sub'}>): void {
    if (epoch === this.#epoch && seq !== null && seq <= this.state.seq) {
      this.#say({t: 'resumed', seq});
      this.#streamFrom(seq);
    } else {
      this.#snapshot();
    }
    this.#say({t: 'live'});
  }

  #snapshot(): void {
    const {seq, occurrences} = this.state;
    const items = snapshotItems(this.state, everything);
    this.#say({t: 'snap', seq, epoch: this.#epoch, occurrences});
    for (let index = 0; index < items.length; index += ITEMS_PER_FRAME) {
      this.#say({t: 'item', items: items.slice(index, index + ITEMS_PER_FRAME)});
    }
    this.#say({t: 'snapend', seq, count: items.length, digest: this.digest()});
    this.#sentTo = seq;
  }

  #streamFrom(seq: number): void {
    const events = this.#log.filter(entry => entry.seq > seq);
    const last = events.at(-1);
    if (last !== undefined) this.#say({t: 'd', seq: last.seq, prev: seq, events});
    this.#sentTo = last?.seq ?? seq;
  }

  #say(frame: ServerFrame): void {
    if (this.#call !== null) this.#underway.push(frame);
  }
}
