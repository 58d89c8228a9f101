import {render} from 'ink';
import {asciiText} from '../../runtime/ascii.ts';
import {createFormat} from '../../runtime/format.ts';
import {createTranslate, type Translate} from '../../runtime/i18n.ts';
import {safeText} from '../../runtime/safe-text.ts';
import {isPlainTerminal} from '../../runtime/terminal-check.ts';
import {openTerminalSession} from '../../runtime/terminal-session.ts';
import {PaintedStream} from '../../runtime/terminal-writer/painted-stream.ts';
import {loadTheme} from '../../runtime/theme.ts';
import {KeyStream} from '../key-stream.ts';
import {createKeys} from '../keys.ts';
import type {ConsoleOptions} from '../main.tsx';
import {openConsoleModel} from '../model.ts';
import {openDesk} from '../open-desk.ts';
import {isAscii} from '../screen.ts';
import {openShelf} from '../shelf.ts';
import {soundPlayer} from '../telling/play-sound.ts';
import {startTeller} from '../telling/teller.ts';
import {tellingRules} from '../telling/telling-rules.ts';
import {useKeys} from '../use-keys.ts';
import {openReader, type Reader} from './open-reader.ts';
import {createSpeaker} from './speaker.ts';

/** One pane over the whole width, so that nothing is cut or broken; a page is what a voice reads in half a minute. */
const SPOKEN = {columns: 1000, rows: 17} as const;

const BRACKETED_PASTE = {enter: '\x1b[?2004h', leave: '\x1b[?2004l'} as const;
const NOTHING = {enter: '', leave: ''} as const;

/**
 * The console for a screen reader: lines on a terminal or a pipe, keys from a terminal. Without a terminal for input it tells the
 * news alone. It runs until `shutdown` ends.
 *
 * @throws {Fault} Those of `createKeys` and `tellingRules`, before anything was touched (security rule 50).
 */
export function runReader(options: ConsoleOptions): void {
  const {input, output, screen, store, lang, env, outside, shutdown, settings} = options;
  const rules = tellingRules(settings);
  const keys = createKeys(settings.keys, settings.filters);
  const shelf = openShelf(env, settings, options.profile);
  const isTerminal = screen.isTTY === true && !isPlainTerminal(env);
  const t = createTranslate(lang);
  let speaking = t;
  /** In the language of now, for what lives longer than one. */
  const spoken: Translate = (key, values) => speaking(key, values);
  const write = isAscii({ascii: settings.ascii, env}) ? (text: string) => output.write(asciiText(text)) : output.write;
  const speaker = createSpeaker({write, timers: outside.timers, t: spoken});
  const send = isTerminal ? output.write : () => {};
  let suspend = (): void => {};
  const model = openConsoleModel({
    ...options,
    ...SPOKEN,
    isSpoken: true,
    t,
    format: createFormat(lang, t),
    keys,
    history: shelf.history,
    desk: openDesk({
      shelf,
      lang,
      send,
      paint: loadTheme,
      speak(nextT, format) {
        speaking = nextT;
        model.speak(nextT, format);
      },
      say: text => model.say(text),
    }),
    onQuit: () => shutdown.exit(0),
    onSuspend: () => suspend(),
    onRedraw() {},
  });
  const reader = openReader(model, speaker);
  shutdown.defer(() => {
    reader.close();
    model.close();
  });
  const noSound = (program: string): void => model.say(spoken('console.telling.noSound', {program: safeText(program)}));
  shutdown.defer(startTeller({store, outside, t: spoken, rules, form: null, send, play: soundPlayer(env, noSound)}));
  if (input.isTTY !== true) return;
  const session = openTerminalSession({
    ...options,
    timers: outside.timers,
    modes: isTerminal ? BRACKETED_PASTE : NOTHING,
    onLeave: async () => {},
    onResume: () => reader.repeat(),
  });
  suspend = session.suspend;
  listen(reader, options);
}

/** Keys are read by Ink, as in the console; it draws nothing. */
function listen(reader: Reader, {input, shutdown}: ConsoleOptions): void {
  const ink = render(<Keyboard reader={reader} />, {
    stdout: new PaintedStream(SPOKEN, () => {}) as unknown as NodeJS.WriteStream,
    stdin: new KeyStream(input, () => {}) as unknown as NodeJS.ReadStream,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  shutdown.defer(() => ink.unmount());
  ink.waitUntilExit().catch((error: unknown) => shutdown.fail(error));
}

function Keyboard({reader}: {readonly reader: Reader}) {
  useKeys(reader);
  return null;
}
