import {type Fingerprint, fingerprint} from '../../domain/address.ts';
import {Fault} from '../../domain/fault.ts';
import type {Observation} from '../../domain/observation.ts';
import type {Log} from '../../runtime/log.ts';
import type {Samples} from '../samples.ts';
import type {Sink} from '../source.ts';
import {checkObservation, recordSample} from './host-reports.ts';
import type {Lanes} from './lanes.ts';
import {type ActiveCheck, type CheckTools, runCheck} from './run-check.ts';
import type {Job} from './schedule.ts';

/** What every job needs. */
export interface JobTools extends CheckTools {
  readonly sink: Sink;
  readonly samples: Samples;
  readonly log: Log;
  /** Is what is known of this check a soft state, so that the retry interval is in force? Source: ST-2, ST-7. */
  readonly isSoft: (check: Fingerprint) => boolean;
  /** Checks that start a program of this machine. */
  readonly programs: Lanes;
  /** Checks that only talk over the network. */
  readonly network: Lanes;
}

/** Hands observations to the single writer. What it cannot take now is superseded by the next run, and said. */
export async function submit({sink, log}: JobTools, observations: readonly Observation[], job: string): Promise<void> {
  try {
    await sink.submit(observations);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.warn('check.lost', {check: job, error});
  }
}

/** Whose turn it is counted as: a destination that hangs holds up its own checks alone. */
function laneOf(check: ActiveCheck): string {
  switch (check.type) {
    case 'ping':
    case 'tcp':
    case 'tls':
      return check.address;
    case 'http':
      return URL.canParse(check.url) ? new URL(check.url).hostname : check.url;
    case 'plugin':
      return check.host;
    default:
      throw check satisfies never;
  }
}

/** What a check is called in the schedule. */
export function checkJobId(check: Fingerprint): string {
  return `check ${check}`;
}

/** One configured check as a job of the schedule. */
export function checkJob(check: ActiveCheck, tools: JobTools): Job {
  const {customer, site, host, service, everyMs, retryEveryMs, maxAttempts, graceMs, runbook} = check;
  const address = {customer, site, host, service};
  const id = fingerprint(address);
  const policy = {intervalMs: everyMs, retryIntervalMs: retryEveryMs, maxAttempts, graceMs, isHeartbeat: false};
  const lanes = check.type === 'ping' || check.type === 'plugin' ? tools.programs : tools.network;

  async function runOnce(stopped: AbortSignal): Promise<void> {
    if (stopped.aborted) return;
    const executedAt = tools.clock.now();
    const outcome = await runCheck(check, stopped, tools);
    if (stopped.aborted) return;
    const receivedAt = tools.clock.now();
    recordSample(tools.samples, address, outcome, receivedAt);
    const report = {address, source: 'check', outcome, policy, runbook, executedAt, receivedAt};
    await submit(tools, [checkObservation(report)], id);
  }

  return {
    id: checkJobId(id),
    everyMs,
    retryEveryMs,
    async run(stopped) {
      await lanes.run(laneOf(check), () => runOnce(stopped));
      return tools.isSoft(id) ? 'soon' : 'regular';
    },
  };
}
