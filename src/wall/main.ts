import type {CustomerId} from '../domain/address.ts';
import type {Environment} from '../runtime/folders.ts';
import type {Language} from '../runtime/i18n.ts';
import type {Outside} from '../runtime/outside.ts';
import type {Shutdown} from '../runtime/shutdown.ts';
import {checkTerminal} from '../runtime/terminal-check.ts';
import type {TerminalOutput} from '../runtime/terminal-output.ts';
import {openTerminalSession, type ProcessStop, type TerminalInput} from '../runtime/terminal-session.ts';
import {KeyReader, type WallKey} from './keys.ts';
import type {ColourDepth} from './palette.ts';
import type {WallStore} from './picture.ts';
import {type WallFlags, wallSettings} from './settings.ts';
import {Wall} from './wall.ts';

/** `process.stdin`. */
export interface WallInput extends Omit<TerminalInput, 'on'> {
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  on(event: 'data', listener: (bytes: string) => void): unknown;
  setEncoding(encoding: 'utf8'): unknown;
}

/** What `process.stdout` knows of its terminal; what is written goes through `output`. */
export interface WallScreen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  getColorDepth?(env?: object): number;
  on(event: 'resize', listener: () => void): unknown;
}

/** What `nocturne wall` hands in. */
export interface WallOptions {
  /** Opened with a viewer's token, as far as the user heeds it. The wall itself can only look at it. */
  readonly store: WallStore;
  readonly lang: Language;
  readonly flags: WallFlags;
  /** `--customer`: for this customer's own lobby; null shows all that the token may see. */
  readonly customer: CustomerId | null;
  readonly input: WallInput;
  readonly output: TerminalOutput;
  readonly screen: WallScreen;
  readonly process: ProcessStop;
  readonly env: Environment;
  readonly outside: Outside;
  readonly shutdown: Shutdown;
}

/** Exit code of a program that Ctrl-C ended. */
const INTERRUPTED = 130;
/** A terminal that does not say its size. */
const COLUMNS = 80;
const ROWS = 24;
/** A Linux console has no other screen to go back to. */
const WIPE = '\x1b[m\x1b[H\x1b[2J';

/**
 * Starts the wall. It runs until `shutdown` ends: by a key, a signal, a crash, or because the terminal went away.
 *
 * @throws {Fault} Those of `wallSettings` and of `checkTerminal`: usage errors, before anything was touched.
 */
export function runWall(options: WallOptions): void {
  const {input, output, screen, env, outside, shutdown} = options;
  const fault = checkTerminal(input, screen, env);
  if (fault !== null) throw fault;
  const isLinuxConsole = env.TERM === 'linux';
  const wall = new Wall({
    store: options.store,
    terminal: {
      size: () => ({columns: screen.columns ?? COLUMNS, rows: screen.rows ?? ROWS}),
      write: bytes => output.write(bytes),
      isBusy: () => !output.isIdle,
    },
    settings: wallSettings(options.flags),
    lang: options.lang,
    customer: options.customer,
    term: env.TERM ?? '',
    depth: depthOf(screen, env),
    hasDots: !isLinuxConsole,
    outside,
  });
  const session = openTerminalSession({
    ...options,
    timers: outside.timers,
    onLeave: async () => wall.hold(),
    onResume: () => wall.repaint(),
  });
  shutdown.defer(() => {
    wall.stop();
    if (isLinuxConsole) output.write(WIPE);
  });

  const press = (key: WallKey): void => {
    if (key === 'quit') shutdown.exit(0);
    else if (key === 'interrupt') shutdown.exit(INTERRUPTED);
    else if (key === 'suspend') session.suspend();
    else if (key === 'repaint') wall.repaint();
    else wall.move(key);
  };
  const keys = new KeyReader();
  input.setEncoding('utf8');
  input.on('data', bytes => {
    const key = keys.read(bytes);
    if (key !== null) press(key);
  });
  screen.on('resize', () => wall.resize());
  // What was held back while the terminal took nothing.
  output.onIdle(() => wall.catchUp());
  wall.start();
}

const DEPTHS: Readonly<Record<number, ColourDepth>> = {1: 'none', 4: '16', 8: '256', 24: 'true'};

/** NO_COLOR, COLORTERM and TERM as Node reads them. */
function depthOf(screen: WallScreen, env: Environment): ColourDepth {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 'none';
  return DEPTHS[screen.getColorDepth?.(env) ?? 4] ?? '16';
}
