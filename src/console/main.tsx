import type {ColorDepth} from '../../widgets/console/theme.ts';
import type {Environment} from '../runtime/folders.ts';
import {checkTerminal} from '../runtime/terminal-check.ts';
import {type ConsoleParts, drawConsole, type RunningConsole} from './draw-console.tsx';
import {openConsoleScreen, type ScreenOptions} from './screen.ts';

/** What `nocturne console` and `nocturne demo` hand in. */
export interface ConsoleOptions
  extends Omit<ConsoleParts, 'canvas' | 'suspend' | 'keyboard' | 'depth'>,
    Pick<ScreenOptions, 'painter' | 'output' | 'process' | 'env'> {
  /** `process.stdin` */
  readonly input: NodeJS.ReadStream;
  /** `process.stdout`; what is written goes through `output`. */
  readonly screen: NodeJS.WriteStream;
}

/**
 * Starts the console on a terminal. It runs until `shutdown` ends: by a key, a signal, a crash, or because the terminal went
 * away.
 *
 * @throws {Fault} Those of `checkTerminal`: usage errors (exit code 2), before anything was touched (security rule 50).
 */
export function runConsole(options: ConsoleOptions): RunningConsole {
  const {input, screen, env, outside} = options;
  const fault = checkTerminal(input, screen, env);
  if (fault !== null) throw fault;
  let running: RunningConsole | null = null;
  const {canvas, suspend} = openConsoleScreen({
    ...options,
    timers: outside.timers,
    forgetFrame: () => running?.forgetFrame(),
  });
  running = drawConsole({...options, canvas, suspend, keyboard: input, depth: depthOf(screen, env)});
  return running;
}

const DEPTHS: Readonly<Record<number, ColorDepth>> = {1: 'none', 4: '16', 8: '256', 24: 'true'};

/** NO_COLOR, COLORTERM and TERM as Node reads them. */
function depthOf(screen: ConsoleOptions['screen'], env: Environment): ColorDepth {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 'none';
  return DEPTHS[screen.getColorDepth(env)] ?? '16';
}
