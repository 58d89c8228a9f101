import type {HostKey} from '../domain/address.ts';
import type {CommandBody, CommandId, CommandKind} from '../domain/command.ts';
import {Fault} from '../domain/fault.ts';
import type {SafeText} from '../domain/text.ts';
import {type DurationMs, HOUR, type Instant, SECOND} from '../domain/time.ts';
import type {ClientFrame} from '../protocol/frames.ts';
import type {Outside} from '../runtime/outside.ts';
import {safeText} from '../runtime/safe-text.ts';
import {CollectorLink, type LinkStatus, type PictureFrame, type VerdictFrame} from './link.ts';
import type {PendingCommand} from './noc.ts';
import {accountOf, type Outbox, type QueuedCommand} from './outbox.ts';
import type {Dial, Target} from './socket.ts';

/** What a face can ask of its links; in its own thread or across one. */
export interface AgentPort {
  /** The id is the face's, so that it can show the command at once. */
  command(cid: CommandId, collector: string, body: CommandBody, expectedVersion: number | null): void;
  watch(collector: string, hosts: readonly HostKey[] | 'all'): void;
  ask(collector: string, question: Extract<ClientFrame, {t: 'ask'}>): void;
  /** The picture of this collector does not match its digest. */
  resync(collector: string): void;
  reconnect(): void;
  /** Waits a moment for verdicts on their way; what has none stays in the outbox. */
  close(): Promise<void>;
}

/** What the links tell a face, in the order in which it happened. */
export interface AgentEvents {
  onStatus(collector: string, status: LinkStatus): void;
  onPicture(collector: string, frame: PictureFrame, text: string): void;
  onCommand(command: PendingCommand): void;
}

export interface AgentOptions {
  readonly collectors: readonly Target[];
  /** null: commands live in memory alone, and what others left is not sent. */
  readonly outbox: Outbox | null;
  /** false: the outbox is for what others left; new commands live in memory alone. */
  readonly keepsCommands: boolean;
  /** The person behind a shared login. */
  readonly as: SafeText | null;
  /** Without a picture only commands go over the links. */
  readonly wantsPicture: boolean;
  readonly dial: Dial;
  readonly outside: Outside;
}

/**
 * How long after it was given a command still means what it meant. An acknowledgement says "I am on it now"; a note
 * or a window is as good in the morning.
 */
const TTL_MS: Readonly<Record<CommandKind, DurationMs>> = {
  ack: HOUR,
  unack: HOUR,
  escalate: HOUR,
  snooze: HOUR,
  unsnooze: HOUR,
  resolve: HOUR,
  reopen: HOUR,
  pause: HOUR,
  resume: HOUR,
  priority: HOUR,
  note: 24 * HOUR,
  downtime: 24 * HOUR,
  'downtime-cancel': 24 * HOUR,
  'morning-check': 24 * HOUR,
  'restore-test': 24 * HOUR,
};

/** Between looks for commands that expired here or were left by another process. */
const ROUND_MS: DurationMs = 15 * SECOND;
const CLOSE_WAIT_MS: DurationMs = 1.5 * SECOND;

interface Held {
  readonly command: QueuedCommand;
  readonly status: 'queued' | 'sent';
  /** It may be with the collector already, so that only the collector can say what became of it. */
  readonly mayBeKnown: boolean;
}

/** The links to all collectors of a face, and the outbox that they share. */
export class LinkAgent implements AgentPort {
  readonly #options: AgentOptions;
  readonly #events: AgentEvents;
  readonly #links = new Map<string, CollectorLink>();
  readonly #accounts = new Map<string, string>();
  readonly #held = new Map<CommandId, Held>();
  readonly #cancelRounds: () => void;
  #onQuiet: (() => void) | null = null;

  constructor(options: AgentOptions, events: AgentEvents) {
    this.#options = options;
    this.#events = events;
    for (const target of options.collectors) {
      const {url} = target;
      const link = new CollectorLink(
        target,
        options.dial,
        options.outside,
        {
          onStatus: status => this.#status(url, status),
          onPicture: (frame, text) => events.onPicture(url, frame, text),
          onVerdict: frame => this.#verdict(url, frame),
          onGreeted: () => this.#greeted(url),
        },
        options.wantsPicture,
      );
      this.#links.set(url, link);
      this.#accounts.set(url, accountOf(target.token));
    }
    this.#cancelRounds = options.outside.timers.every(ROUND_MS, () => this.#round());
  }

  open(): void {
    for (const link of this.#links.values()) link.open();
  }

  /** For who hands pictures on across threads and has to slow a link down. */
  link(collector: string): CollectorLink | undefined {
    return this.#links.get(collector);
  }

  command(cid: CommandId, collector: string, body: CommandBody, expectedVersion: number | null): void {
    const {outbox, keepsCommands, as} = this.#options;
    const command: QueuedCommand = {
      cid,
      collector,
      account: this.#accounts.get(collector) ?? '',
      body,
      issuedAt: this.#collectorTime(collector),
      ttlMs: TTL_MS[body.kind],
      expectedVersion,
      as,
    };
    try {
      if (keepsCommands) outbox?.put(command);
    } catch (error) {
      // No disk is no reason not to acknowledge while the link is there.
      if (this.#links.get(collector)?.isGreeted !== true) {
        this.#settle(command, {
          outcome: 'rejected',
          code: 'INVALID',
          by: null,
          at: null,
          seq: null,
          message: text(error),
        });
        return;
      }
    }
    this.#hold({command, status: 'queued', mayBeKnown: false});
    this.#sendQueued(collector);
  }

  watch(collector: string, hosts: readonly HostKey[] | 'all'): void {
    this.#links.get(collector)?.watch(hosts);
  }

  ask(collector: string, question: Extract<ClientFrame, {t: 'ask'}>): void {
    this.#links.get(collector)?.send(question);
  }

  resync(collector: string): void {
    this.#links.get(collector)?.resync();
  }

  reconnect(): void {
    for (const link of this.#links.values()) link.reconnect();
  }

  async close(): Promise<void> {
    if ([...this.#held.values()].some(held => held.status === 'sent')) {
      await new Promise<void>(resolve => {
        const cancel = this.#options.outside.timers.after(CLOSE_WAIT_MS, resolve);
        this.#onQuiet = () => {
          cancel();
          resolve();
        };
      });
    }
    this.#cancelRounds();
    for (const link of this.#links.values()) link.close();
    this.#options.outbox?.release();
  }

  #status(collector: string, status: LinkStatus): void {
    this.#events.onStatus(collector, status);
    if (status.link !== 'down' && status.link !== 'refused') return;
    for (const held of this.#held.values()) {
      if (held.command.collector === collector && held.status === 'sent') this.#hold({...held, status: 'queued'});
    }
  }

  #greeted(collector: string): void {
    this.#adopt(collector);
    this.#sendQueued(collector);
  }

  #adopt(collector: string): void {
    for (const command of this.#options.outbox?.adopt(collector, this.#accounts.get(collector) ?? '') ?? []) {
      this.#hold({command, status: 'queued', mayBeKnown: true});
    }
  }

  #sendQueued(collector: string): void {
    const link = this.#links.get(collector);
    if (link?.isGreeted !== true) return;
    for (const held of this.#held.values()) {
      const {command} = held;
      if (command.collector !== collector || held.status !== 'queued') continue;
      const {cid, body, issuedAt, ttlMs, expectedVersion, as} = command;
      if (link.send({t: 'cmd', cid, body, issuedAt, ttlMs, expectedVersion, as})) {
        this.#hold({command, status: 'sent', mayBeKnown: true});
      }
    }
  }

  #verdict(collector: string, frame: VerdictFrame): void {
    const held = this.#held.get(frame.cid);
    if (held === undefined || held.command.collector !== collector) return;
    const {outcome, code, by, at, seq, message} = frame;
    this.#options.outbox?.remove(frame.cid);
    this.#settle(held.command, {outcome, code, by, at, seq, message});
  }

  #round(): void {
    for (const {command, mayBeKnown} of this.#held.values()) {
      if (mayBeKnown || this.#collectorTime(command.collector) < command.issuedAt + command.ttlMs) continue;
      this.#options.outbox?.remove(command.cid);
      this.#settle(command, {outcome: 'expired', code: 'EXPIRED', by: null, at: null, seq: null, message: null});
    }
    for (const [collector, link] of this.#links) if (link.isGreeted) this.#greeted(collector);
  }

  /** As far as it is known: it is the collector who compares instants with its clock. */
  #collectorTime(collector: string): Instant {
    return this.#options.outside.clock.now() + (this.#links.get(collector)?.status.skewMs ?? 0);
  }

  #hold(held: Held): void {
    this.#held.set(held.command.cid, held);
    this.#tell(held.command, held.status, null);
  }

  #settle(command: QueuedCommand, verdict: NonNullable<PendingCommand['verdict']>): void {
    this.#held.delete(command.cid);
    this.#tell(command, 'settled', verdict);
    if (![...this.#held.values()].some(held => held.status === 'sent')) this.#onQuiet?.();
  }

  #tell(command: QueuedCommand, status: PendingCommand['status'], verdict: PendingCommand['verdict']): void {
    const {cid, collector, body, issuedAt} = command;
    this.#events.onCommand({cid, collector, body, issuedAt, status, verdict});
  }
}

function text(error: unknown): SafeText {
  return safeText(error instanceof Fault ? error.message : 'the command could not be kept on disk');
}
