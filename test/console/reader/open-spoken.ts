import type {Desk} from '../../../src/console/desk.ts';
import {type ActionName, keymap} from '../../../src/console/keymap.ts';
import {DEFAULT_KEYS} from '../../../src/console/keys.ts';
import {openConsoleModel} from '../../../src/console/model.ts';
import {openReader} from '../../../src/console/reader/open-reader.ts';
import {createSpeaker} from '../../../src/console/reader/speaker.ts';
import {createFormat} from '../../../src/runtime/format.ts';
import {createTranslate, type Language} from '../../../src/runtime/i18n.ts';
import type {Night} from '../night.ts';

process.env.TZ = 'Europe/Berlin';

const DESK: Desk = {
  copy() {},
  write() {},
  theme() {},
  language() {},
  keepFilters: () => DEFAULT_KEYS,
  keepHistory() {},
};

/** The console read aloud, with everything around it in the hands of a test. */
export interface Spoken extends Disposable {
  /** Lines that were said since the last look; the last may be one that is being typed. */
  heard(): readonly string[];
  /** Every byte so far. */
  bytes(): string;
  press(...keys: readonly string[]): Promise<readonly string[]>;
  do(action: ActionName): Promise<readonly string[]>;
  paste(text: string): Promise<readonly string[]>;
  pass(ms: number): Promise<readonly string[]>;
}

export function openSpoken({noc, outside}: Night, lang: Language = 'de'): Spoken {
  const t = createTranslate(lang);
  let bytes = '';
  let looked = 0;
  const write = (text: string): void => {
    bytes += text;
  };
  const speaker = createSpeaker({write, timers: outside.timers, t});
  const model = openConsoleModel({
    store: noc,
    outside,
    t,
    format: createFormat(lang, t),
    me: null,
    isReadOnly: false,
    isSpoken: true,
    columns: 1000,
    rows: 17,
    desk: DESK,
    onQuit() {},
    onSuspend() {},
    onRedraw() {},
  });
  const reader = openReader(model, speaker);
  const spoken: Spoken = {
    heard() {
      const lines = bytes.slice(looked).split('\n').filter(Boolean);
      looked = bytes.length;
      return lines;
    },
    bytes: () => bytes,
    async press(...keys) {
      for (const key of keys) {
        // A technician reacts to what was said.
        await outside.advanceAsync(800);
        reader.press(key);
        await outside.advanceAsync(0);
      }
      return spoken.heard();
    },
    do(action) {
      const binding = keymap.find(candidate => candidate.action === action);
      return spoken.press(binding?.keys[0] ?? '');
    },
    async paste(text) {
      reader.paste(text);
      return spoken.heard();
    },
    async pass(ms) {
      await outside.advanceAsync(ms);
      return spoken.heard();
    },
    [Symbol.dispose]() {
      reader.close();
      model.close();
    },
  };
  return spoken;
}
