import {WebSocket} from 'ws';

interface Command {
  readonly t: 'cmd';
  readonly cid: string;
  readonly body: {
    readonly kind: 'ack';
    readonly occurrence: string;
    readonly note: null;
    readonly until: null;
    readonly sticky: false;
  };
  readonly issuedAt: number;
  readonly ttlMs: number;
  readonly expectedVersion: null;
  readonly as: null;
}

const HOUR_MS = 3_600_000;
/** RFC 9562, version 7: 48 bits of time, then random. */
function uuidv7(now: number): string {
  const random = crypto.randomUUID();
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

/**
 * A console written from `docs/protocol.md` alone: acknowledges every alert that opens, and sends what was not answered
 * again under the same id after each reconnect.
 */
export class Commander {
  /** Command id → outcome, for every `cack` received. */
  readonly confirmed = new Map<string, string>();
  readonly #url: string;
  readonly #token: string;
  readonly #unanswered = new Map<string, Command>();
  readonly #seen = new Set<string>();
  #epoch: string | null = null;
  #seq: number | null = null;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Until the collector is gone. */
  run(): Promise<void> {
    return this.#connect(() => false);
  }

  /** Until every command is answered, of which there must have been one. */
  settle(): Promise<void> {
    return this.#connect(() => this.confirmed.size > 0 && this.#unanswered.size === 0);
  }

  #connect(isDone: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const socket = new WebSocket(this.#url, ['nocturne.v1'], {
        headers: {authorization: `Bearer ${this.#token}`},
        perMessageDeflate: false,
      });
      socket.on('error', () => {});
      socket.once('close', () => resolve());
      socket.on('message', (data: Buffer) => {
        this.#take(JSON.parse(data.toString()), socket);
        if (isDone()) socket.terminate();
      });
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: a peer that knows nothing of our types is the point
  #take(frame: any, socket: WebSocket): void {
    switch (frame.t) {
      case 'hello':
        this.#epoch = frame.epoch;
        socket.send(JSON.stringify({t: 'sub', client: 'chaos', epoch: this.#epoch, seq: this.#seq, customers: null}));
        for (const command of this.#unanswered.values()) socket.send(JSON.stringify(command));
        return;
      case 'item':
        for (const item of frame.items) if (item.kind === 'alert') this.#acknowledge(item.value.occurrence, socket);
        return;
      case 'snapend':
        this.#seq = frame.seq;
        return;
      case 'd':
        if (this.#seq !== null && frame.prev !== this.#seq)
          throw new Error(`gap: at ${this.#seq}, got ${frame.prev}..${frame.seq}`);
        this.#seq = frame.seq;
        for (const entry of frame.events)
          if (entry.event.type === 'alert.opened') this.#acknowledge(entry.event.occurrence, socket);
        return;
      case 'mark':
        this.#seq = frame.seq;
        return;
      case 'cack':
        this.confirmed.set(frame.cid, frame.outcome);
        this.#unanswered.delete(frame.cid);
        return;
    }
  }

  #acknowledge(occurrence: string, socket: WebSocket): void {
    if (this.#seen.has(occurrence)) return;
    this.#seen.add(occurrence);
    const now = Date.now();
    const body = {kind: 'ack', occurrence, note: null, until: null, sticky: false} as const;
    const command: Command = {
      t: 'cmd',
      cid: uuidv7(now),
      body,
      issuedAt: now,
      ttlMs: HOUR_MS,
      expectedVersion: null,
      as: null,
    };
    this.#unanswered.set(command.cid, command);
    socket.send(JSON.stringify(command));
  }
}
