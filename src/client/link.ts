import type {HostKey} from '../domain/address.ts';
import type {Fault} from '../domain/fault.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import type {ClientFrame, Identity, ServerFrame} from '../protocol/frames.ts';
import type {Outside} from '../runtime/outside.ts';
import {reconnectDelayMs} from './backoff.ts';
import {decodeServerFrame} from './decode.ts';
import {type LinkReason, type LinkReasonCode, reasonOf, refusalOf} from './link-reason.ts';
import type {Link} from './noc.ts';
import {asked, join, NOTHING_RECEIVED, type Reception, type StreamFrame, silenced} from './reception.ts';
import type {Dial, Socket, SocketEnd, Target} from './socket.ts';

/** Where a link stands, as it is shown to people. */
export interface LinkStatus {
  readonly link: Link;
  readonly reason: LinkReason | null;
  readonly since: Instant;
  readonly heardAt: Instant | null;
  readonly skewMs: DurationMs;
  /** What the last `hello` said; null before the first. */
  readonly collector: {readonly name: string; readonly tag: string; readonly version: string} | null;
  readonly who: Identity | null;
}

/** Frames that carry a face's picture or answer its questions, already checked and safe to paint. */
export type PictureFrame = StreamFrame | Extract<ServerFrame, {t: 'samples' | 'progress' | 'months' | 'history'}>;
export type VerdictFrame = Extract<ServerFrame, {t: 'cack'}>;

export interface LinkEvents {
  onStatus(status: LinkStatus): void;
  /** `text` is the frame as JSON, all strings in it safe: what a worker passes on. */
  onPicture(frame: PictureFrame, text: string): void;
  onVerdict(frame: VerdictFrame): void;
  /** `hello` is there: commands may be sent. Once for each connection. */
  onGreeted(): void;
}

/** Nothing heard for this long, not even a ping: the line is dead, whatever TCP thinks. Source: security rule 25. */
const WATCHDOG_MS: DurationMs = 30_000;
const WATCHDOG_STEP_MS: DurationMs = 5_000;
/** A clock that moved by more than this since `hello` gives a new skew; less is the line's own delay. */
const SKEW_STEP_MS: DurationMs = 2_000;
/** Less than this is as well the delay of the line. Counted as skew it would show what happens at 08:00 sharp as 07:59. */
const LEAST_SKEW_MS: DurationMs = 500;
/** A picture whose digest is wrong again right after a snapshot is asked for again at this pace. */
const RESYNC_PAUSE_MS: DurationMs = 30_000;
/** Heard again within this time is no news to a face. */
const HEARD_STEP_MS: DurationMs = 1_000;

/**
 * The link to one collector: dials, greets, subscribes by (epoch, seq), checks that each frame joins on to the one before,
 * and comes back by itself. It holds no picture, only the place in the log up to which one was handed on.
 */
export class CollectorLink {
  readonly #target: Target;
  readonly #dial: Dial;
  readonly #outside: Outside;
  readonly #events: LinkEvents;
  readonly #client: string;
  /** null: one that wants no picture, only commands and their verdicts. */
  readonly #wantsPicture: boolean;

  #status: LinkStatus;
  #socket: Socket | null = null;
  #isGreeted = false;
  #reception: Reception = NOTHING_RECEIVED;
  #isHeld = false;
  #isPaused = false;
  #watched: readonly HostKey[] | 'all' = [];
  #failures = 0;
  #downSince: Instant;
  /** When the picture last came on: asked for, or a frame of it taken. */
  #movedAt: Instant;
  #resyncedAt: Instant | null = null;
  #cancelRetry: (() => void) | null = null;
  #cancelWatchdog: (() => void) | null = null;
  #cancelResync: (() => void) | null = null;

  constructor(target: Target, dial: Dial, outside: Outside, events: LinkEvents, wantsPicture = true) {
    this.#target = target;
    this.#dial = dial;
    this.#outside = outside;
    this.#events = events;
    this.#wantsPicture = wantsPicture;
    const now = outside.clock.now();
    this.#client = outside.random.uuid(now);
    this.#downSince = now;
    this.#movedAt = now;
    this.#status = {
      link: 'connecting',
      reason: null,
      since: now,
      heardAt: null,
      skewMs: 0,
      collector: null,
      who: null,
    };
  }

  get status(): LinkStatus {
    return this.#status;
  }

  /** May a command be sent now? */
  get isGreeted(): boolean {
    return this.#isGreeted;
  }

  /** Dials, at once and after every end, until `close`. */
  open(): void {
    this.#set({});
    this.#connect();
  }

  /** @returns Whether there was a line to put it on; what was put on it may be lost all the same. */
  send(frame: ClientFrame): boolean {
    if (this.#socket === null || !this.#isGreeted) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  watch(hosts: readonly HostKey[] | 'all'): void {
    this.#watched = hosts;
    this.send({t: 'watch', hosts});
  }

  /** The picture made of these frames is wrong: asks for a whole new one, now or, when this was just done, in a while. */
  resync(): void {
    this.#reception = NOTHING_RECEIVED;
    const now = this.#outside.clock.now();
    const waitMs = this.#resyncedAt === null ? 0 : this.#resyncedAt + RESYNC_PAUSE_MS - now;
    this.#set({link: 'loading', reason: {code: 'DIGEST', message: 'the picture does not match the collector'}});
    if (waitMs > 0) {
      this.#cancelResync ??= this.#outside.timers.after(waitMs, () => {
        this.#cancelResync = null;
        this.resync();
      });
      return;
    }
    this.#resyncedAt = now;
    this.#subscribe();
  }

  /** Stops reading for a moment, so that the collector waits. Longer than its pong time-out ends the link: then `hold`. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#socket?.setPaused(isPaused);
  }

  /** The face does not take frames: lets them go, but keeps the line and the commands on it. */
  hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#reception = silenced(this.#reception);
    if (this.#isGreeted) this.#set({link: 'loading'});
  }

  /** The face takes frames again: goes on from the last one handed on. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#subscribe();
  }

  /** Tries again at once when the link is down or refused. */
  reconnect(): void {
    if (this.#socket !== null) return;
    this.#failures = 0;
    this.#connect();
  }

  close(): void {
    this.#cancelRetry?.();
    this.#cancelResync?.();
    this.#cancelWatchdog?.();
    this.#cancelRetry = this.#cancelResync = this.#cancelWatchdog = null;
    const socket = this.#socket;
    this.#socket = null;
    this.#isGreeted = false;
    socket?.close();
  }

  #connect(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    if (this.#status.link === 'refused') this.#set({link: 'connecting', reason: null});
    // A socket that was given up may still speak: only the newest one is listened to.
    const isCurrent = (): boolean => this.#socket === socket;
    const socket: Socket = this.#dial(this.#target, {
      onOpen: () => {
        if (!isCurrent()) return;
        this.#heard();
        if (this.#isPaused) socket.setPaused(true);
      },
      onText: text => {
        if (isCurrent()) this.#receive(text);
      },
      onPing: () => {
        if (isCurrent()) this.#heard();
      },
      onEnd: end => {
        if (isCurrent()) this.#ended(end);
      },
    });
    this.#socket = socket;
    const dialledAt = this.#outside.clock.now();
    this.#movedAt = dialledAt;
    this.#cancelWatchdog?.();
    this.#cancelWatchdog = this.#outside.timers.every(WATCHDOG_STEP_MS, () => {
      const heardAt = Math.max(this.#status.heardAt ?? 0, dialledAt);
      const now = this.#outside.clock.now();
      if (now - heardAt >= WATCHDOG_MS) this.#drop('SILENT', 'nothing heard for 30 s');
      else if (this.#isWaiting && now - this.#movedAt >= WATCHDOG_MS) this.#drop('SILENT', 'no picture came for 30 s');
    });
  }

  #receive(text: string): void {
    this.#heard();
    let decoded: ReturnType<typeof decodeServerFrame>;
    try {
      decoded = decodeServerFrame(text);
    } catch (error) {
      this.#drop('PROTOCOL', (error as Fault).message);
      return;
    }
    // A frame of a newer release: not for us.
    if (decoded === null) return;
    const {frame, text: safe} = decoded;
    switch (frame.t) {
      case 'hello':
        this.#greeted(frame);
        return;
      case 'live':
        if (this.#reception.stage === 'streaming') this.#live();
        return;
      case 'cack':
        this.#events.onVerdict(frame);
        return;
      case 'error':
        this.#set({reason: {code: 'PROTOCOL', message: `${frame.code}: ${frame.message}`}});
        return;
      case 'samples':
      case 'progress':
      case 'months':
      case 'history':
        if (!this.#isHeld) this.#events.onPicture(frame, safe);
        return;
      case 'resumed':
      case 'snap':
      case 'item':
      case 'snapend':
      case 'd':
      case 'mark':
        this.#take(frame, safe);
        return;
      default:
        frame satisfies never;
    }
  }

  #greeted(hello: Extract<ServerFrame, {t: 'hello'}>): void {
    this.#isGreeted = true;
    if (!this.#wantsPicture) this.#failures = 0;
    const {name, tag, version} = hello.collector;
    this.#set({
      link: this.#wantsPicture ? 'loading' : 'live',
      reason: null,
      skewMs: this.#skewFrom(hello.now),
      collector: {name, tag, version},
      who: hello.who,
    });
    // Commands first: a technician's word is worth more than a fresh picture.
    this.#events.onGreeted();
    if (!this.#wantsPicture || this.#isHeld) return;
    this.#subscribe();
    if (this.#watched === 'all' || this.#watched.length > 0) this.send({t: 'watch', hosts: this.#watched});
  }

  /** Is the collector to say something of the picture? */
  get #isWaiting(): boolean {
    return !this.#isGreeted || this.#reception.stage === 'asked' || this.#reception.stage === 'snapshot';
  }

  #subscribe(): void {
    if (!this.#isGreeted || this.#isHeld) return;
    this.#movedAt = this.#outside.clock.now();
    this.#reception = asked(this.#reception);
    this.#set({link: 'loading'});
    this.send({
      t: 'sub',
      client: this.#client,
      epoch: this.#reception.cursor?.epoch ?? null,
      seq: this.#reception.cursor?.seq ?? null,
      customers: this.#target.customers ?? null,
    });
  }

  /** Hands a frame of the picture on when it joins on to what came before it; otherwise asks anew. */
  #take(frame: StreamFrame, text: string): void {
    const {verdict, reception} = join(this.#reception, frame);
    this.#reception = reception;
    switch (verdict) {
      case 'take':
        this.#movedAt = this.#outside.clock.now();
        if (frame.t === 'mark') this.#marked(frame.at);
        this.#events.onPicture(frame, text);
        return;
      case 'subscribe':
        this.#subscribe();
        return;
      case 'ignore':
        return;
      default:
        verdict satisfies never;
    }
  }

  #live(): void {
    this.#failures = 0;
    this.#set({link: 'live', reason: null});
  }

  /** A mark comes when all before it is sent. */
  #marked(collectorNow: Instant): void {
    if (this.#status.link === 'loading') this.#live();
    const skewMs = this.#skewFrom(collectorNow);
    if (Math.abs(skewMs - this.#status.skewMs) > SKEW_STEP_MS) this.#set({skewMs});
  }

  #skewFrom(collectorNow: Instant): DurationMs {
    const skewMs = collectorNow - this.#outside.clock.now();
    return Math.abs(skewMs) < LEAST_SKEW_MS ? 0 : skewMs;
  }

  #heard(): void {
    const now = this.#outside.clock.now();
    const {heardAt} = this.#status;
    if (heardAt === null || now < heardAt || now - heardAt >= HEARD_STEP_MS) this.#set({heardAt: now});
  }

  /** Gives the line up from this side. */
  #drop(code: LinkReasonCode, message: string): void {
    const socket = this.#socket;
    this.#down({code, message});
    socket?.terminate();
  }

  #ended(end: SocketEnd): void {
    const refusal = refusalOf(end);
    if (refusal === null) {
      this.#down(reasonOf(end));
      return;
    }
    this.#disconnected();
    // What could be seen before may not be ours to see any more.
    if (refusal.code === 'RESCOPED') this.#reception = NOTHING_RECEIVED;
    this.#set({link: 'refused', reason: refusal});
  }

  #down(reason: LinkReason): void {
    const {now} = this.#outside.clock;
    if (this.#status.link === 'live' || this.#failures === 0) this.#downSince = now();
    this.#disconnected();
    this.#set({link: 'down', reason});
    const delayMs = reconnectDelayMs(this.#failures, now() - this.#downSince, this.#outside.random.next());
    this.#failures++;
    this.#cancelRetry = this.#outside.timers.after(delayMs, () => this.#connect());
  }

  #disconnected(): void {
    this.#socket = null;
    this.#isGreeted = false;
    this.#reception = silenced(this.#reception);
    this.#cancelWatchdog?.();
    this.#cancelResync?.();
    this.#cancelWatchdog = this.#cancelResync = null;
  }

  #set(change: Partial<LinkStatus>): void {
    const link = change.link ?? this.#status.link;
    const since = link === this.#status.link ? this.#status.since : this.#outside.clock.now();
    this.#status = {...this.#status, ...change, link, since};
    this.#events.onStatus(this.#status);
  }
}
