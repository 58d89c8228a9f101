import type {WebSocket} from 'ws';
import type {NocState} from '../../domain/state.ts';
import type {Instant} from '../../domain/time.ts';
import {CLOSE, type ServerFrame, type SourcePulse} from '../../protocol/frames.ts';
import type {TokenRecord} from '../tokens.ts';
import {type EncodedSamples, SampleCursor} from './sample-cursor.ts';
import type {Scope} from './scope.ts';
import type {SnapshotPages} from './snapshot-pages.ts';

/** A session is fed while less than this waits in its socket, so that a stalled one costs no more. */
const MOST_WAITING_BYTES = 256 * 1024;
/** Bytes that wait this long without moving: the other side reads no more. Source: security rule 24. */
const STALLED_MS = 20_000;
const AS_TEXT = {binary: false} as const;

/** How far a session has come. */
type Stage =
  /** Nothing was asked for yet, or commands alone are. */
  | {readonly type: 'greeted'}
  | {readonly type: 'snapshot'; readonly pages: SnapshotPages; next: number | null}
  /** Has been told everything up to `told`; `isLive` once it had caught up. */
  | {readonly type: 'streaming'; told: number; isLive: boolean};

/**
 * One console's place in the log. It pulls: frames are made when its socket takes them, never queued here, so that a slow
 * line costs a cursor and not memory.
 */
export class Session {
  readonly token: TokenRecord;
  readonly openedAt: Instant;
  readonly #socket: WebSocket;
  #stage: Stage = {type: 'greeted'};
  #scope: Scope | null = null;
  #isWaiting = false;
  #hasMoved = false;
  #movedAt: Instant;
  readonly samples = new SampleCursor();
  /** A valid frame has come. */
  hasSpoken = false;
  pingedAt: Instant | null = null;
  commandsInFlight = 0;
  badFrames = 0;

  constructor(socket: WebSocket, token: TokenRecord, now: Instant) {
    this.#socket = socket;
    this.token = token;
    this.openedAt = now;
    this.#movedAt = now;
  }

  get scope(): Scope | null {
    return this.#scope;
  }

  /** Takes more without a queue growing in its socket. */
  get hasRoom(): boolean {
    return this.#socket.bufferedAmount < MOST_WAITING_BYTES;
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
    while (this.#socket.readyState === this.#socket.OPEN) {
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
    stage.isLive = true;
    return Buffer.from(JSON.stringify({t: 'live'} satisfies ServerFrame));
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

  /** Sends newer figures of what is watched, as far as there is room: facts come first. */
  pumpSamples(encoded: EncodedSamples): void {
    const scope = this.#scope;
    while (scope !== null && this.hasRoom) {
      const frame = this.samples.frame(encoded, scope.maySee);
      if (frame === null) return;
      this.#write(frame);
    }
  }

  /** Sends a frame outside the stream at once. */
  send(frame: ServerFrame): void {
    this.#write(Buffer.from(JSON.stringify(frame)));
  }

  #write(frame: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(frame, AS_TEXT, this.#onWritten);
  }

  readonly #onWritten = (): void => {
    this.#hasMoved = true;
    if (!this.#isWaiting || !this.hasRoom) return;
    this.#isWaiting = false;
    this.pump();
  };

  /** Whether bytes wait that do not move any more. */
  isStalled(now: Instant): boolean {
    if (this.#hasMoved || this.#socket.bufferedAmount === 0) this.#movedAt = now;
    this.#hasMoved = false;
    return now - this.#movedAt >= STALLED_MS;
  }

  ping(now: Instant): void {
    this.pingedAt ??= now;
    this.#socket.ping();
  }

  pause(): void {
    this.#socket.pause();
  }

  goOn(): void {
    this.#socket.resume();
  }

  close(code: (typeof CLOSE)[keyof typeof CLOSE], reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }
}
