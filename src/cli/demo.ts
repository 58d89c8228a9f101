import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Outside} from '../runtime/outside.ts';
import type {Shutdown} from '../runtime/shutdown.ts';
import {demoBackupReports} from './demo/backups.ts';
import {startCollectorChild} from './demo/collector-child.ts';
import {demoConfig} from './demo/demo-config.ts';
import {startFakeExporters} from './demo/fake-exporters.ts';
import {night} from './demo/night.ts';
import {freePort, lookAround} from './demo/own-machine.ts';
import {playNight} from './demo/player.ts';
import {webhook} from './demo/webhook.ts';
import {demoWorld} from './demo/world.ts';

const OWNER_FILE = 0o600;
const OWNER_FOLDER = 0o700;
const SECOND = 1000;

/** The night of every demo; tests and curious people may take another. */
const SEED = 1888;

/** The collector of a demo, and the token of whoever looks at it. */
export interface DemoCollector {
  readonly url: string;
  readonly token: string;
  readonly tokenFile: string;
}

/** What `nocturne demo` hands in. */
export interface DemoOptions {
  readonly outside: Outside;
  /** Undoes all that the demo does: its collector, its exporters, its folder. */
  readonly shutdown: Shutdown;
  /** Node and the script that runs now, to start the collector with. */
  readonly program: readonly string[];
  /** Ends by itself after this; null goes on until somebody quits. */
  readonly seconds: number | null;
  readonly seed?: number;
  /** Called once, when the collector is ready and the night has begun: opens the console, or says where to look. */
  readonly ready: (collector: DemoCollector) => void | Promise<void>;
}

/** Tokens of those who may: one for whoever looks, one for the upstreams of the night. */
async function makeTokens(data: string, outside: Outside): Promise<{console: string; ingest: string}> {
  const {openTokens} = await import('../collector/main.ts');
  const tokens = openTokens(data, outside);
  try {
    const all = {customers: null, expiresAt: null};
    return {
      console: tokens.create({name: 'demo', role: 'admin', ...all}).secret,
      ingest: tokens.create({name: 'nacht', role: 'ingest', ...all}).secret,
    };
  } finally {
    tokens.close();
  }
}

/**
 * Runs the demo: the real collector in a process of its own on loopback, with its data in a temporary folder; real checks of this
 * machine; and a night of eight customers, sent to the collector's webhooks and shown by exporters, so that every byte goes the way
 * of production. It goes on until `shutdown` ends.
 *
 * @throws {Fault} `DEMO_COLLECTOR` when the collector does not start.
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const {outside, shutdown, program, seconds, seed = SEED} = options;
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-demo-'));
  shutdown.defer(() => rmSync(folder, {recursive: true, force: true}));
  const data = join(folder, 'data');
  mkdirSync(data, {mode: OWNER_FOLDER});

  const world = demoWorld();
  const scraped = world.hosts.filter(host => host.kind !== 'device');
  const exporters = await startFakeExporters(scraped, outside.clock);
  shutdown.defer(() => exporters.close());

  const [port, machine, tokens] = await Promise.all([
    freePort(outside.random),
    lookAround(),
    makeTokens(data, outside),
  ]);
  const configFile = join(folder, 'nocturne.yaml');
  const config = demoConfig(world, {port, exporterPort: exporters.port, data, now: outside.clock.now()}, machine);
  writeFileSync(configFile, `${JSON.stringify(config, null, 2)}\n`, {mode: OWNER_FILE});
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, `${tokens.console}\n`, {mode: OWNER_FILE});

  const collector = startCollectorChild(program, configFile, outside.timers);
  shutdown.defer(() => collector.stop());
  const url = await collector.ready;
  const fail = (error: unknown) => {
    if (!shutdown.isEnding) shutdown.fail(error);
  };
  void collector.ended.then(fail);

  const post = webhook(port, tokens.ingest, outside.timers);
  for (const message of demoBackupReports(world, outside.clock.now())) await post(message);
  const play = playNight(night(seed, world), {post, strain: exporters.strain, onTrouble: fail}, outside);
  shutdown.defer(() => play.stop());
  if (seconds !== null) shutdown.defer(outside.timers.after(seconds * SECOND, () => shutdown.exit(0)));
  await options.ready({url, token: tokens.console, tokenFile});
}
