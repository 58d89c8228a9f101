import {resolve} from 'node:path';
import packageJson from '../../package.json' with {type: 'json'};
import {Fault} from '../domain/fault.ts';
import type {CollectorConfig} from '../runtime/collector-config.ts';
import {type LoadedConfig, loadCollectorConfig} from '../runtime/collector-config-load.ts';
import {problemLine} from '../runtime/config-problem.ts';
import {createTranslate} from '../runtime/i18n.ts';
import {listenText, parseListenAddress} from '../runtime/listen-address.ts';
import {createLog, type Log} from '../runtime/log.ts';
import type {Outside} from '../runtime/outside.ts';
import {type RunningCollector, startCollector} from './collector.ts';
import {sourceParsers} from './sources/registry.ts';
import {serviceManager} from './systemd.ts';

export {type AuditAnchor, verifyAudit} from './store/audit.ts';
export {openTokens, type TokenRecord, type Tokens} from './tokens.ts';

/** What stands on the command line. */
export interface CollectorOptions {
  readonly configFile: string;
  /** Instead of `collector.data`. */
  readonly dataDir?: string;
  /** `HOST:PORT`, instead of `collector.listen`. */
  readonly listen?: string;
}

/** Where its words go: the answer on the one, the log on the other. */
export interface Stdio {
  readonly stdout: {write(text: string): unknown};
  readonly stderr: {write(text: string): unknown};
}

const EXIT = {done: 0, failed: 1, usage: 2} as const;
const OWNER_ONLY = 0o077;
/** Mistakes of the command line that only show when it starts. */
const USAGE_CODES: ReadonlySet<string> = new Set(['LISTEN_PLAIN', 'LISTEN_ADDRESS']);

/** Reads a collector's configuration, knowing which source types there are. */
export function loadConfig(file: string): LoadedConfig {
  return loadCollectorConfig(file, process.env, new Set(sourceParsers.keys()));
}

function withOptions(config: CollectorConfig, {dataDir, listen}: CollectorOptions): CollectorConfig {
  const address = listen === undefined ? config.collector.listen : parseListenAddress(listen);
  if (address === null) throw new Fault('LISTEN_ADDRESS', `${listen} is no HOST:PORT`);
  const data = dataDir === undefined ? config.collector.data : resolve(dataDir);
  return {...config, collector: {...config.collector, data, listen: address}};
}

/** What a file says, and what is wrong with it, a line each; `config` null when it cannot be used. */
function readConfig(options: CollectorOptions): {
  readonly config: CollectorConfig | null;
  readonly problems: readonly string[];
} {
  const {config, problems} = loadConfig(options.configFile);
  const t = createTranslate('en');
  return {
    config: config === null ? null : withOptions(config, options),
    problems: problems.map(problem => problemLine(options.configFile, problem, t)),
  };
}

/** Reads the file again on SIGHUP; one with errors changes nothing. */
async function reload(running: RunningCollector, options: CollectorOptions, log: Log): Promise<void> {
  try {
    const {config, problems} = readConfig(options);
    for (const message of problems) log.warn('config.problem', {message});
    if (config !== null) await running.reload(config);
    if (config === null) log.warn('config.refused');
    else log.info('config.reloaded', {message: 'what changed under collector: counts from the next start'});
  } catch (error) {
    log.error('config.failed', {error});
  }
}

function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise(stopped => {
    process.once('SIGTERM', stopped);
    process.once('SIGINT', stopped);
  });
}

/**
 * Runs the collector daemon in the foreground until SIGTERM or SIGINT; SIGHUP reads the configuration again.
 *
 * @returns The exit code: 0 after a clean stop, 1 when it could not start, 2 for a bad configuration.
 */
export async function runCollector(options: CollectorOptions, outside: Outside, stdio: Stdio): Promise<number> {
  process.umask(OWNER_ONLY);
  const log = createLog({clock: outside.clock, sink: {write: line => void stdio.stderr.write(line)}});
  const uid = process.getuid?.() ?? 0;
  try {
    const {config, problems} = readConfig(options);
    if (config === null) {
      // Nothing runs yet: these lines are for the person who started it.
      for (const line of problems) stdio.stderr.write(`${line}\n`);
      return EXIT.usage;
    }
    for (const message of problems) log.warn('config.problem', {message});
    if (uid === 0) log.warn('root', {message: 'the collector runs as root; give it a user of its own'});
    const stopped = untilStopped();
    process.once('uncaughtException', error => {
      log.error('collector.crashed', {error});
      process.exit(EXIT.failed);
    });
    const running = await startCollector(config, {outside, log, version: packageJson.version, uid, isThreaded: true});
    process.on('SIGHUP', () => void reload(running, options, log));
    const scheme = config.collector.tls === null ? 'ws' : 'wss';
    const manager = serviceManager(process.env, outside.timers);
    manager.ready();
    stdio.stdout.write(`listening on ${scheme}://${listenText(running.address)}\n`);
    const reason = await Promise.race([stopped, running.lost.then(() => 'journal lost')]);
    log.info('collector.stopping', {reason});
    manager.stopping();
    await running.stop();
    log.info('collector.stopped');
    return reason === 'journal lost' ? EXIT.failed : EXIT.done;
  } catch (error) {
    log.error('collector.failed', {error});
    return error instanceof Fault && USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
  }
}
