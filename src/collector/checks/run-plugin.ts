import {SECOND} from '../../domain/time.ts';
import type {CheckConfig} from '../../runtime/collector-config.ts';
import type {Timers} from '../../runtime/outside.ts';
import {type Outcome, outcome} from './outcome.ts';
import {figuresOf} from './perf-figures.ts';
import {parsePerfdata} from './perfdata.ts';
import {splitPluginOutput} from './plugin-output.ts';
import {findPlugin, PLUGIN_ENV, type PluginUser, pluginArguments} from './plugin-program.ts';
import {type Ended, runProgram} from './run-process.ts';

const STATES = ['ok', 'warning', 'critical', 'unknown'] as const;

type PluginCheck = Extract<CheckConfig, {type: 'plugin'}>;

/** Why there is no result; null when there is one. */
function failure(ended: Ended, check: PluginCheck): string | null {
  switch (ended.how) {
    case 'exit':
      return null;
    case 'signal':
      return `plugin ended by ${ended.detail ?? 'a signal'}`;
    case 'aborted':
      return `plugin gave no result within ${check.timeoutMs / SECOND} s`;
    case 'flood':
      return 'plugin writes without end';
    case 'failed':
      return `plugin cannot be started: ${ended.detail ?? 'no reason given'}`;
    default:
      throw ended.how satisfies never;
  }
}

/** The exit code rules, never the text; any other code is unknown. Source: ST-1. */
export function pluginOutcome(ended: Ended, check: PluginCheck): Outcome {
  const {summary, details, perfdata} = splitPluginOutput(ended.stdout);
  const why = failure(ended, check);
  if (why !== null) return {...outcome('unknown', why), longOutput: `${summary}\n${details}`.trim() || null};
  const code = ended.code ?? -1;
  const state = STATES[code];
  const diagnosis = ended.stderr.trim().split('\n', 1)[0] ?? '';
  const said = summary || diagnosis || '(no output)';
  return {
    state: state ?? 'unknown',
    output: state === undefined ? `${said} (exit code ${code})` : said,
    longOutput: details === '' ? null : details,
    figures: figuresOf(parsePerfdata(perfdata)),
  };
}

/**
 * Runs a monitoring plugin. Settles soon after `signal` is aborted.
 *
 * @throws {Fault} `CHECK_PLUGIN` when the configured command cannot be run.
 */
export async function runPlugin(
  check: PluginCheck,
  signal: AbortSignal,
  {dirs, user, timers}: {readonly dirs: readonly string[]; readonly user: PluginUser; readonly timers: Timers},
): Promise<Outcome> {
  const args = pluginArguments(check.command);
  const path = await findPlugin(check.command[0] ?? '', dirs);
  const ended = await runProgram({path, args, env: PLUGIN_ENV, user}, signal, timers);
  return pluginOutcome(ended, check);
}
