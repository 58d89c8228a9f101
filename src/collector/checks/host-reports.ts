import {type CheckAddress, hostKey} from '../../domain/address.ts';
import type {CheckPolicy} from '../../domain/check.ts';
import type {CheckObservation} from '../../domain/observation.ts';
import type {Instant} from '../../domain/time.ts';
import {safeText} from '../../runtime/safe-text.ts';
import {foldedLines} from '../folded-lines.ts';
import type {Samples} from '../samples.ts';
import type {Outcome} from './outcome.ts';

const OUTPUT_BYTES = 1024;
const LONG_OUTPUT_BYTES = 8192;

/** A result as the single writer takes it. */
export interface Report {
  readonly address: CheckAddress;
  /** `check` or `exporter`. */
  readonly source: string;
  readonly outcome: Outcome;
  readonly policy: CheckPolicy;
  readonly runbook: string | null;
  readonly executedAt: Instant;
  readonly receivedAt: Instant;
}

/** Makes outside text safe and says whose result it is. */
export function checkObservation(report: Report): CheckObservation {
  const {address, source, outcome, policy, runbook, executedAt, receivedAt} = report;
  return {
    type: 'check',
    address,
    source,
    state: outcome.state,
    output: safeText(outcome.output, {bytes: OUTPUT_BYTES}),
    longOutput: foldedLines(outcome.longOutput, LONG_OUTPUT_BYTES),
    executedAt,
    receivedAt,
    resultId: null,
    policy,
    runbook: runbook === null ? null : safeText(runbook),
  };
}

/** Hands the figures of a run to the samples lane. A host is heard of when it answered well, or when figures came from it. */
export function recordSample(samples: Samples, address: CheckAddress, outcome: Outcome, at: Instant): void {
  const key = hostKey(address);
  if (Object.keys(outcome.figures).length > 0) samples.record(key, {...outcome.figures, at});
  else if (outcome.state === 'ok' || outcome.state === 'warning') samples.touch(key, at);
}
