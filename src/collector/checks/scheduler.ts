import type {Fingerprint} from '../../domain/address.ts';
import {Fault} from '../../domain/fault.ts';
import type {CollectorConfig} from '../../runtime/collector-config.ts';
import type {Log} from '../../runtime/log.ts';
import type {Outside} from '../../runtime/outside.ts';
import {exporterJob} from '../exporters/exporter-job.ts';
import type {Samples} from '../samples.ts';
import type {Sink} from '../source.ts';
import {alertmanagerPull, type PullTools, pullJobId} from '../sources/alertmanager-pull.ts';
import {checkJob, checkJobId, type JobTools} from './check-job.ts';
import {Lanes} from './lanes.ts';
import {findPluginUser, type PluginUser} from './plugin-program.ts';
import {type Schedule, schedule} from './schedule.ts';

/** Programs at once: each is a process. */
const PROGRAMS = {total: 64, lane: 4};
/** Connections at once; of one destination few, so that it is not flooded by its watchers. */
const NETWORK = {total: 256, lane: 4};

/** What the checks of a collector need. */
export interface ChecksOptions {
  readonly config: CollectorConfig;
  readonly sink: Sink;
  readonly samples: Samples;
  /** Is what is known of this check a soft state? Then the retry interval is in force. Source: ST-2, ST-7. */
  readonly isSoft: (check: Fingerprint) => boolean;
  readonly outside: Pick<Outside, 'clock' | 'timers'>;
  readonly log: Log;
  /** User id that the collector runs as. */
  readonly uid: number;
  /** For upstreams that are asked what fires. */
  readonly pull: Pick<PullTools, 'watch' | 'place' | 'alerts'>;
}

/** Checks at work, and upstreams that are asked. */
export interface RunningChecks extends Schedule {
  /** Asks this source now, when it is one that is asked. */
  ask(source: string): void;
}

/** Whom plugins run as, found out once; says once when they may not run at all (security rule 12). */
async function pluginUserOf({config, log, uid}: ChecksOptions): Promise<() => PluginUser> {
  const hasPlugins = config.checks.some(check => check.type === 'plugin');
  if (!hasPlugins) return () => null;
  try {
    const user = await findPluginUser(config.collector.pluginUser, uid === 0);
    return () => user;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.warn('check.plugins-off', {error});
    return () => {
      throw error;
    };
  }
}

/**
 * Runs the configured checks, scrapes the configured exporters and asks the configured upstreams until stopped. Heartbeats come by themselves and are not run.
 *
 * @returns `stop` ends what runs and resolves when nothing of it is left; nothing is submitted after it. A check is named by its
 *   fingerprint in `hasten`.
 */
export async function startChecks(options: ChecksOptions): Promise<RunningChecks> {
  const {config, outside} = options;
  const tools: JobTools = {
    ...options,
    clock: outside.clock,
    timers: outside.timers,
    pluginDirs: config.collector.pluginDirs,
    pluginUser: await pluginUserOf(options),
    programs: new Lanes(PROGRAMS),
    network: new Lanes(NETWORK),
  };
  const checks = config.checks.flatMap(check => (check.type === 'heartbeat' ? [] : [checkJob(check, tools)]));
  const exporters = config.exporters.map(exporter => exporterJob(exporter, tools));
  const pulls = config.sources.flatMap(source =>
    source.api === null ? [] : [alertmanagerPull(source, source.api, {...tools, ...options.pull})],
  );
  const {hasten, stop} = schedule([...checks, ...exporters, ...pulls], outside);
  return {hasten: check => hasten(checkJobId(check)), ask: source => hasten(pullJobId(source)), stop};
}
