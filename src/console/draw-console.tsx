import {type Instance, render} from 'ink';
import {createPaint, type Paint} from '../../widgets/console/theme.ts';
import type {NocStore} from '../client/noc.ts';
import type {Environment} from '../runtime/folders.ts';
import {createFormat} from '../runtime/format.ts';
import {createTranslate, type Language, type Translate} from '../runtime/i18n.ts';
import type {Outside} from '../runtime/outside.ts';
import {safeText} from '../runtime/safe-text.ts';
import type {Shutdown} from '../runtime/shutdown.ts';
import {type ColourDepth, loadTheme, looksOf, type Theme} from '../runtime/theme.ts';
import {App} from './app.tsx';
import {type Keyboard, KeyStream} from './key-stream.ts';
import {createKeys} from './keys.ts';
import {type ConsoleModel, openConsoleModel} from './model.ts';
import {openDesk} from './open-desk.ts';
import type {Canvas} from './screen.ts';
import {NO_SHELF, type Shelf} from './shelf.ts';
import type {NotificationForm} from './telling/desktop-notification.ts';
import {soundPlayer} from './telling/play-sound.ts';
import {startTeller} from './telling/teller.ts';
import type {TellingRules} from './telling/telling-rules.ts';

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
  /** How the person wants to be told; null: not at all. */
  readonly telling?: Telling | null;
  /** What outlives the console; without one it forgets. */
  readonly shelf?: Shelf;
  readonly outside: Outside;
  readonly shutdown: Shutdown;
}

/** The person's rules, and what the terminal and the sound program need. */
interface Telling {
  readonly rules: TellingRules;
  readonly form: NotificationForm | null;
  readonly env: Environment;
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
  const {canvas, suspend, shutdown, lang, depth, keyboard, theme = loadTheme('dark'), shelf = NO_SHELF} = parts;
  const {stdout} = canvas;
  const t = createTranslate(lang);
  const look: Look = {paint: createPaint(looksOf(theme, depth)), lang};
  let speaking = t;
  /** In the language of now, for what lives longer than one. */
  const spoken: Translate = (key, values) => speaking(key, values);
  let shown = look;
  const show = (change: Partial<Look>): void => {
    shown = {...shown, ...change};
    ink.rerender(faceOf(model, shown));
  };
  const desk = openDesk({
    shelf,
    lang,
    send: bytes => canvas.send(bytes),
    paint: name => show({paint: createPaint(looksOf(loadTheme(name), depth))}),
    speak(nextT, format, nextLang) {
      speaking = nextT;
      model.speak(nextT, format);
      show({lang: nextLang});
    },
    say: text => model.say(text),
  });
  const model = openConsoleModel({
    ...parts,
    t,
    format: createFormat(lang, t),
    keys: createKeys(shelf.settings.keys, shelf.settings.filters),
    history: shelf.history,
    desk,
    columns: stdout.columns,
    rows: stdout.rows,
    onQuit: () => shutdown.exit(0),
    onSuspend: suspend,
    onRedraw: () => canvas.repaint(),
  });
  shutdown.defer(() => model.close());
  if (parts.telling != null) {
    const {store, outside} = parts;
    const {rules, form, env} = parts.telling;
    const noSound = (program: string): void =>
      model.say(spoken('console.telling.noSound', {program: safeText(program)}));
    const play = soundPlayer(env, noSound);
    shutdown.defer(startTeller({store, outside, t: spoken, rules, form, send: bytes => canvas.send(bytes), play}));
  }
  // Before Ink's own listener, which paints at once: it must find the layout of the new size.
  const resize = (): void => model.resize(stdout.columns, stdout.rows);
  stdout.on('resize', resize);
  shutdown.defer(() => void stdout.off('resize', resize));
  const ink = render(faceOf(model, look), {
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

/** How the console looks and speaks now. */
interface Look {
  readonly paint: Paint;
  readonly lang: Language;
}

/** Another language draws everything anew: no row is kept. */
function faceOf(model: ConsoleModel, {paint, lang}: Look) {
  return <App key={lang} model={model} paint={paint} />;
}

/** A component that throws ends Ink; it must not end quietly (security rule 48). */
function failWith(ink: Instance, shutdown: Shutdown): void {
  ink.waitUntilExit().catch((error: unknown) => shutdown.fail(error));
}
