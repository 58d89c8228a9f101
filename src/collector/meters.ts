import {Counter, Gauge, Histogram, Registry} from 'prom-client';

/** Why something from outside was refused; each has its own line on `/metrics` (security rule 55). */
export type Refusal =
  | 'authentication'
  | 'locked-out'
  | 'forbidden'
  | 'origin'
  | 'address'
  | 'signature'
  | 'too-large'
  | 'unreadable'
  | 'overload'
  | 'connections'
  | 'frame'
  | 'command'
  | 'stalled';

/** The collector's own figures, as `GET /metrics` shows them. */
export interface Meters {
  refused(why: Refusal): void;
  /** A batch became durable. */
  committed(events: number, seconds: number): void;
  commitFailed(): void;
  /** A rule of our own did not hold. */
  invariantBroken(): void;
  received(source: string, observations: number): void;
  unknownFrame(): void;
  /** A report about a backup found no place. */
  leftOut(): void;
  /** Read when somebody looks. */
  watch(name: string, help: string, read: () => number): void;
  render(): Promise<string>;
  readonly contentType: string;
}

const PREFIX = 'nocturne_';
const COMMIT_BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

export function createMeters(): Meters {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({name: PREFIX + name, help, labelNames, registers});
  const refused = counter('refused_total', 'Requests, frames and commands that were refused, by reason.', ['reason']);
  const events = counter('events_total', 'Events that became durable.');
  const failures = counter('commit_failures_total', 'Batches that the disk refused.');
  const invariants = counter(
    'invariants_broken_total',
    'Rules of our own that did not hold; anything but 0 is a bug or damage.',
  );
  const observations = counter('observations_total', 'Observations that were taken, by source.', ['source']);
  const frames = counter('unknown_frames_total', 'Frames of a kind that this release does not know.');
  const leftOut = counter(
    'backup_reports_left_out_total',
    'Reports about objects that nobody configured, beyond the most that a customer may have of them.',
  );
  const commits = new Histogram({
    name: `${PREFIX}commit_seconds`,
    help: 'Time until a batch was on disk.',
    buckets: COMMIT_BUCKETS_SECONDS,
    registers,
  });
  return {
    refused: why => refused.inc({reason: why}),
    committed: (count, seconds) => {
      events.inc(count);
      commits.observe(seconds);
    },
    commitFailed: () => failures.inc(),
    invariantBroken: () => invariants.inc(),
    received: (source, count) => observations.inc({source}, count),
    unknownFrame: () => frames.inc(),
    leftOut: () => leftOut.inc(),
    watch: (name, help, read) => {
      new Gauge({
        name: PREFIX + name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
