import {readFileSync, watch} from 'node:fs';
import {temporaryFolder} from './temporary-folder.ts';

/** A file in which a program under test notes what it lives through. */
export interface Notes extends Disposable {
  readonly file: string;
  read(): string;
  /** Resolves when the program has noted that. */
  until(text: string): Promise<void>;
}

export function openNotes(): Notes {
  const folder = temporaryFolder();
  const file = folder.file('notes');
  const read = (): string => readFileSync(file, {encoding: 'utf8', flag: 'a+'});
  return {
    file,
    read,
    until: text =>
      new Promise(resolve => {
        const look = (): void => {
          if (!read().includes(text)) return;
          watcher.close();
          resolve();
        };
        const watcher = watch(folder.path, look);
        look();
      }),
    [Symbol.dispose]: folder[Symbol.dispose],
  };
}
