import {type Instance, render} from 'ink';
import {createPaint} from '../../widgets/console/theme.ts';
import type {NocStore} from '../client/noc.ts';
import {createFormat} from '../runtime/format.ts';
import {createTranslate, type Language} from '../runtime/i18n.ts';
import type {Outside} from '../runtime/outside.ts';
import type {Shutdown} from '../runtime/shutdown.ts';
import {type ColourDepth, loadTheme, looksOf, type Theme} from '../runtime/theme.ts';
import {App} from './app.tsx';
import {type Keyboard, KeyStream} from './key-stream.ts';
import {openConsoleModel} from './model.ts';
import type {Canvas} from './screen.ts';

/** What a console is made of: everything around it in the hands of whoever starts it. */
export interface ConsoleParts {
  /** Opened on every collector; closed by whoever opened it. */
  readonly store: NocStore;
  readonly lang: Language;
  /** The person behind a shared login; null shows the token's own name. */
  readonly me: string | null;
  readonly isReadOnly: boolean;
  readonly depth: ColourDepth;
  /** Colours by meaning; `dark` when there is none. */
  readonly theme?: Theme;
  readonly canvas: Canvas;
  /** Gives the terminal back until the shell lets us go on. */
  readonly suspend: () => void;
  readonly keyboard: Keyboard;
  readonly outside: Outside;
  readonly shutdown: Shutdown;
}

export interface RunningConsole {
  /** Everything that happened so far has been handed to the screen. */
  settled(): Promise<void>;
  /** Ink draws its whole frame the next time. */
  forgetFrame(): void;
}

/** Ink's own throttle. News come at most 15 times a second; a key is not to wait for the rest of a frame. */
const MAX_FPS = 120;

/** Draws the console on a screen that is ours. It runs until `shutdown` ends. */
export function drawConsole(parts: ConsoleParts): RunningConsole {
  const {canvas, suspend, shutdown, lang, depth, keyboard, theme = loadTheme('dark')} = parts;
  const {stdout} = canvas;
  const t = createTranslate(lang);
  const model = openConsoleModel({
    ...parts,
    t,
    format: createFormat(lang, t),
    columns: stdout.columns,
    rows: stdout.rows,
    onQuit: () => shutdown.exit(0),
    onSuspend: suspend,
    onRedraw: () => canvas.repaint(),
  });
  shutdown.defer(() => model.close());
  // Before Ink's own listener, which paints at once: it must find the layout of the new size.
  const resize = (): void => model.resize(stdout.columns, stdout.rows);
  stdout.on('resize', resize);
  shutdown.defer(() => void stdout.off('resize', resize));
  const ink = render(<App model={model} paint={createPaint(looksOf(theme, depth))} />, {
    stdout,
    stdin: new KeyStream(keyboard, () => canvas.probeAnswered()),
    interactive: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: MAX_FPS,
    onRender: () => model.painted(),
  });
  shutdown.defer(() => ink.unmount());
  failWith(ink, shutdown);
  return {settled: ink.waitUntilRenderFlush, forgetFrame: ink.clear};
}

/** A component that throws ends Ink; it must not end quietly (security rule 48). */
function failWith(ink: Instance, shutdown: Shutdown): void {
  ink.waitUntilExit().catch((error: unknown) => shutdown.fail(error));
}
