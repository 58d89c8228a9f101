import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {Fault} from '../domain/fault.ts';
import {fileError, readIfThere, writeDurably} from '../runtime/durable-file.ts';
import {type Environment, stateFolder} from '../runtime/folders.ts';
import {safeText} from '../runtime/safe-text.ts';
import {type Settings, settingsFile} from '../runtime/settings.ts';

/** What outlives a console: settings, the lines of the command line, exported files. */
export interface Shelf {
  readonly settings: Pick<Settings, 'keys' | 'filters'>;
  /** Newest first. */
  readonly history: readonly string[];
  /** Changes settings; what was not changed stays as it is in the file. */
  keep(fields: Partial<Settings>): Promise<void>;
  keepHistory(lines: readonly string[]): void;
  /** Into a file that is not there yet. @throws {Fault} `EXPORT_FILE` */
  write(file: string, text: string): void;
}

const OWNER_FILE = 0o600;
const OWNER_FOLDER = 0o700;

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, {flag: 'wx', mode: OWNER_FILE});
  } catch (error) {
    const reason = fileError(error);
    const values = {file, reason};
    if (reason === 'EEXIST') throw new Fault('EXPORT_THERE', `${file} is there already`, values);
    throw new Fault('EXPORT_FILE', `${file} cannot be written: ${reason}`, values);
  }
}

function readHistory(file: string): readonly string[] {
  return (readIfThere(file) ?? '')
    .split('\n')
    .filter(Boolean)
    .map(line => safeText(line));
}

/** What a profile may say for itself, in place of the settings. */
const OF_PROFILES = ['lang', 'theme'] as const;

/** Changes as they hold the next time, too: what the profile in use says for itself is changed there. */
function inProfile(settings: Settings, name: string | null, fields: Partial<Settings>): Partial<Settings> {
  const profile = name === null || !Object.hasOwn(settings.profiles, name) ? undefined : settings.profiles[name];
  const own = OF_PROFILES.filter(field => fields[field] !== undefined && profile?.[field] != null);
  if (name === null || profile === undefined || own.length === 0) return fields;
  const changed = Object.fromEntries(own.map(field => [field, fields[field]]));
  const rest = Object.fromEntries(Object.entries(fields).filter(([field]) => !(field in changed)));
  return {...rest, profiles: {...settings.profiles, [name]: {...profile, ...changed}}};
}

/**
 * The shelf of this user, on disk. Settings are opened for change when something is first kept: that loads `conf`.
 *
 * @param profile - Name of the one in use; null without.
 */
export function openShelf(env: Environment, settings: Shelf['settings'], profile: string | null): Shelf {
  const historyFile = join(stateFolder(env), 'history');
  return {
    settings,
    history: readHistory(historyFile),
    async keep(fields) {
      const {openSettings} = await import('../runtime/settings-store.ts');
      const store = openSettings(settingsFile(env));
      store.change(inProfile(store.current(), profile, fields));
    },
    keepHistory(lines) {
      mkdirSync(dirname(historyFile), {recursive: true, mode: OWNER_FOLDER});
      writeDurably(historyFile, `${lines.join('\n')}\n`);
    },
    write,
  };
}

/** A shelf that forgets. */
export const NO_SHELF: Shelf = {
  settings: {keys: {}, filters: []},
  history: [],
  keep: async () => {},
  keepHistory() {},
  write,
};
