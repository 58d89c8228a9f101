import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {NIGHT, virtualOutside} from '../../support/clock.ts';
import {TWO_CUSTOMERS} from '../../support/collector-process.ts';
import {OpenCollector} from '../support/open-collector.ts';
import type {TestConsole} from '../support/test-console.ts';

const EVERY_MS = 120_000;
const HOUR_MS = 3_600_000;

interface Firing {
  readonly name: string;
  readonly startsAt?: string;
  readonly state?: 'active' | 'suppressed';
}

const STARTS_AT = '2026-11-21T01:40:00Z';

function labelsOf({name}: Firing) {
  return {alertname: name, tenant: 'mueller', host: 'web-01', severity: 'critical'};
}

function fingerprintOf({name}: Firing): string {
  return Buffer.from(name.padEnd(8)).toString('hex');
}

/** An Alertmanager as far as it is asked: captured shapes, with what the test says fires. */
class Upstream implements AsyncDisposable {
  firing: readonly Firing[] = [];
  startedAt = NIGHT - HOUR_MS;
  /** Instead of the list of alerts. */
  answer: ((response: ServerResponse) => void) | null = null;
  readonly paths: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  #asked: (() => void)[] = [];
  readonly #server = createServer((request, response) => {
    const path = request.url ?? '';
    this.paths.push(path);
    this.authorizations.push(request.headers.authorization);
    response.setHeader('date', new Date(this.now()).toUTCString());
    if (path.endsWith('/api/v2/status')) {
      response.end(JSON.stringify({uptime: new Date(this.startedAt).toISOString(), versionInfo: {version: '0.28.1'}}));
      return;
    }
    if (this.answer === null) response.end(JSON.stringify(this.firing.map(apiAlert)));
    else this.answer(response);
    for (const told of this.#asked.splice(0)) told();
  });
  now: () => number = () => NIGHT;

  static async start(): Promise<Upstream> {
    const upstream = new Upstream();
    await new Promise<void>(resolve => upstream.#server.listen(0, '127.0.0.1', resolve));
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/am/`;
  }

  /** Resolves when the list was asked for the next time. */
  asked(): Promise<void> {
    return new Promise(resolve => this.#asked.push(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

function apiAlert(firing: Firing): object {
  const {startsAt = STARTS_AT, state = 'active'} = firing;
  return {
    annotations: {summary: `${firing.name} is bad`},
    endsAt: '2026-11-21T02:00:00Z',
    fingerprint: fingerprintOf(firing),
    receivers: [{name: 'nocturne'}],
    startsAt,
    status: {inhibitedBy: [], mutedBy: [], silencedBy: state === 'active' ? [] : ['x'], state},
    updatedAt: startsAt,
    generatorURL: '',
    labels: labelsOf(firing),
  };
}

interface Telling {
  readonly truncatedAlerts?: number;
}

interface Scene extends AsyncDisposable {
  readonly upstream: Upstream;
  readonly collector: OpenCollector;
  readonly console: TestConsole;
  /** The webhook, as Alertmanager sends it. */
  tell(firing: Firing, more?: Telling): Promise<void>;
  /** Lets the collector ask `times` more, and what follows from all but the last is done. */
  polls(times: number): Promise<void>;
  /** Alerts by name, with their condition. */
  conditions(): Record<string, string>;
}

async function openScene(api = ''): Promise<Scene> {
  const upstream = await Upstream.start();
  const outside = virtualOutside();
  upstream.now = () => outside.clock.now();
  const source = `{name: alertmanager, type: alertmanager, customerLabel: tenant, api: {url: "${upstream.url}"${api}}}`;
  const body = TWO_CUSTOMERS.replace(/\{name: alertmanager[^}]*\}/, source);
  const collector = await OpenCollector.start(body, outside);
  const token = collector.token('ingest');
  const console = await collector.console(collector.token('viewer'));
  await console.subscribe();
  return {
    upstream,
    collector,
    console,
    async tell(firing, more = {}) {
      const alert = {
        status: 'firing',
        labels: labelsOf(firing),
        annotations: {summary: `${firing.name} is bad`},
        startsAt: firing.startsAt ?? STARTS_AT,
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: fingerprintOf(firing),
      };
      const answer = await collector.ingest(token, {version: '4', alerts: [alert], ...more}, 'alertmanager');
      expect(answer.status).toBe(202);
    },
    async polls(times) {
      for (let poll = 0; poll < times; poll++) {
        const asked = upstream.asked();
        let isAsked = false;
        void asked.then(() => {
          isAsked = true;
        });
        for (let step = 0; step < 30 && !isAsked; step++) await outside.advanceAsync(EVERY_MS / 12);
        await asked;
      }
    },
    conditions: () =>
      Object.fromEntries([...(console.state?.alerts.values() ?? [])].map(it => [it.service, it.condition])),
    async [Symbol.asyncDispose]() {
      await collector[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
}

const resolved =
  (name: string) =>
  ({alerts}: NonNullable<TestConsole['state']>) =>
    [...alerts.values()].some(it => it.service === name && it.condition === 'resolved');

test('an alert whose end no webhook told is resolved when two answers lack it, and only that one', async () => {
  await using scene = await openScene();
  const {upstream, console} = scene;
  upstream.firing = [{name: 'Disk'}, {name: 'Quiet', state: 'suppressed'}];
  for (const firing of [{name: 'Disk'}, {name: 'Quiet'}, {name: 'Gone'}]) await scene.tell(firing);
  await console.when(({alerts}) => alerts.size === 3);
  await scene.polls(1);
  expect(scene.conditions()).toEqual({Disk: 'firing', Quiet: 'firing', Gone: 'firing'});
  await scene.polls(3);
  await console.when(resolved('Gone'));
  expect(scene.conditions()).toEqual({Disk: 'firing', Quiet: 'firing', Gone: 'resolved'});
  expect(upstream.paths).toContain('/am/api/v2/alerts?active=true&silenced=true&inhibited=true&unprocessed=true');
});

test('what no webhook told is opened, what is silenced there is not, and the webhook that comes late changes nothing', async () => {
  await using scene = await openScene();
  const {upstream, console} = scene;
  upstream.firing = [{name: 'Disk'}, {name: 'Quiet', state: 'suppressed'}];
  await scene.polls(2);
  await console.when(({alerts}) => alerts.size === 1);
  const seq = console.state?.seq;
  await scene.tell({name: 'Disk'});
  await scene.polls(2);
  expect(scene.conditions()).toEqual({Disk: 'firing'});
  expect([...(console.state?.alerts.values() ?? [])]).toMatchObject([{customer: 'mueller', host: 'web-01', count: 1}]);
  expect(console.state?.seq).toBe(seq);
});

test('an Alertmanager that has just started has forgotten, and ends nothing', async () => {
  await using scene = await openScene();
  const {upstream, console} = scene;
  await scene.tell({name: 'Disk'});
  await console.when(({alerts}) => alerts.size === 1);
  upstream.startedAt = NIGHT;
  await scene.polls(5);
  expect(scene.conditions()).toEqual({Disk: 'firing'});
  await scene.collector.outside.advanceAsync(15 * 60_000);
  await scene.polls(4);
  await console.when(resolved('Disk'));
});

test('an answer that fails or cannot be read ends nothing: the source is unreachable until it answers', async () => {
  await using scene = await openScene();
  const {upstream, console} = scene;
  const isFreshness =
    (wanted: string) =>
    ({sources}: NonNullable<TestConsole['state']>) =>
      sources.get('alertmanager')?.freshness === wanted;
  await scene.tell({name: 'Disk'});
  await console.when(isFreshness('live'));
  const answers: readonly ((response: ServerResponse) => void)[] = [
    response => response.writeHead(503).end(),
    response => response.end('[{"labels":'),
    response => response.end('{}'),
    response => response.end('[{"labels":{},"status":{"state":"active"}}]'),
    response => response.writeHead(302, {location: '/elsewhere'}).end(),
    response => response.destroy(),
  ];
  for (const answer of answers) {
    upstream.answer = answer;
    await scene.polls(3);
    await console.when(isFreshness('unreachable'));
  }
  expect(scene.conditions()).toEqual({Disk: 'firing'});
  upstream.firing = [{name: 'Disk'}];
  upstream.answer = null;
  await scene.polls(2);
  await console.when(isFreshness('live'));
  expect(upstream.paths).not.toContain('/elsewhere');
});

test('a life that came back meanwhile is a new one; what was resolved by hand is not opened by asking', async () => {
  await using scene = await openScene();
  const {upstream, console, collector} = scene;
  await scene.tell({name: 'Disk'});
  await console.when(({alerts}) => alerts.size === 1);
  const [disk] = [...(console.state?.alerts.values() ?? [])];
  const technician = await collector.console(collector.token('technician'));
  await technician.subscribe();
  await technician.command({kind: 'resolve', occurrence: disk?.occurrence ?? ''});
  await console.when(resolved('Disk'));
  upstream.firing = [{name: 'Disk'}];
  await scene.polls(3);
  expect(scene.conditions()).toEqual({Disk: 'resolved'});
  upstream.firing = [{name: 'Disk', startsAt: '2026-11-21T01:50:00Z'}];
  await scene.polls(2);
  await console.when(({alerts}) => [...alerts.values()].some(it => it.condition === 'firing'));
});

test('asks with its token, for the alerts of its receiver', async () => {
  await using scene = await openScene(', receiver: nocturne, token: {env: KEY}');
  await scene.polls(1);
  expect(scene.upstream.paths.at(-1)).toContain('&receiver=nocturne');
  expect(new Set(scene.upstream.authorizations)).toEqual(new Set(['Bearer k']));
});

test('what a message left out is asked for at once (gotcha 7)', async () => {
  await using scene = await openScene();
  const {upstream, console, collector} = scene;
  await scene.polls(1);
  upstream.firing = [{name: 'Disk'}, {name: 'Hidden'}];
  const asked = upstream.asked();
  await scene.tell({name: 'Disk'}, {truncatedAlerts: 1});
  await collector.outside.advanceAsync(1000);
  await asked;
  await console.when(({alerts}) => alerts.size === 2);
  expect(scene.conditions()).toEqual({Disk: 'firing', Hidden: 'firing'});
});
