import {type DurationMs, type Instant, SECOND} from '../../domain/time.ts';

/** After this many bytes the other side is asked whether it has them. */
const PROBE_BYTES = 32 * 1024;
const FIRST_BYTES = 128 * 1024;
const LEAST_BYTES = 32 * 1024;
const MOST_BYTES = 1024 * 1024;
/** An answer this quick lets more go out at once, one this slow less. */
const QUICK_MS: DurationMs = 1.5 * SECOND;
const SLOW_MS: DurationMs = 3 * SECOND;
/** An answer has this long (security rule 25), and longer by what the bytes before it take on a slow line, 64 kbit/s. */
const PATIENCE_MS: DurationMs = 10 * SECOND;
const SLOW_BYTES_PER_MS = 8;
const MOST_EXTRA_MS: DurationMs = 10 * SECOND;

/** A question on its way: everything up to `bytes` was sent before it. */
interface Probe {
  readonly bytes: number;
  readonly at: Instant;
}

/**
 * How much of a console's stream is on its way. A socket takes megabytes into the kernel that a slow line needs minutes for; what
 * counts is what the other side has read, which its answers to pings tell. So a slow line holds little, a ping comes through
 * in time, and what happens now does not wait behind what happened long ago.
 */
export class LineWindow {
  #size = FIRST_BYTES;
  #sent = 0;
  #read = 0;
  #probed = 0;
  #probes: Probe[] = [];
  #answeredAt: Instant = 0;

  get hasRoom(): boolean {
    return this.#sent - this.#read < this.#size;
  }

  /** Bytes went out. @returns Whether to ask now. */
  sent(bytes: number): boolean {
    this.#sent += bytes;
    return this.#sent - this.#probed >= PROBE_BYTES || !this.hasRoom;
  }

  /** Asks whether everything was read. @returns What the ping has to carry. */
  probe(now: Instant): string {
    this.#probed = this.#sent;
    this.#probes.push({bytes: this.#sent, at: now});
    return String(this.#sent);
  }

  /** A pong with this in it came back; anything but an answer of ours is nothing. */
  answered(payload: string, now: Instant): void {
    const index = this.#probes.findIndex(({bytes}) => String(bytes) === payload);
    const probe = this.#probes[index];
    if (probe === undefined) return;
    this.#probes = this.#probes.slice(index + 1);
    this.#read = probe.bytes;
    this.#answeredAt = now;
    const tookMs = now - probe.at;
    if (tookMs < QUICK_MS) this.#size = Math.min(MOST_BYTES, this.#size * 2);
    else if (tookMs > SLOW_MS) this.#size = Math.max(LEAST_BYTES, this.#size / 2);
  }

  /** Whether the other side has been silent for longer than any line that is alive. */
  isSilent(now: Instant): boolean {
    const [oldest] = this.#probes;
    if (oldest === undefined) return false;
    const extraMs = Math.min(MOST_EXTRA_MS, (this.#sent - this.#read) / SLOW_BYTES_PER_MS);
    return now - Math.max(oldest.at, this.#answeredAt) >= PATIENCE_MS + extraMs;
  }
}
