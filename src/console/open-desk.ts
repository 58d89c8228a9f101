import {Fault} from '../domain/fault.ts';
import {faultText} from '../runtime/fault-text.ts';
import {createFormat, type Format} from '../runtime/format.ts';
import {createTranslate, type Language, type Translate} from '../runtime/i18n.ts';
import type {Settings} from '../runtime/settings.ts';
import {copySequence} from './clipboard.ts';
import type {Desk} from './desk.ts';
import {createKeys} from './keys.ts';
import type {Shelf} from './shelf.ts';

/** What a face lends to its desk. */
export interface DeskParts {
  readonly shelf: Shelf;
  readonly lang: Language;
  /** Bytes that show nothing, to the terminal. */
  readonly send: (bytes: string) => void;
  /** From now on in that theme. @throws {Fault} those of `loadTheme` */
  readonly paint: (theme: string) => void;
  /** From now on in that language. */
  readonly speak: (t: Translate, format: Format, lang: Language) => void;
  /** One line for the technician. */
  readonly say: (text: string) => void;
}

/** A desk on the real shelf: what is chosen in a running console is kept. */
export function openDesk({shelf, lang: first, send, paint, speak, say}: DeskParts): Desk {
  let t = createTranslate(first);
  const keep = (fields: Partial<Settings>): void => {
    shelf.keep(fields).catch((error: unknown) => {
      say(error instanceof Fault ? faultText(error, t) : t('console.refused.notKept'));
    });
  };
  return {
    copy: text => send(copySequence(text)),
    write: shelf.write,
    theme(name) {
      paint(name);
      keep({theme: name});
    },
    language(lang) {
      t = createTranslate(lang);
      speak(t, createFormat(lang, t), lang);
      keep({lang});
    },
    keepFilters(filters) {
      const keys = createKeys(shelf.settings.keys, filters);
      keep({filters: [...filters]});
      return keys;
    },
    keepHistory: shelf.keepHistory,
  };
}
