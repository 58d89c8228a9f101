import type {Language} from '../runtime/i18n.ts';
import type {Keys, SavedFilter} from './keys.ts';

/** What lies around the console: clipboard, files, settings. What cannot be done is a fault, told on the last row. */
export interface Desk {
  /** To the clipboard of the terminal. */
  copy(text: string): void;
  /** Into a new file. @throws {Fault} `EXPORT_FILE` */
  write(file: string, text: string): void;
  /** @throws {Fault} those of `loadTheme` */
  theme(name: string): void;
  language(language: Language): void;
  /** @returns The keys with these filters on them. @throws {Fault} those of `createKeys`; nothing is kept then. */
  keepFilters(filters: readonly SavedFilter[]): Keys;
  keepHistory(lines: readonly string[]): void;
}
