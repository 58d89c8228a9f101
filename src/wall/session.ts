import {createHeadlessScreen} from '../../widgets/wall/headless-screen.ts';
import {Stage} from '../../widgets/wall/stage.ts';
import type {CustomerId} from '../domain/address.ts';
import type {Environment} from '../runtime/folders.ts';
import type {Language} from '../runtime/i18n.ts';
import type {Outside} from '../runtime/outside.ts';
import type {Shutdown} from '../runtime/shutdown.ts';
import type {TerminalOutput} from '../runtime/terminal-output.ts';
import {openTerminalSession, type ProcessStop, type TerminalInput} from '../runtime/terminal-session.ts';
import {FramePainter} from './frame-painter.ts';
import {KeyReader, type WallKey} from './keys.ts';
import type {ColourDepth} from './palette.ts';
import type {WallStore} from './picture.ts';
import type {WallSettings} from './settings.ts';
import {Wall} from './wall.ts';

/** `process.stdin`. */
export interface WallInput extends Omit<TerminalInput, 'on'> {
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  on(event: 'data', listener: (bytes: string) => void): unknown;
  setEncoding(encoding: 'utf8'): unknown;
}

/** What `process.stdout` knows of its terminal; what is written goes through `output`. */
export interface WallScreen {
  readonly columns?: number;
  readonly rows?: number;
  getColorDepth(env: object): number;
}

/** The parts of `process` that the wall needs. */
export interface WallProcess extends ProcessStop {
  on(event: 'SIGTSTP' | 'SIGCONT' | 'SIGWINCH', listener: () => void): unknown;
}

/** A wall and the terminal that it hangs on. */
export interface WallSession {
  /** It can be looked at, and nothing else. */
  readonly store: WallStore;
  readonly settings: WallSettings;
  readonly lang: Language;
  /** For this customer's own lobby; null shows all that the token may see. */
  readonly customer: CustomerId | null;
  readonly input: WallInput;
  readonly output: TerminalOutput;
  readonly screen: WallScreen;
  readonly process: WallProcess;
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

/** Takes the terminal, hangs the wall on it, and lets keys reach it, until `shutdown` ends. */
export function openWallSession(parts: WallSession): void {
  const {input, output, screen, env, outside, shutdown} = parts;
  const isLinuxConsole = env.TERM === 'linux';
  const size = () => ({columns: screen.columns || COLUMNS, rows: screen.rows || ROWS});
  const wall = new Wall({
    ...parts,
    terminal: {size, write: bytes => output.write(bytes), isBusy: () => !output.isIdle},
    stage: new Stage(createHeadlessScreen(size().columns, size().rows)),
    painter: new FramePainter(env.TERM ?? '', depthOf(screen, env)),
    hasDots: !isLinuxConsole,
  });
  const session = openTerminalSession({
    ...parts,
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
  // Not `resize` of the stream: it keeps quiet about a terminal that is as large again as it was, and what it lost stays away.
  parts.process.on('SIGWINCH', () => wall.resize());
  // What was held back while the terminal took nothing.
  output.onIdle(() => wall.catchUp());
  wall.start();
}

const DEPTHS: Readonly<Record<number, ColourDepth>> = {1: 'none', 4: '16', 8: '256', 24: 'true'};

/** NO_COLOR, COLORTERM and TERM as Node reads them. */
function depthOf(screen: WallScreen, env: Environment): ColourDepth {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 'none';
  return DEPTHS[screen.getColorDepth(env)] ?? '16';
}
