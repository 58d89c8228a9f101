import type {WebSocket} from 'ws';
import type {CustomerId} from '../../domain/address.ts';
import type {Command} from '../../domain/command.ts';
import {Fault} from '../../domain/fault.ts';
import {type DurationMs, type Instant, SECOND} from '../../domain/time.ts';
import {clientFrameReader} from '../../protocol/client-frame.ts';
import {CLOSE, type ClientFrame, type Identity, type ServerFrame} from '../../protocol/frames.ts';
import type {Log} from '../../runtime/log.ts';
import type {Outside} from '../../runtime/outside.ts';
import {safeText} from '../../runtime/safe-text.ts';
import type {Meters} from '../meters.ts';
import type {MonthBoard} from '../month-board.ts';
import type {Answer} from '../pipeline/claim.ts';
import type {Pipeline} from '../pipeline/pipeline.ts';
import {customerOfHost, isAllowed} from '../rights.ts';
import type {RunProgressMemory} from '../run-progress.ts';
import type {Samples} from '../samples.ts';
import type {SourceWatch} from '../source-watch.ts';
import type {TokenRecord, Tokens} from '../tokens.ts';
import type {Feed} from './feed.ts';
import {EncodedSamples} from './sample-cursor.ts';
import {Scope} from './scope.ts';
import {Session} from './session.ts';

/** Source: security rule 25. */
export const PING_MS: DurationMs = 15 * SECOND;
/** Source: security rule 21. */
const FIRST_FRAME_MS: DurationMs = 5 * SECOND;
const MARK_MS: DurationMs = 10 * SECOND;
const SAMPLES_MS: DurationMs = SECOND;
/** Sockets are looked after this often. */
const CARE_MS: DurationMs = SECOND;
/** Who is further behind gets a snapshot: that is less to send and less to fold. */
const MOST_BEHIND = 20_000;
/** Beyond this a session is not read from until its commands are decided. */
const MOST_COMMANDS_IN_FLIGHT = 256;
/** A console that marks everything and acknowledges it sends some hundreds. */
const MOST_FRAMES_PER_SECOND = 1000;
/** What a subscription counts as: a snapshot costs as much as the state is large, and nobody needs one more often. */
const FRAMES_OF_A_SUBSCRIPTION = 200;
/** Frames that cannot be read, before the session is closed. */
const MOST_BAD_FRAMES = 10;

/** What the hub needs. */
export interface HubContext {
  readonly collector: {readonly name: string; readonly tag: string; readonly version: string};
  readonly epoch: string;
  readonly feed: Feed;
  readonly pipeline: Pipeline;
  readonly tokens: Tokens;
  readonly samples: Samples;
  readonly progress: RunProgressMemory;
  readonly months: MonthBoard;
  readonly watch: SourceWatch;
  readonly outside: Outside;
  readonly meters: Meters;
  readonly logger: Log;
}

/** The consoles of this collector: greets them, feeds each from its own place in the log, takes their commands. */
export class Hub {
  readonly #context: HubContext;
  readonly #sessions = new Set<Session>();
  readonly #scopes = new Map<string, Scope>();
  readonly #read = clientFrameReader((text, units) => safeText(text, {bytes: units}));
  readonly #cancel: readonly (() => void)[];

  constructor(context: HubContext) {
    this.#context = context;
    const {every} = context.outside.timers;
    this.#cancel = [
      every(CARE_MS, () => this.#care()),
      every(PING_MS, () => this.#ping()),
      every(MARK_MS, () => this.#mark(this.#sessions)),
      every(SAMPLES_MS, () => this.#sendSamples(this.#sessions)),
    ];
    context.meters.watch('sessions', 'Open console sessions.', () => this.#sessions.size);
    context.meters.watch('session_waiting_bytes', 'Bytes that wait in the sockets of all sessions.', () =>
      [...this.#sessions].reduce((sum, session) => sum + session.waitingBytes, 0),
    );
  }

  /** Takes over a socket whose upgrade was let through. */
  welcome(socket: WebSocket, token: TokenRecord): void {
    const {collector, epoch, feed, progress, months, outside, logger} = this.#context;
    const now = outside.clock.now();
    const lanes = [progress.cursor(), months.cursor()];
    const session = new Session(socket, token, outside.clock, lanes, (it, text) => this.#receive(it, text));
    this.#sessions.add(session);
    socket.on('message', (data, isBinary) => session.received(isBinary ? null : data.toString()));
    socket.on('pong', payload => session.answered(payload.toString()));
    // `close` follows and ends the session.
    socket.on('error', error => logger.debug('session.error', {tokenId: token.id, error}));
    socket.once('close', code => {
      this.#sessions.delete(session);
      logger.info('session.closed', {tokenId: token.id, code});
    });
    logger.info('session.opened', {tokenId: token.id, role: token.identity.role});
    const who = token.identity;
    session.send({t: 'hello', collector, epoch, head: feed.head, now, pingMs: PING_MS, who});
  }

  /** Something was committed: everybody goes on reading. */
  published(): void {
    for (const session of this.#sessions) session.pump();
  }

  /** Says good-bye to everybody. */
  close(): void {
    for (const cancel of this.#cancel) cancel();
    for (const session of this.#sessions) session.close(CLOSE.restart, 'restart');
  }

  #receive(session: Session, text: string | null): void {
    if (!session.isOpen) return;
    session.frames++;
    try {
      const frame = text === null ? null : this.#read(text);
      if (frame === null) this.#context.meters.unknownFrame();
      else this.#take(session, frame);
    } catch (error) {
      if (error instanceof Fault) this.#refuse(session, error);
      else this.#fail(session, error);
    }
    if (session.frames >= MOST_FRAMES_PER_SECOND) session.hold('frames');
    if (session.isFull) session.hold('room');
  }

  /** A mistake of ours ends the session, not the collector (security rule 23). */
  #fail(session: Session, error: unknown): void {
    this.#context.meters.invariantBroken();
    this.#context.logger.error('session.failed', {tokenId: session.token.id, error});
    session.close(CLOSE.restart, 'INTERNAL');
  }

  /** A frame that cannot be read: a command in it is answered, and too many of them end the session. */
  #refuse(session: Session, fault: Fault): void {
    this.#context.meters.refused('frame');
    session.badFrames++;
    const {cid} = fault.values;
    const message = safeText(fault.message);
    if (typeof cid === 'string') {
      session.send({t: 'cack', cid, outcome: 'rejected', code: 'INVALID', by: null, at: null, seq: null, message});
    } else session.send({t: 'error', code: fault.code, message});
    if (session.badFrames > MOST_BAD_FRAMES) session.close(CLOSE.protocolError, 'FRAME');
  }

  #take(session: Session, frame: ClientFrame): void {
    switch (frame.t) {
      case 'sub':
        session.hasSpoken = true;
        session.frames += FRAMES_OF_A_SUBSCRIPTION;
        this.#subscribe(session, frame);
        // When its sources were heard it wants to know now, not with the next round.
        this.#mark([session]);
        return;
      case 'cmd':
        session.hasSpoken = true;
        this.#command(session, frame);
        return;
      case 'watch':
        session.samples.watch(frame.hosts);
        this.#sendSamples([session]);
        return;
      case 'ask':
        this.#answer(session, frame);
        return;
      default:
        frame satisfies never;
    }
  }

  #subscribe(session: Session, {epoch, seq, customers}: Extract<ClientFrame, {t: 'sub'}>): void {
    const {feed, pipeline, outside} = this.#context;
    const scope = this.#scopeOf(session.token.identity, customers);
    const behind = seq === null ? Number.POSITIVE_INFINITY : feed.head - seq;
    const isKnown = epoch === this.#context.epoch && behind >= 0 && behind <= MOST_BEHIND;
    if (isKnown && seq !== null && !scope.next(seq).isBlocked) session.resume(scope, seq);
    else {
      const pages = scope.snapshot(pipeline.picture.state, this.#context.epoch, outside.clock.now());
      session.startSnapshot(scope, pages);
    }
  }

  #scopeOf(who: Identity, narrowed: readonly CustomerId[] | null): Scope {
    const sorted = (list: readonly CustomerId[] | null) => (list === null ? null : [...list].sort());
    const key = JSON.stringify([who.role, sorted(who.customers), sorted(narrowed)]);
    let scope = this.#scopes.get(key);
    if (scope === undefined) {
      scope = new Scope(who, narrowed, this.#context.feed);
      this.#scopes.set(key, scope);
    }
    return scope;
  }

  #command(session: Session, frame: Extract<ClientFrame, {t: 'cmd'}>): void {
    const {cid, body, issuedAt, ttlMs, expectedVersion, as} = frame;
    const {pipeline, tokens, meters} = this.#context;
    const {id, identity} = session.token;
    const command: Command = {cid, actor: {name: identity.name, as}, issuedAt, ttlMs, expectedVersion, body};
    const authorize = (customer: CustomerId | null) => {
      const record = tokens.current(id);
      const isHis = record !== null && isAllowed(record.identity, body.kind, customer);
      if (!isHis) meters.refused('command');
      return isHis;
    };
    session.commandsInFlight++;
    if (session.commandsInFlight >= MOST_COMMANDS_IN_FLIGHT) session.hold('commands');
    pipeline
      .command(command, authorize)
      .then(
        answer => session.send(verdictFrame(cid, answer)),
        // Not decided: the client keeps the command and sends it again, under the same id.
        () => session.close(CLOSE.overload, 'OVERLOADED'),
      )
      .finally(() => {
        session.commandsInFlight--;
        if (session.commandsInFlight < MOST_COMMANDS_IN_FLIGHT) session.release('commands');
      });
  }

  #sendSamples(sessions: Iterable<Session>): void {
    const encoded = new EncodedSamples(this.#context.samples);
    for (const session of sessions) session.pumpSamples(encoded);
  }

  #answer(session: Session, {id, host, spanMs, points}: Extract<ClientFrame, {t: 'ask'}>): void {
    const {samples, outside} = this.#context;
    if (session.scope?.maySee(customerOfHost(host)) !== true) {
      session.send({t: 'error', code: 'FORBIDDEN', message: safeText('this host is not yours to see')});
      return;
    }
    const until = outside.clock.now();
    session.send({t: 'history', id, host, until, ...samples.history(host, until, spanMs, points)});
  }

  /** Ends sessions that must not or cannot go on. */
  #care(): void {
    const {outside, tokens, meters} = this.#context;
    const now = outside.clock.now();
    tokens.refresh();
    for (const session of this.#sessions) {
      session.frames = 0;
      session.release('frames');
      const code = this.#endOf(session, now);
      if (code !== null) session.close(code.code, code.reason);
      else if (session.isSilent) {
        meters.refused('stalled');
        session.terminate();
      }
    }
    for (const scope of this.#scopes.values()) scope.forget(now);
    this.#forgetScopes();
  }

  #endOf(session: Session, now: Instant): {code: (typeof CLOSE)[keyof typeof CLOSE]; reason: string} | null {
    const record = this.#context.tokens.current(session.token.id);
    if (record === null) return {code: CLOSE.revoked, reason: 'REVOKED'};
    if (JSON.stringify(record.identity) !== JSON.stringify(session.token.identity)) {
      return {code: CLOSE.rescoped, reason: 'RESCOPED'};
    }
    const isLate = !session.hasSpoken && now - session.openedAt >= FIRST_FRAME_MS;
    return isLate ? {code: CLOSE.noSubscription, reason: 'NO_SUBSCRIPTION'} : null;
  }

  #forgetScopes(): void {
    const used = new Set([...this.#sessions].map(session => session.scope));
    for (const [key, scope] of this.#scopes) if (!used.has(scope)) this.#scopes.delete(key);
  }

  #ping(): void {
    for (const session of this.#sessions) session.ping();
  }

  #mark(sessions: Iterable<Session>): void {
    const {pipeline, outside, watch} = this.#context;
    const {state} = pipeline.picture;
    const now = outside.clock.now();
    const sources = watch.pulses();
    for (const session of sessions) session.mark(state, now, sources);
  }
}

function verdictFrame(cid: string, {verdict, seq}: Answer): Extract<ServerFrame, {t: 'cack'}> {
  const {outcome, code, by, at} = verdict;
  return {t: 'cack', cid, outcome, code, by, at, seq, message: null};
}
