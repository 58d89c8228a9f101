import {randomUUID} from 'node:crypto';
import type {WebSocket} from 'ws';
import {apply} from '../../../src/domain/apply.ts';
import {digest} from '../../../src/domain/digest.ts';
import {fromItems, type SnapItem} from '../../../src/domain/snapshot.ts';
import type {NocState} from '../../../src/domain/state.ts';
import type {ClientFrame, ServerFrame} from '../../../src/protocol/frames.ts';
import {NIGHT} from '../../support/clock.ts';

type Frame<T extends ServerFrame['t']> = Extract<ServerFrame, {t: T}>;

const everything = (): boolean => true;

/** A console that takes nothing on trust: it folds what it is sent, and fails at a gap, a double or a wrong digest. */
export class TestConsole {
  readonly frames: ServerFrame[] = [];
  /** Raw text of all frames, for looking for what must not be in them. */
  text = '';
  state: NocState | null = null;
  epoch: string | null = null;
  /** What did not fit together. */
  readonly faults: string[] = [];
  closed: {readonly code: number; readonly reason: string} | null = null;
  readonly #socket: WebSocket;
  #snapshot: {readonly head: Frame<'snap'>; readonly items: SnapItem[]} | null = null;
  #waiting: {readonly is: (frame: ServerFrame) => boolean; readonly resolve: (frame: ServerFrame) => void}[] = [];
  readonly #end: Promise<void>;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', data => this.#receive(data.toString()));
    socket.on('error', () => {});
    this.#end = new Promise(resolve => {
      socket.once('close', (code, reason) => {
        this.closed = {code, reason: reason.toString()};
        resolve();
      });
    });
  }

  get seq(): number {
    return this.state?.seq ?? 0;
  }

  send(frame: ClientFrame): void {
    this.#socket.send(JSON.stringify(frame));
  }

  /** @param options - `fin: false` for a fragment that others follow. */
  sendRaw(text: string | Buffer, options: {readonly fin?: boolean} = {}): void {
    this.#socket.send(text, options);
  }

  /** Subscribes from where it is, or anew, and waits until it is live. */
  async subscribe(from: TestConsole | null = null, customers: readonly string[] | null = null): Promise<void> {
    this.state = from?.state ?? null;
    this.epoch = from?.epoch ?? null;
    this.send({t: 'sub', client: 'test', epoch: this.epoch, seq: this.state?.seq ?? null, customers});
    await this.until(frame => frame.t === 'live');
  }

  /** Sends a command and waits for its verdict. */
  async command(body: Extract<ClientFrame, {t: 'cmd'}>['body'], over: Partial<Frame2> = {}): Promise<Frame<'cack'>> {
    const cid = over.cid ?? newCid();
    const frame: Frame2 = {
      t: 'cmd',
      cid,
      body,
      issuedAt: NIGHT,
      ttlMs: 3_600_000,
      expectedVersion: null,
      as: null,
      ...over,
    };
    const answered = this.next(it => it.t === 'cack' && it.cid === cid);
    this.send(frame);
    return (await answered) as Frame<'cack'>;
  }

  /** The first frame, of those that came and those to come, that fits. */
  async until(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
    return this.frames.find(fits) ?? this.next(fits);
  }

  /** The next frame to come that fits. */
  next(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
    return new Promise(resolve => this.#waiting.push({is: fits, resolve}));
  }

  /** Waits until it has folded everything up to `seq`. */
  async reach(seq: number): Promise<void> {
    while (this.seq < seq) await this.next(() => true);
  }

  /** Waits until its picture is as wanted. */
  async when(isWanted: (state: NocState) => boolean): Promise<void> {
    while (this.state === null || !isWanted(this.state)) await this.next(() => true);
  }

  /** Resolves with how it was closed. */
  async end(): Promise<{readonly code: number; readonly reason: string}> {
    await this.#end;
    return this.closed ?? {code: 0, reason: ''};
  }

  close(): Promise<unknown> {
    this.#socket.terminate();
    return this.#end;
  }

  /** Stops reading, as a stalled terminal does. */
  pause(): void {
    this.#socket.pause();
  }

  #receive(text: string): void {
    this.text += text;
    const frame = JSON.parse(text) as ServerFrame;
    this.frames.push(frame);
    this.#fold(frame);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const waiter of waiting) {
      if (waiter.is(frame)) waiter.resolve(frame);
      else this.#waiting.push(waiter);
    }
  }

  #fold(frame: ServerFrame): void {
    switch (frame.t) {
      case 'snap':
        this.#snapshot = {head: frame, items: []};
        break;
      case 'item':
        this.#snapshot?.items.push(...frame.items);
        break;
      case 'snapend':
        this.#ended(frame);
        break;
      case 'd':
        if (this.state === null || frame.prev !== this.state.seq)
          this.faults.push(`d ${frame.prev} on ${this.state?.seq}`);
        else this.state = {...apply(this.state, frame.events), seq: frame.seq};
        break;
      case 'mark':
        if (frame.prev !== this.seq) this.faults.push(`mark ${frame.prev} on ${this.seq}`);
        if (this.state !== null) this.state = {...this.state, seq: frame.seq};
        this.#compare(frame.digest);
        break;
      default:
    }
  }

  #ended({seq, count, digest: expected}: Frame<'snapend'>): void {
    const snapshot = this.#snapshot;
    this.#snapshot = null;
    if (snapshot === null) return;
    if (snapshot.items.length !== count) this.faults.push(`${snapshot.items.length} items of ${count}`);
    this.state = fromItems(seq, snapshot.head.occurrences, snapshot.items);
    this.epoch = snapshot.head.epoch;
    this.#compare(expected);
  }

  #compare(expected: string): void {
    const found = this.state === null ? null : digest(this.state, everything);
    if (found !== expected) this.faults.push(`digest at ${this.seq}`);
  }
}

type Frame2 = Extract<ClientFrame, {t: 'cmd'}>;

/** A command id as clients make them. */
export function newCid(): string {
  return randomUUID().replace(/-4(?=[0-9a-f]{3}-[89ab])/, '-7');
}
