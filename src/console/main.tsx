import type {Environment} from '../runtime/folders.ts';
import type {Settings} from '../runtime/settings.ts';
import {checkTerminal} from '../runtime/terminal-check.ts';
import {type ColourDepth, defaultThemeName, loadTheme} from '../runtime/theme.ts';
import {type ConsoleParts, drawConsole, type RunningConsole} from './draw-console.tsx';
import {createKeys} from './keys.ts';
import {runReader} from './reader/run-reader.tsx';
import {openConsoleScreen, type ScreenOptions} from './screen.ts';
import {openShelf} from './shelf.ts';
import {notificationForm} from './telling/desktop-notification.ts';
import {tellingRules} from './telling/telling-rules.ts';

/** What `nocturne console` and `nocturne demo` hand in. */
export interface ConsoleOptions
  extends Omit<ConsoleParts, 'canvas' | 'suspend' | 'keyboard' | 'depth' | 'theme' | 'telling' | 'shelf'>,
    Pick<ScreenOptions, 'output' | 'process' | 'env'> {
  readonly settings: Settings;
  /** Name of the profile in use; null without. */
  readonly profile: string | null;
  /** For a screen reader: lines instead of a screen. */
  readonly isSpoken: boolean;
  /** `process.stdin` */
  readonly input: NodeJS.ReadStream;
  /** `process.stdout`; what is written goes through `output`. */
  readonly screen: NodeJS.WriteStream;
  /** Name of a theme, or the path of one's own; null takes the one that fits the terminal's background. */
  readonly themeName: string | null;
}

/**
 * Starts the console on a terminal. It runs until `shutdown` ends: by a key, a signal, a crash, or because the terminal went
 * away.
 *
 * @throws {Fault} Those of `checkTerminal`, `loadTheme`, `createKeys` and `tellingRules`: usage errors (exit code 2), before anything was touched (security rule 50).
 */
export function runConsole(options: ConsoleOptions): void {
  if (options.isSpoken) runReader(options);
  else runScreen(options);
}

function runScreen(options: ConsoleOptions): void {
  const {input, screen, env, outside} = options;
  const fault = checkTerminal(input, screen, env);
  if (fault !== null) throw fault;
  const theme = loadTheme(options.themeName ?? defaultThemeName(env));
  const {painter, ascii, keys, filters} = options.settings;
  createKeys(keys, filters);
  const telling = {rules: tellingRules(options.settings), form: notificationForm(env), env};
  const shelf = openShelf(env, options.settings, options.profile);
  let running: RunningConsole | null = null;
  const {canvas, suspend} = openConsoleScreen({
    ...options,
    painter,
    ascii,
    timers: outside.timers,
    forgetFrame: () => running?.forgetFrame(),
  });
  running = drawConsole({
    ...options,
    telling,
    shelf,
    canvas,
    suspend,
    keyboard: input,
    depth: depthOf(screen, env),
    theme,
  });
}

const DEPTHS: Readonly<Record<number, ColourDepth>> = {1: 'none', 4: '16', 8: '256', 24: 'true'};

/** NO_COLOR, COLORTERM and TERM as Node reads them. */
function depthOf(screen: ConsoleOptions['screen'], env: Environment): ColourDepth {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 'none';
  return DEPTHS[screen.getColorDepth(env)] ?? '16';
}
