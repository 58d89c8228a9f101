import type {Server} from 'node:http';
import type {Draft} from '../domain/event.ts';
import {type Instant, SECOND} from '../domain/time.ts';
import type {CollectorConfig} from '../runtime/collector-config.ts';
import type {ListenAddress} from '../runtime/listen-address.ts';
import type {Log} from '../runtime/log.ts';
import type {Outside} from '../runtime/outside.ts';
import {REPORT_SOURCE, rulesOf} from './catalogue.ts';
import {Configured} from './configured.ts';
import {FloodWatch} from './flood-watch.ts';
import {Feed} from './hub/feed.ts';
import {Hub} from './hub/hub.ts';
import {createUpgrade} from './hub/upgrade.ts';
import {createDoor, listen, renewTls} from './ingest/door.ts';
import {Doorkeeper} from './ingest/doorkeeper.ts';
import {Ingest} from './ingest/ingest.ts';
import {createRoutes} from './ingest/routes.ts';
import {createMeters, type Meters} from './meters.ts';
import {MonthBoard} from './month-board.ts';
import {createMonthReports} from './month-reports.ts';
import {Pipeline, type PipelineContext} from './pipeline/pipeline.ts';
import {RunProgressMemory} from './run-progress.ts';
import {createSamples} from './samples-memory.ts';
import {SourceWatch} from './source-watch.ts';
import {sourceParsers} from './sources/registry.ts';
import {openStore, type Store} from './store/store.ts';
import {Upkeep} from './store/upkeep.ts';
import {openTokens} from './tokens.ts';
import {UnplacedBackups} from './unplaced-backups.ts';

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

/** Opens the data folder and says what was found there. */
async function openLog(data: string, {outside, log, isThreaded}: CollectorEnvironment, meters: Meters): Promise<Store> {
  const store = await openStore(data, outside, isThreaded);
  const {replayed, brokenAt, isNewHistory, isOpenToOthers, picture} = store.recovery;
  log.info('store.opened', {seq: picture.state.seq, replayed, isNewHistory});
  if (isOpenToOthers) log.warn('store.open-to-others', {mend: `chmod 700 ${data}`});
  if (brokenAt !== null) {
    meters.invariantBroken();
    log.error('audit.broken', {seq: brokenAt});
  }
  return store;
}

/** Since when nobody looked, as the first fact of a start; a clock that was put back makes no time of it. Source: AV-4. */
function startedDraft(lastAliveAt: Instant | null, now: Instant): Draft {
  const downSince = lastAliveAt === null ? null : Math.min(lastAliveAt, now);
  return {customer: null, event: {type: 'collector.started', downSince}};
}

/**
 * Starts a collector: everything is wired here, and nothing decided. Each part is undone in reverse order when the
 * collector stops, and when a later part cannot be had.
 *
 * @throws {Fault} When the data folder, the files under `tls:` or the address cannot be had.
 */
export async function startCollector(
  config: CollectorConfig,
  environment: CollectorEnvironment,
): Promise<RunningCollector> {
  const {outside, log: logger, version, uid} = environment;
  const {name, tag, data, behindProxy: isBehindProxy} = config.collector;
  const {clock} = outside;
  const rules = rulesOf(config, clock.now());
  const meters = createMeters();
  await using parts = new AsyncDisposableStack();

  const store = parts.adopt(await openLog(data, environment, meters), it => it.close());
  const {journal, log, epoch, recovery} = store;
  const tokens = parts.adopt(openTokens(data, outside), it => it.close());
  const feed = new Feed(log, recovery.picture.state.seq);
  const published: PipelineContext['published'] = (rows, entries) => {
    feed.append(rows);
    hub.published();
    upkeep.committed();
    flood.committed(entries);
    configured.committed(entries);
    progress.committed(entries);
    months.committed(entries);
  };
  const {picture, lastAt} = recovery;
  const pipeline = new Pipeline({journal, log, picture, lastAt, rules, outside, meters, logger, published});
  // What was taken is on disk before the last snapshot is saved.
  const upkeep = parts.adopt(new Upkeep(store, () => pipeline.picture, outside, logger), it => it.stop());
  parts.defer(() => pipeline.stop());
  const samples = createSamples();
  const progress = new RunProgressMemory();
  const unplaced = parts.adopt(new UnplacedBackups({pipeline, meters, outside, logger}), it => it.stop());
  const watch = parts.adopt(new SourceWatch(outside, draft => pipeline.change(draft)), it => it.stop());
  const flood = parts.adopt(new FloodWatch(name, picture.state, pipeline, outside), it => it.stop());
  const configured = new Configured({pipeline, watch, samples, outside, logger, uid});

  let isReady = false;
  const doorkeeper = new Doorkeeper(tokens, clock, meters);
  const place = () => configured.place;
  const judged = configured.judged.bind(configured);
  const ingest = new Ingest({
    doorkeeper,
    parsers: sourceParsers,
    place,
    judged,
    samples,
    progress,
    unplaced,
    pipeline,
    watch,
    meters,
    clock,
  });
  const routes = createRoutes({
    ingest,
    doorkeeper,
    sources: () => configured.sources,
    reportSource: REPORT_SOURCE,
    askFor: source => configured.askFor(source),
    monthReports: createMonthReports(log, () => pipeline.picture.state, clock),
    isReady: () => isReady && pipeline.failure === null,
    isBehindProxy,
    meters,
    outside,
    logger,
  });
  const months = parts.adopt(new MonthBoard({log, state: () => pipeline.picture.state, outside, logger}), it =>
    it.stop(),
  );
  const server = parts.adopt(createDoor(config.collector, routes, meters), it => closeServer(it, outside));
  const collector = {name, tag, version};
  const hub = parts.adopt(
    new Hub({collector, epoch, feed, pipeline, tokens, samples, progress, months, watch, outside, meters, logger}),
    it => it.close(),
  );
  server.on('upgrade', createUpgrade({doorkeeper, hub, isBehindProxy, meters, outside}));
  meters.watch('waiting', 'Observations and commands that wait for the single writer.', () => pipeline.waiting);
  meters.watch('head', 'Number of the last entry of the log.', () => feed.head);

  pipeline.start();
  await pipeline.change((_, now) => [startedDraft(recovery.lastAliveAt, now)]);
  upkeep.atWork();
  await configured.take(config);
  const address = await listen(server, config.collector.listen, config.collector);
  parts.defer(() => configured.stopChecks());
  await configured.startChecks(config);
  isReady = true;
  void months.refresh();
  const running = parts.move();
  return {
    address,
    lost: journal.lost,
    async reload(next) {
      renewTls(server, config.collector);
      await configured.take(next);
      await configured.startChecks(next);
    },
    async stop() {
      isReady = false;
      await running.disposeAsync();
    },
  };
}
