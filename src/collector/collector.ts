import type {Server} from 'node:http';
import {SECOND} from '../domain/time.ts';
import type {CollectorConfig, SourceConfig} from '../runtime/collector-config.ts';
import type {ListenAddress} from '../runtime/listen-address.ts';
import type {Log} from '../runtime/log.ts';
import type {Outside} from '../runtime/outside.ts';
import {catalogueOf, REPORT_SOURCE, rulesOf} from './catalogue.ts';
import {startChecks} from './checks/scheduler.ts';
import {FloodWatch} from './flood-watch.ts';
import {Feed} from './hub/feed.ts';
import {Hub} from './hub/hub.ts';
import {createUpgrade} from './hub/upgrade.ts';
import {createDoor, listen} from './ingest/door.ts';
import {Doorkeeper} from './ingest/doorkeeper.ts';
import {Ingest} from './ingest/ingest.ts';
import {createRoutes} from './ingest/routes.ts';
import {createMeters} from './meters.ts';
import {createMonthReports} from './month-reports.ts';
import {Pipeline} from './pipeline/pipeline.ts';
import {createPlacement} from './placement.ts';
import {createSamples} from './samples-memory.ts';
import type {Sink} from './source.ts';
import {SourceWatch} from './source-watch.ts';
import {sourceParsers} from './sources/registry.ts';
import {openStore} from './store/store.ts';
import {Upkeep} from './store/upkeep.ts';
import {openTokens} from './tokens.ts';

/** Requests under way when the collector stops are given this long. */
const DRAIN_MS = 3 * SECOND;

/** A collector at work. */
export interface RunningCollector {
  readonly address: ListenAddress;
  /** Resolves when it can write no more and has to be started anew. */
  readonly lost: Promise<void>;
  /** Takes up a changed configuration; its `collector:` section counts from the next start. */
  reload(config: CollectorConfig): Promise<void>;
  /** Takes nothing more, makes durable what was taken, saves a snapshot, and closes everything. */
  stop(): Promise<void>;
}

/** What a collector needs from around it. */
export interface CollectorEnvironment {
  readonly outside: Outside;
  readonly log: Log;
  /** Of this release, told to those who are let in. */
  readonly version: string;
  /** User that it runs as. */
  readonly uid: number;
  /** Writes the log in a thread of its own. */
  readonly isThreaded: boolean;
}

/** Closes the doors: answers those who are being served, then cuts. */
function closeServer(server: Server, {timers}: Outside): Promise<void> {
  return new Promise(resolve => {
    const cancel = timers.after(DRAIN_MS, () => server.closeAllConnections());
    server.close(() => {
      cancel();
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * Starts a collector: everything is wired here, and nothing decided.
 *
 * @throws {Fault} When the data folder, the files under `tls:` or the address cannot be had.
 */
export async function startCollector(
  config: CollectorConfig,
  {outside, log: logger, version, uid, isThreaded}: CollectorEnvironment,
): Promise<RunningCollector> {
  const {name, tag, data, behindProxy: isBehindProxy} = config.collector;
  const {clock} = outside;
  const startedAt = clock.now();
  const meters = createMeters();
  const store = await openStore(data, outside, isThreaded);
  const {replayed, brokenAt, isNewHistory, isOpenToOthers, picture, lastAt} = store.recovery;
  logger.info('store.opened', {seq: picture.state.seq, replayed, isNewHistory});
  if (isOpenToOthers) logger.warn('store.open-to-others', {mend: `chmod 700 ${data}`});
  if (brokenAt !== null) {
    meters.invariantBroken();
    logger.error('audit.broken', {seq: brokenAt});
  }
  const tokens = openTokens(data, outside);
  const feed = new Feed(store.log, picture.state.seq);
  const rules = rulesOf(config, startedAt);
  const pipeline = new Pipeline({
    journal: store.journal,
    log: store.log,
    picture,
    lastAt,
    rules,
    outside,
    meters,
    logger,
    published: (rows, entries) => {
      feed.append(rows);
      hub.published();
      upkeep.committed();
      flood.committed(entries);
    },
  });
  const samples = createSamples();
  const watch = new SourceWatch(outside, draft => pipeline.change(draft));
  const flood = new FloodWatch(name, picture.state, pipeline, outside);
  const {epoch} = store;
  const upkeep = new Upkeep(store, () => pipeline.picture, outside, logger);
  const collector = {name, tag, version};
  const hub = new Hub({collector, epoch, feed, pipeline, tokens, samples, watch, outside, meters, logger});

  const sink: Sink = {
    submit(observations) {
      for (const observation of observations) if (observation.type !== 'removal') watch.heard(observation.source);
      return pipeline.submit(observations);
    },
  };
  const isSoft = (check: string) => pipeline.picture.state.checks.get(check)?.stateType === 'soft';
  const startOwnChecks = (from: CollectorConfig) =>
    startChecks({config: from, sink, samples, isSoft, outside, log: logger, uid});

  let place = createPlacement(config.customers);
  let sources: ReadonlyMap<string, SourceConfig> = new Map();
  const configure = async (from: CollectorConfig) => {
    place = createPlacement(from.customers);
    sources = new Map(from.sources.map(source => [source.name, source]));
    watch.expect(from.sources);
    await pipeline.define(catalogueOf(from));
  };

  let isReady = false;
  const doorkeeper = new Doorkeeper(tokens, clock, meters);
  const ingest = new Ingest({doorkeeper, parsers: sourceParsers, place: () => place, pipeline, watch, meters, clock});
  const routes = createRoutes({
    ingest,
    doorkeeper,
    sources: () => sources,
    reportSource: REPORT_SOURCE,
    monthReports: createMonthReports(store.log, () => pipeline.picture.state, clock),
    isReady: () => isReady && pipeline.failure === null,
    isBehindProxy,
    meters,
    outside,
    logger,
  });
  meters.watch('waiting', 'Observations and commands that wait for the single writer.', () => pipeline.waiting);
  meters.watch('head', 'Number of the last entry of the log.', () => feed.head);
  const server = createDoor(config.collector, routes, meters);
  server.on('upgrade', createUpgrade({doorkeeper, hub, isBehindProxy, meters, outside}));

  pipeline.start();
  await configure(config);
  const address = await listen(server, config.collector.listen, config.collector);
  let checks = await startOwnChecks(config);
  isReady = true;

  return {
    address,
    lost: store.journal.lost,
    async reload(next) {
      await checks.stop();
      await configure(next);
      checks = await startOwnChecks(next);
    },
    async stop() {
      isReady = false;
      await checks.stop();
      watch.stop();
      flood.stop();
      hub.close();
      await closeServer(server, outside);
      await pipeline.stop();
      await upkeep.stop();
      tokens.close();
      await store.close();
    },
  };
}
