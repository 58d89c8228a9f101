import {Agent, request} from 'node:http';
import {CollectorProcess} from '../support/collector-process.ts';
import {withAlertmanager} from './alertmanager-process.ts';
import {percentile, round, spread} from './spread.ts';

const REQUESTS = 6000;
const CONNECTIONS = 64;
const ROUNDS = 5;
/** Alerts in one webhook of the batched run. */
const BATCH = 50;

/** The same alert for both peers: Alertmanager's API takes its labels, we take them in its webhook. */
function alert(number: number) {
  return {
    labels: {
      alertname: 'DiskFull',
      tenant: 'mueller',
      instance: `srv-${number}:9100`,
      severity: 'critical',
    },
    annotations: {summary: `Platte /var ${number % 100} %`},
    startsAt: '2026-11-21T02:42:00.000Z',
    generatorURL: 'http://prometheus.example:9090/graph',
  };
}

function webhook(first: number, count: number): string {
  const alerts = Array.from({length: count}, (_unused, index) => ({
    status: 'firing',
    ...alert(first + index),
    endsAt: '0001-01-01T00:00:00Z',
    fingerprint: (first + index).toString(16).padStart(16, '0'),
  }));
  return JSON.stringify({
    version: '4',
    groupKey: '{}:{}',
    truncatedAlerts: 0,
    status: 'firing',
    receiver: 'nocturne',
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example:9093',
    alerts,
  });
}

interface Load {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Posts `bodies` over kept connections, one request at a time on each, and refuses to count anything but `status`. */
async function load(url: string, token: string | null, bodies: readonly string[], status: number): Promise<Load> {
  const agent = new Agent({keepAlive: true, maxSockets: CONNECTIONS});
  const headers = {'content-type': 'application/json', ...(token === null ? {} : {authorization: `Bearer ${token}`})};
  const latenciesMs: number[] = [];
  let next = 0;
  const post = (body: string) =>
    new Promise<void>((resolve, reject) => {
      const begun = performance.now();
      const call = request(
        url,
        {method: 'POST', agent, headers: {...headers, 'content-length': Buffer.byteLength(body)}},
        answer => {
          answer.resume();
          answer.once('end', () => {
            latenciesMs.push(performance.now() - begun);
            if (answer.statusCode === status) resolve();
            else reject(new Error(`${url} answered ${answer.statusCode}, ${status} wanted`));
          });
        },
      );
      call.once('error', reject);
      call.end(body);
    });
  const begun = performance.now();
  await Promise.all(
    Array.from({length: CONNECTIONS}, async () => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) await post(body);
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  return {perSecond: bodies.length / seconds, latenciesMs};
}

/** Durable webhooks a second against Alertmanager's own `POST /api/v2/alerts`: same client, same alerts, rounds in turn. */
export async function benchIngest() {
  await using collector = await CollectorProcess.start();
  const token = await collector.token('ingest');
  const url = `${collector.http}/v1/ingest/alertmanager`;
  const ours: Load[] = [];
  const batched: number[] = [];
  const theirs: number[] = [];
  const theirsBatched: number[] = [];
  const measure = async (peer: string | null) => {
    for (let round = 0; round < ROUNDS; round++) {
      const first = round * REQUESTS * 2;
      const numbers = Array.from({length: REQUESTS}, (_unused, index) => first + index);
      ours.push(
        await load(
          url,
          token,
          numbers.map(number => webhook(number, 1)),
          202,
        ),
      );
      const starts = Array.from({length: REQUESTS / BATCH}, (_unused, index) => first + REQUESTS + index * BATCH);
      batched.push(
        BATCH *
          (
            await load(
              url,
              token,
              starts.map(start => webhook(start, BATCH)),
              202,
            )
          ).perSecond,
      );
      if (peer === null) continue;
      theirs.push(
        (
          await load(
            peer,
            null,
            numbers.map(number => JSON.stringify([alert(number)])),
            200,
          )
        ).perSecond,
      );
      const groups = starts.map(start =>
        JSON.stringify(Array.from({length: BATCH}, (_unused, index) => alert(start + index))),
      );
      theirsBatched.push(BATCH * (await load(peer, null, groups, 200)).perSecond);
    }
  };
  const measured = await withAlertmanager(async peer => {
    await measure(`${peer}/api/v2/alerts`);
    return true;
  });
  if (measured === null) await measure(null);
  const own = spread(ours.map(run => run.perSecond));
  const ownBatched = spread(batched);
  const latencies = ours.flatMap(run => run.latenciesMs).sort((a, b) => a - b);
  const peer = theirs.length === 0 ? null : spread(theirs);
  const peerBatched = theirsBatched.length === 0 ? null : spread(theirsBatched);
  const missing = peer === null ? {reason: 'prometheus-alertmanager is not installed'} : {};
  return {
    perSecond: own.median,
    perSecondRuns: own,
    p99Ms: round(percentile(latencies, 99)),
    ratioToAlertmanager: peer === null ? null : round(own.median / peer.median),
    alertmanagerRuns: peer,
    ...missing,
    batched: {
      alertsPerSecond: ownBatched.median,
      alertsPerSecondRuns: ownBatched,
      ratioToAlertmanager: peerBatched === null ? null : round(ownBatched.median / peerBatched.median),
      alertmanagerRuns: peerBatched,
      ...missing,
    },
  };
}
