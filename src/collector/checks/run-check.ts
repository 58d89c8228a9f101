import {Fault} from '../../domain/fault.ts';
import {SECOND} from '../../domain/time.ts';
import type {CheckConfig} from '../../runtime/collector-config.ts';
import type {Clock, Timers} from '../../runtime/outside.ts';
import {networkFault} from './network-fault.ts';
import {type Outcome, outcome} from './outcome.ts';
import type {PluginUser} from './plugin-program.ts';
import {runHttp} from './run-http.ts';
import {runPing} from './run-ping.ts';
import {runPlugin} from './run-plugin.ts';
import {runTcp} from './run-tcp.ts';
import {runTls} from './run-tls.ts';

/** Checks that we run ourselves; a heartbeat comes by itself. */
export type ActiveCheck = Exclude<CheckConfig, {type: 'heartbeat'}>;

/** What checks may use. */
export interface CheckTools {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly pluginDirs: readonly string[];
  /** Whom plugins run as. @throws {Fault} `CHECK_PLUGIN_USER` when none may. */
  readonly pluginUser: () => PluginUser;
}

function run(check: ActiveCheck, signal: AbortSignal, tools: CheckTools): Promise<Outcome> {
  const {clock, timers, pluginDirs} = tools;
  switch (check.type) {
    case 'ping':
      return runPing(check, signal, timers);
    case 'tcp':
      return runTcp(check, signal, clock);
    case 'http':
      return runHttp(check, signal, tools);
    case 'tls':
      return runTls(check, signal, clock);
    case 'plugin':
      return runPlugin(check, signal, {dirs: pluginDirs, user: tools.pluginUser(), timers});
    default:
      throw check satisfies never;
  }
}

/**
 * Runs one check within its time-out. Never throws: what cannot be checked is unknown and says why, and a target that gives no answer
 * in time is critical.
 *
 * @param stopped - The collector ends: give up.
 */
export async function runCheck(check: ActiveCheck, stopped: AbortSignal, tools: CheckTools): Promise<Outcome> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const cancel = tools.timers.after(check.timeoutMs, abort);
  stopped.addEventListener('abort', abort, {once: true});
  try {
    if (stopped.aborted) abort();
    return await run(check, controller.signal, tools);
  } catch (error) {
    if (error instanceof Fault) return outcome('unknown', error.message);
    if (controller.signal.aborted) return outcome('critical', `no answer within ${check.timeoutMs / SECOND} s`);
    return networkFault(error);
  } finally {
    cancel();
    stopped.removeEventListener('abort', abort);
  }
}
