import type {ColorDepth} from '../../widgets/console/theme.ts';
import {openScreen} from '../runtime/screen.ts';
import {checkTerminal} from '../runtime/terminal-check.ts';
import {type ConsoleParts, drawConsole} from './draw-console.tsx';

/** What `nocturne console` and `nocturne demo` hand in. */
export interface ConsoleOptions extends Omit<ConsoleParts, 'screen' | 'keyboard' | 'depth'> {
  readonly process: NodeJS.Process;
  /** `cells` sends changed cells only; `ink` leaves painting to Ink. */
  readonly painter: 'cells' | 'ink';
}

/**
 * Starts the console on the terminal of the process. It runs until `shutdown` ends: by a key, a signal, a crash, or because
 * the terminal went away.
 *
 * @throws {Fault} Those of `checkTerminal`: usage errors (exit code 2), before anything was touched (security rule 50).
 */
export function runConsole(options: ConsoleOptions): void {
  const {process, painter, outside, shutdown} = options;
  const fault = checkTerminal(process.stdin, process.stdout, process.env);
  if (fault !== null) throw fault;
  const screen = openScreen({process, timers: outside.timers, shutdown, painter});
  drawConsole({...options, screen, keyboard: process.stdin, depth: depthOf(process)});
}

const DEPTHS: Readonly<Record<number, ColorDepth>> = {1: 'none', 4: '16', 8: '256', 24: 'true'};

/** NO_COLOR, COLORTERM and TERM as Node reads them. */
function depthOf({stdout, env}: NodeJS.Process): ColorDepth {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 'none';
  return DEPTHS[stdout.getColorDepth(env)] ?? '16';
}
