import type {ColourDepth} from '../../widgets/wall/palette.ts';
import type {CustomerId} from '../domain/address.ts';
import {Fault} from '../domain/fault.ts';
import type {Language} from '../runtime/i18n.ts';
import type {Outside} from '../runtime/outside.ts';
import type {WallKey} from './keys.ts';
import type {WallStore} from './picture.ts';
import {type WallFlags, wallSettings} from './settings.ts';
import {type TerminalInput, type TerminalOutput, WallTerminal} from './terminal.ts';
import {Wall} from './wall.ts';

/** What `nocturne wall` hands in. */
export interface WallOptions {
  /** A store that was opened with a viewer's token. The wall can only look at it. */
  readonly store: WallStore;
  readonly lang: Language;
  readonly flags: WallFlags;
  /** `--customer`: for this customer's own lobby; null shows all that the token may see. */
  readonly customer: CustomerId | null;
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput & {getColorDepth?(env?: object): number};
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly outside: Pick<Outside, 'clock' | 'timers'>;
  /** Signals and last words: `process`, or a test's. */
  readonly process: Pick<NodeJS.Process, 'pid' | 'kill'> & NodeJS.EventEmitter;
}

/** Exit codes of signals are 128 and the signal's number, as a shell has them. */
const SIGNALS = {SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143} as const;
const HUNG_UP = SIGNALS.SIGHUP;

/**
 * Runs the wall until somebody quits it, a signal ends it, or its terminal goes.
 *
 * @returns The exit code, with the terminal as it was found.
 * @throws {Fault} Those of `wallSettings`, `NO_TERMINAL` when there is none, `DUMB_TERMINAL` for one that cannot move its cursor.
 *   Any other error is a defect that ended the wall: the terminal is whole by then, and the error says why.
 */
export async function runWall(options: WallOptions): Promise<number> {
  const {env, stdin, stdout, outside} = options;
  const settings = wallSettings(options.flags);
  const term = env.TERM ?? '';
  if (term === 'dumb') throw new Fault('DUMB_TERMINAL', 'this terminal cannot show the wall (TERM=dumb)');
  const isConsole = term === 'linux';
  const ended = Promise.withResolvers<number>();
  const terminal = new WallTerminal(stdin, stdout, isConsole, {
    onKey: key => onKey(key),
    onResize: () => wall.resize(),
    onDrain: () => wall.draw(),
    onHangUp: () => ended.resolve(HUNG_UP),
  });
  const wall = new Wall({
    store: options.store,
    terminal,
    settings,
    lang: options.lang,
    customer: options.customer,
    depth: depthOf(stdout, env),
    hasBraille: !isConsole,
    outside,
  });

  function onKey(key: WallKey): void {
    if (key === 'quit') ended.resolve(0);
    else if (key === 'interrupt') ended.resolve(SIGNALS.SIGINT);
    else if (key === 'repaint') wall.repaint();
    else wall.move(key);
  }

  const suspend = (): void => {
    terminal.leave();
    options.process.kill(options.process.pid, 'SIGSTOP');
  };
  const resume = (): void => {
    terminal.enter();
    wall.repaint();
  };
  const forget = listenTo(options.process, [
    ...Object.entries(SIGNALS).map(([signal, code]) => [signal, () => ended.resolve(code)] as const),
    ['uncaughtException', error => ended.reject(error)],
    ['unhandledRejection', error => ended.reject(error)],
    ['SIGTSTP', suspend],
    ['SIGCONT', resume],
  ]);
  try {
    terminal.enter();
    wall.start();
    return await ended.promise;
  } finally {
    wall.stop();
    terminal.close();
    forget();
  }
}

type Listener = readonly [event: string, listener: (value: unknown) => void];

function listenTo(emitter: NodeJS.EventEmitter, listeners: readonly Listener[]): () => void {
  for (const [event, listener] of listeners) emitter.on(event, listener);
  return () => {
    for (const [event, listener] of listeners) emitter.off(event, listener);
  };
}

const DEPTHS: Readonly<Record<number, ColourDepth>> = {1: 'none', 4: '16', 8: '256', 24: 'true'};

/** NO_COLOR, COLORTERM and TERM as Node reads them. */
function depthOf(stdout: WallOptions['stdout'], env: WallOptions['env']): ColourDepth {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 'none';
  return DEPTHS[stdout.getColorDepth?.(env) ?? 4] ?? '16';
}
