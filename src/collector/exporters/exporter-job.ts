import {fingerprint, hostKey} from '../../domain/address.ts';
import {Fault} from '../../domain/fault.ts';
import {SECOND} from '../../domain/time.ts';
import type {ExporterConfig} from '../../runtime/collector-config.ts';
import {type JobTools, submit} from '../checks/check-job.ts';
import {checkObservation, recordSample} from '../checks/host-reports.ts';
import {networkFault} from '../checks/network-fault.ts';
import {type Outcome, outcome} from '../checks/outcome.ts';
import type {Job} from '../checks/schedule.ts';
import {type HostCheck, hostChecks, hostFigures} from './host-checks.ts';
import {busyPercent, type CpuTimes} from './host-facts.ts';
import {type Scrape, scrape} from './scrape.ts';

/** The service that says whether scraping works; apart from the host's own check. */
const SERVICE = 'exporter';
/** A single failed scrape is no fault yet. Source: ST-7. */
const ATTEMPTS = 3;

/** The scrape within its time-out, or what prevented it. */
async function attempt(exporter: ExporterConfig, stopped: AbortSignal, tools: JobTools): Promise<Scrape | Outcome> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const cancel = tools.timers.after(exporter.timeoutMs, abort);
  stopped.addEventListener('abort', abort, {once: true});
  try {
    return await scrape(exporter, controller.signal, tools);
  } catch (error) {
    if (error instanceof Fault) return outcome('critical', error.message);
    if (controller.signal.aborted) return outcome('critical', `no answer within ${exporter.timeoutMs / SECOND} s`);
    return networkFault(error);
  } finally {
    cancel();
    stopped.removeEventListener('abort', abort);
  }
}

/** One configured exporter as a job: a scrape becomes samples of the host and results of its services. */
export function exporterJob(exporter: ExporterConfig, tools: JobTools): Job {
  const {customer, site, host, everyMs, thresholds} = exporter;
  const address = (service: string) => ({customer, site, host, service});
  const id = fingerprint(address(SERVICE));
  let cpuBefore: CpuTimes = new Map();

  /** What the scrape says, the exporter's own service first. */
  function checksOf(result: Scrape | Outcome): readonly HostCheck[] {
    if ('state' in result) return [{service: SERVICE, maxAttempts: ATTEMPTS, outcome: result}];
    const {facts, samples, tookMs} = result;
    const cpuPercent = busyPercent(cpuBefore, facts.cpu);
    cpuBefore = facts.cpu;
    const scraped = outcome('ok', `${samples} samples in ${tookMs} ms`, hostFigures(facts, cpuPercent));
    return [{service: SERVICE, maxAttempts: ATTEMPTS, outcome: scraped}, ...hostChecks(facts, cpuPercent, thresholds)];
  }

  async function runOnce(stopped: AbortSignal): Promise<void> {
    if (stopped.aborted) return;
    const executedAt = tools.clock.now();
    const checks = checksOf(await attempt(exporter, stopped, tools));
    if (stopped.aborted) return;
    const receivedAt = tools.clock.now();
    const observations = checks.map(check => {
      const {maxAttempts} = check;
      const policy = {intervalMs: everyMs, retryIntervalMs: everyMs, maxAttempts, graceMs: null, isHeartbeat: false};
      const report = {
        address: address(check.service),
        source: 'exporter',
        policy,
        runbook: null,
        executedAt,
        receivedAt,
      };
      return checkObservation({...report, outcome: check.outcome});
    });
    const [own] = checks;
    if (own !== undefined) recordSample(tools.samples, address(''), own.outcome, receivedAt);
    tools.samples.judgedBy(hostKey(address('')), thresholds);
    await submit(tools, observations, id);
  }

  return {
    id: `exporter ${id}`,
    everyMs,
    retryEveryMs: everyMs,
    async run(stopped) {
      const lane = URL.canParse(exporter.url) ? new URL(exporter.url).hostname : exporter.url;
      await tools.network.run(lane, () => runOnce(stopped));
      return 'regular';
    },
  };
}
