import type {WebSocket} from 'ws';
import type {NocState} from '../../domain/state.ts';
import type {Instant} from '../../domain/time.ts';
import {CLOSE, type ServerFrame, type SourcePulse} from '../../protocol/frames.ts';
import type {Clock} from '../../runtime/outside.ts';
import type {WordCursor} from '../newest-words.ts';
import type {TokenRecord} from '../tokens.ts';
import {LineWindow} from './line-window.ts';
import {type EncodedSamples, SampleCursor} from './sample-cursor.ts';
import type {Scope} from './scope.ts';
import type {SnapshotPages} from './snapshot-pages.ts';

/** A session is fed while less than this waits in its socket, so that a stalled one costs no more (security rule 24). */
const MOST_WAITING_BYTES = 256 * 1024;
const AS_TEXT = {binary: false} as const;

/** How far a session has come. */
type Stage =
  /** Nothing was asked for yet, or commands alone are. */
  | {readonly type: 'greeted'}
  | {readonly type: 'snapshot'; readonly pages: SnapshotPages; next: number | null}
  /** Has been told everything up to `told`; `isLive` once it had caught up. */
  | {readonly type: 'streaming'; told: number; isLive: boolean};

/** Why nothing is read from a console: too many commands under way, too many frames a second, or it does not take its answers. */
export type Hold = 'commands' | 'frames' | 'room';

/**
 * One console's place in the log. It pulls: frames are made when its socket takes them, never queued here, so that a slow
 * line costs a cursor and not memory.
 */
export class Session {
  readonly token: TokenRecord;
  readonly openedAt: Instant;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #lanes: readonly WordCursor[];
  readonly #line = new LineWindow();
  #stage: Stage = {type: 'greeted'};
  #scope: Scope | null = null;
  #isWaiting = false;
  readonly samples = new SampleCursor();
  /** A valid frame has come. */
  hasSpoken = false;
  commandsInFlight = 0;
  badFrames = 0;
  /** Since it was last looked after. */
  frames = 0;
  readonly #holds = new Set<Hold>();
  /** What the socket had handed over when reading stopped: at most one piece of it, 64 KiB. */
  readonly #inbox: (string | null)[] = [];
  readonly #take: (session: Session, text: string | null) => void;
  #isTaking = false;

  /** @param take - Is given each frame in turn while the session is read from, null for a binary one; throws nothing. */
  constructor(
    socket: WebSocket,
    token: TokenRecord,
    clock: Clock,
    lanes: readonly WordCursor[],
    take: (session: Session, text: string | null) => void,
  ) {
    this.#take = take;
    this.#lanes = lanes;
    this.#socket = socket;
    this.#clock = clock;
    this.token = token;
    this.openedAt = clock.now();
  }

  get scope(): Scope | null {
    return this.#scope;
  }

  /** Neither side has said good-bye. */
  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Takes more without a queue growing, here or on the line. */
  get hasRoom(): boolean {
    return !this.isFull && this.#line.hasRoom;
  }

  /** What its socket has not handed on yet. */
  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Its socket takes no more for now. */
  get isFull(): boolean {
    return this.waitingBytes >= MOST_WAITING_BYTES;
  }

  /** Starts from a snapshot, forgetting what was under way. */
  startSnapshot(scope: Scope, pages: SnapshotPages): void {
    this.#scope = scope;
    this.#stage = {type: 'snapshot', pages, next: 0};
    this.#write(pages.head);
    this.pump();
  }

  /** Goes on after `seq`, which the client has. */
  resume(scope: Scope, seq: number): void {
    this.#scope = scope;
    this.send({t: 'resumed', seq});
    this.#stage = {type: 'streaming', told: seq, isLive: false};
    this.pump();
  }

  /** Sends what there is while the socket takes it; goes on by itself when it does again. */
  pump(): void {
    while (this.isOpen) {
      if (!this.hasRoom) {
        this.#isWaiting = true;
        return;
      }
      const frame = this.#nextFrame();
      if (frame === null) return;
      this.#write(frame);
    }
  }

  #nextFrame(): Buffer | null {
    const stage = this.#stage;
    const scope = this.#scope;
    if (stage.type === 'greeted' || scope === null) return null;
    if (stage.type === 'snapshot') return this.#nextPage(stage);
    const delta = scope.next(stage.told);
    if (delta.frame !== null) {
      stage.told = delta.to;
      return delta.frame;
    }
    if (delta.isBlocked) {
      this.close(CLOSE.restart, 'resync');
      return null;
    }
    if (stage.isLive) return null;
    const latest = this.#latest(scope);
    if (latest !== null) return latest;
    stage.isLive = true;
    return Buffer.from(JSON.stringify({t: 'live'} satisfies ServerFrame));
  }

  /** The first of the lanes that has something new. */
  #latest({maySee}: Scope): Buffer | null {
    for (const lane of this.#lanes) {
      const frame = lane.frame(maySee);
      if (frame !== null) return frame;
    }
    return null;
  }

  #nextPage(stage: Extract<Stage, {type: 'snapshot'}>): Buffer {
    const {pages, next} = stage;
    if (next === null || pages.count === 0) {
      this.#stage = {type: 'streaming', told: pages.seq, isLive: false};
      return pages.end;
    }
    const page = pages.page(next);
    stage.next = page.next;
    return page.frame;
  }

  /** Tells a live session where it stands, also when nothing it may see has happened. */
  mark(state: NocState, at: Instant, sources: readonly SourcePulse[]): void {
    const stage = this.#stage;
    if (stage.type !== 'streaming' || !stage.isLive || this.#scope === null || !this.hasRoom) return;
    this.pump();
    const {frame, isBlocked} = this.#scope.next(stage.told);
    if (frame !== null || isBlocked) return;
    this.#write(this.#scope.mark(state, stage.told, at, sources));
    stage.told = state.seq;
  }

  /** Sends what is newer in the lanes and of what is watched, as far as there is room: facts come first. */
  pumpSamples(encoded: EncodedSamples): void {
    const scope = this.#scope;
    const isLive = this.#stage.type === 'streaming' && this.#stage.isLive;
    while (scope !== null && this.hasRoom) {
      const latest = isLive ? this.#latest(scope) : null;
      const frame = latest ?? this.samples.frame(encoded, scope.maySee);
      if (frame === null) return;
      this.#write(frame);
    }
  }

  /** Sends a frame outside the stream at once. */
  send(frame: ServerFrame): void {
    this.#write(Buffer.from(JSON.stringify(frame)));
  }

  #write(frame: Buffer): void {
    if (!this.isOpen) return;
    this.#socket.send(frame, AS_TEXT, this.#onWritten);
    if (this.#line.sent(frame.length)) this.ping();
  }

  readonly #onWritten = (): void => {
    if (!this.isFull) this.release('room');
    this.#goOn();
  };

  #goOn(): void {
    if (!this.#isWaiting || !this.hasRoom) return;
    this.#isWaiting = false;
    this.pump();
  }

  /** Asks whether everything was read so far. */
  ping(): void {
    if (this.isOpen) this.#socket.ping(this.#line.probe(this.#clock.now()));
  }

  /** The console has answered a ping. */
  answered(payload: string): void {
    this.#line.answered(payload, this.#clock.now());
    this.#goOn();
  }

  /** Whether it reads no more, or is gone without a word. */
  get isSilent(): boolean {
    return this.#line.isSilent(this.#clock.now());
  }

  /** A frame has come. A socket that is paused still tells what it had read: that waits, too. */
  received(text: string | null): void {
    this.#inbox.push(text);
    this.#takeWaiting();
  }

  #takeWaiting(): void {
    if (this.#isTaking) return;
    this.#isTaking = true;
    while (this.#holds.size === 0) {
      const text = this.#inbox.shift();
      if (text === undefined) break;
      this.#take(this, text);
    }
    this.#isTaking = false;
  }

  /** Reads no more from the console for now: for each reason until that is over. */
  hold(reason: Hold): void {
    // One that is being closed is read to its end, or its good-bye would not be heard.
    if (!this.isOpen) return;
    this.#holds.add(reason);
    this.#socket.pause();
  }

  release(reason: Hold): void {
    if (!this.#holds.delete(reason) || this.#holds.size > 0) return;
    this.#takeWaiting();
    if (this.#holds.size === 0) this.#socket.resume();
  }

  close(code: (typeof CLOSE)[keyof typeof CLOSE], reason: string): void {
    this.#holds.clear();
    this.#inbox.length = 0;
    this.#socket.resume();
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }
}
