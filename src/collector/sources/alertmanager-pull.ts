import * as v from 'valibot';
import type {Alert} from '../../domain/alert.ts';
import {Fault} from '../../domain/fault.ts';
import {type DurationMs, type Instant, MINUTE, SECOND} from '../../domain/time.ts';
import type {SourceApiConfig, SourceConfig} from '../../runtime/collector-config.ts';
import type {Log} from '../../runtime/log.ts';
import type {Clock, Timers} from '../../runtime/outside.ts';
import {discard, httpGet, readBody} from '../checks/http-get.ts';
import type {Lanes} from '../checks/lanes.ts';
import {networkFault} from '../checks/network-fault.ts';
import type {Job} from '../checks/schedule.ts';
import {checkJsonLimits} from '../ingest/json-limits.ts';
import type {Place, Sink} from '../source.ts';
import type {SourceWatch} from '../source-watch.ts';
import {alertmanagerKey, readListed} from './alertmanager.ts';
import {checked, instant} from './fields.ts';
import {type Missed, openClaims, reconcile} from './reconcile.ts';

/** Security rule 38. */
const TIMEOUT_MS: DurationMs = 15 * SECOND;
/** Some thousand alerts, which is more than security rule 38 lets other answers have. */
const MOST_BODY_BYTES = 4 * 1024 * 1024;
/** After its start an Alertmanager knows nothing until everybody has sent again; a Prometheus may read its journal for long before. */
const SETTLED_MS: DurationMs = 15 * MINUTE;
const OK = 200;

/** What asking an upstream needs. */
export interface PullTools {
  readonly sink: Sink;
  readonly watch: Pick<SourceWatch, 'heard' | 'unreachable'>;
  readonly place: () => Place;
  /** As they are now. */
  readonly alerts: () => Iterable<Alert>;
  readonly network: Lanes;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}

const Status = v.object({uptime: instant});

interface Answer {
  readonly body: unknown;
  /** By the clock over there; null when it does not say. */
  readonly sentAt: Instant | null;
}

async function ask(
  {url, ca, token}: SourceApiConfig,
  path: string,
  signal: AbortSignal,
  timers: Timers,
): Promise<Answer> {
  const target = `${url.replace(/\/+$/, '')}/api/v2/${path}`;
  const authorization = token === null ? {} : {authorization: `Bearer ${token}`};
  const response = await httpGet({url: target, ca, accept: 'application/json', signal, timers, ...authorization});
  if (response.status !== OK) {
    discard(response);
    throw new Fault('PULL_STATUS', `HTTP ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  const isWhole = await readBody(response, MOST_BODY_BYTES, chunk => void chunks.push(chunk));
  if (!isWhole) throw new Fault('PULL_SIZE', `the answer is larger than ${MOST_BODY_BYTES / 1024 / 1024} MiB`);
  const sentAt = Date.parse(response.headers.get('date') ?? '');
  return {body: parse(Buffer.concat(chunks)), sentAt: Number.isNaN(sentAt) ? null : sentAt};
}

function parse(body: Buffer): unknown {
  checkJsonLimits(body);
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Fault('JSON', 'the answer is not valid JSON');
  }
}

/** Whether its list can be trusted to hold everything: not right after its start. */
function isSettled({body, sentAt}: Answer, now: Instant): boolean {
  const {uptime} = checked(Status, body, 'SOURCE_SCHEMA');
  return uptime != null && (sentAt ?? now) - uptime >= SETTLED_MS;
}

/**
 * Asks an Alertmanager every two minutes what fires, because a webhook may be lost, and a silenced alert that ends sends none at
 * all. Source: integrations/README.md, rule 3, and alertmanager.md, gotcha 1.
 *
 * An answer that fails or cannot be read ends nothing: the source is shown as unreachable until the next one.
 */
export function alertmanagerPull(source: SourceConfig, api: SourceApiConfig, tools: PullTools): Job {
  const {sink, watch, place, alerts, network, clock, timers, log} = tools;
  const query = new URLSearchParams({active: 'true', silenced: 'true', inhibited: 'true', unprocessed: 'true'});
  if (api.receiver !== null) query.set('receiver', api.receiver);
  let missed: Missed = new Map();

  async function pull(signal: AbortSignal): Promise<void> {
    const askedAt = clock.now();
    const open = openClaims(alerts(), alertmanagerKey(source, ''));
    const status = await ask(api, 'status', signal, timers);
    const {body} = await ask(api, `alerts?${query}`, signal, timers);
    const listed = readListed({body, headers: {}, receivedAt: clock.now()}, source, place(), api.url);
    const mayEnd = isSettled(status, askedAt);
    const {observations, missed: next} = reconcile(mayEnd ? open : stillListed(open, listed.firing), listed, missed, {
      askedAt,
      confirmMs: api.everyMs / 2,
    });
    await sink.submit(observations);
    missed = next;
    watch.heard(source.name);
  }

  async function runOnce(stopped: AbortSignal): Promise<void> {
    const controller = new AbortController();
    const abort = () => controller.abort();
    const cancel = timers.after(TIMEOUT_MS, abort);
    stopped.addEventListener('abort', abort, {once: true});
    try {
      await pull(controller.signal);
    } catch (error) {
      if (stopped.aborted) return;
      missed = new Map();
      watch.unreachable(source.name);
      const reason = error instanceof Fault ? error.message : networkFault(error).output;
      log.warn('source.unreachable', {source: source.name, reason});
    } finally {
      cancel();
      stopped.removeEventListener('abort', abort);
    }
  }

  return {
    id: pullJobId(source.name),
    everyMs: api.everyMs,
    retryEveryMs: api.everyMs,
    async run(stopped) {
      await network.run(new URL(api.url).hostname, () => (stopped.aborted ? Promise.resolve() : runOnce(stopped)));
      return 'regular';
    },
  };
}

/** Name of the job that asks a source. */
export function pullJobId(source: string): string {
  return `pull ${source}`;
}

function stillListed<Held>(open: ReadonlyMap<string, Held>, firing: ReadonlySet<string>): ReadonlyMap<string, Held> {
  return new Map([...open].filter(([key]) => firing.has(key)));
}
