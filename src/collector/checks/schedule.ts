import type {DurationMs, Instant} from '../../domain/time.ts';
import type {Clock, Timers} from '../../runtime/outside.ts';
import {DueHeap} from '../pipeline/due-heap.ts';

/** Something that runs again and again. */
export interface Job {
  /** Unique; its place in the period is made from it. */
  readonly id: string;
  readonly everyMs: DurationMs;
  /** Instead of `everyMs` after a run that said `soon`. */
  readonly retryEveryMs: DurationMs;
  /**
   * Runs once and never throws. It waits for its turn and ends in bounded time by itself, sooner when `stopped` is aborted.
   *
   * @returns `soon` when what it found is not confirmed yet.
   */
  run(stopped: AbortSignal): Promise<'regular' | 'soon'>;
}

/** Jobs at work. */
export interface Schedule {
  /** Runs a job now; one that is running, and one that there is not, is left alone. */
  hasten(id: string): void;
  /** Resolves when the last running job has ended. */
  stop(): Promise<void>;
}

/** The first runs are spread over no more than this, so that a picture is there soon after the start. */
const FIRST_SPREAD_MS: DurationMs = 30_000;
/** The clock is looked at this often at least, to notice that it was set or that the machine slept. */
const LONGEST_NAP_MS: DurationMs = 10_000;
/** Being late by more than this is a sleep, and not a busy moment. */
const GAP_MS: DurationMs = 30_000;

/** [0, 1) from a text, the same for the same text: FNV-1a, 32 bit, mixed once more. */
function phaseOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** The job's next place in its period, not before `earliest`. */
function regularAfter(job: Job, earliest: Instant): Instant {
  const offset = Math.floor(phaseOf(job.id) * job.everyMs);
  return Math.ceil((earliest - offset) / job.everyMs) * job.everyMs + offset;
}

/**
 * Runs jobs on time, each at its own place in its period, so that checks with the same period do not run at the same moment.
 *
 * A job never overlaps itself: its next run is laid down when it has ended. After a sleep or a jump of the clock nothing is made up
 * for: all jobs are spread anew, as at the start.
 */
export function schedule(
  jobs: readonly Job[],
  {clock, timers}: {readonly clock: Clock; readonly timers: Timers},
): Schedule {
  const byId = new Map(jobs.map(job => [job.id, job]));
  const waiting = new Set(byId.keys());
  const running = new Set<Promise<void>>();
  const due = new DueHeap();
  const stopped = new AbortController();
  let cancelTimer = () => {};
  let wakeAt: Instant = clock.now();

  function spread(now: Instant): void {
    for (const id of waiting) {
      const job = byId.get(id);
      if (job !== undefined) due.set(id, now + Math.floor(phaseOf(id) * Math.min(job.everyMs, FIRST_SPREAD_MS)));
    }
  }

  function nap(): void {
    cancelTimer();
    if (stopped.signal.aborted) return;
    const now = clock.now();
    wakeAt = Math.min(due.next() ?? Number.POSITIVE_INFINITY, now + LONGEST_NAP_MS);
    cancelTimer = timers.after(Math.max(0, wakeAt - now), wake);
  }

  async function runJob(job: Job): Promise<void> {
    const startedAt = clock.now();
    const pace = await job.run(stopped.signal);
    const now = clock.now();
    waiting.add(job.id);
    const soon = Math.max(now, startedAt + Math.min(job.retryEveryMs, job.everyMs));
    // A first run and a retry stand at no fixed place: the way back to it is no longer than 1.1 periods.
    const next = pace === 'soon' ? soon : regularAfter(job, Math.max(now, startedAt + job.everyMs / 10));
    due.set(job.id, next);
    if (next < wakeAt) nap();
  }

  function wake(): void {
    const now = clock.now();
    if (Math.abs(now - wakeAt) > GAP_MS) spread(now);
    for (let id = due.take(now); id !== null; id = due.take(now)) {
      const job = byId.get(id);
      if (job === undefined) continue;
      waiting.delete(id);
      const run = runJob(job).finally(() => running.delete(run));
      running.add(run);
    }
    nap();
  }

  spread(wakeAt);
  nap();

  return {
    hasten(id) {
      if (!waiting.has(id)) return;
      due.set(id, clock.now());
      nap();
    },
    async stop() {
      cancelTimer();
      stopped.abort();
      await Promise.allSettled(running);
    },
  };
}
