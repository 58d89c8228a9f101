import {basename, dirname} from 'node:path';
import Conf from 'conf';
import {makePrivateFolder} from './durable-file.ts';
import {readSettings, type Settings} from './settings.ts';

const OWNER_FILE = 0o600;

/** Settings that a face may change. Only the fields of a change are written: what another window changed meanwhile stays. */
export interface SettingsStore {
  current(): Settings;
  change(fields: Partial<Settings>): void;
}

/**
 * Opens the settings for change. Loads `conf`, 120 ms of cold import: for the long-lived faces alone.
 *
 * @throws {Fault} `SETTINGS_BROKEN` as `readSettings` does, also when somebody broke the file meanwhile; nothing is written then.
 */
export function openSettings(file: string): SettingsStore {
  readSettings(file);
  makePrivateFolder(dirname(file));
  const conf = new Conf<Record<string, unknown>>({
    cwd: dirname(file),
    configName: basename(file, '.json'),
    configFileMode: OWNER_FILE,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
  });
  return {
    current: () => readSettings(file),
    change(fields) {
      readSettings(file);
      conf.set(fields);
    },
  };
}
