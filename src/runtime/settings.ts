import {join} from 'node:path';
import {
  array,
  boolean,
  type InferOutput,
  looseObject,
  nullable,
  optional,
  parse,
  picklist,
  pipe,
  record,
  regex,
  safeParse,
  string,
  trim,
  url,
} from 'valibot';
import {Fault} from '../domain/fault.ts';
import {readIfThere} from './durable-file.ts';
import {configFolder, type Environment} from './folders.ts';
import {LANGUAGES} from './i18n.ts';

const Language = optional(nullable(picklist(LANGUAGES)), null);

/** One provider or set of customers that a person watches: its collectors and the token for them. */
const Profile = looseObject({
  urls: optional(array(pipe(string(), trim(), url('is not a URL'))), []),
  /** For all of them. */
  tokenFile: optional(nullable(string()), null),
  /** One for each of `urls`, in their order, where each collector has its own. */
  tokenFiles: optional(array(string())),
  lang: Language,
  theme: optional(nullable(string()), null),
});

/** A filter that was kept, under the key that calls it back. */
const SavedFilter = looseObject({key: string(), name: string(), filter: string()});

const TimeOfDay = pipe(string(), regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time like 22:00'));

/** Which alerts are told, and how; the first rule that fits counts. */
const TellRule = looseObject({
  /** This bad or worse. */
  severity: optional(picklist(['warning', 'unknown', 'critical']), 'warning'),
  /** Ids; none means all. */
  customers: optional(array(string()), []),
  /** A filter, or the name of a saved one. */
  filter: optional(nullable(string()), null),
  ways: array(picklist(['bell', 'desktop', 'sound'])),
});

/** How a person is told of what needs a hand. */
const Tell = looseObject({
  rules: optional(array(TellRule), [{severity: 'critical', ways: ['bell', 'desktop']}]),
  /** P1 and P2 always pass. */
  quiet: optional(nullable(looseObject({from: TimeOfDay, to: TimeOfDay, timeZone: string()})), null),
  /** Program and arguments, never a shell. */
  sound: optional(array(string()), []),
});

/** Unknown fields are left alone: a newer Nocturne may have written them. */
const Schema = looseObject({
  /** Name of the profile that is taken when none is asked for. */
  profile: optional(nullable(string()), null),
  profiles: optional(record(string(), Profile), {}),
  lang: Language,
  theme: optional(nullable(string()), null),
  /** The person behind a shared login. */
  as: optional(nullable(string()), null),
  filters: optional(array(SavedFilter), []),
  /** Keys of actions that were changed, by the action's name. */
  keys: optional(record(string(), array(string())), {}),
  tell: optional(Tell, {}),
  /** Letters and lines of ASCII alone; null: where the locale says so. */
  ascii: optional(nullable(boolean()), null),
  /** Lines for a screen reader instead of a screen. */
  screenReader: optional(boolean(), false),
  /** `cells` sends changed cells only; `ink` leaves painting to Ink. */
  painter: optional(picklist(['cells', 'ink']), 'cells'),
});

/** What a person has set, with every default filled in. */
export type Settings = Readonly<InferOutput<typeof Schema>>;

export type Profile = InferOutput<typeof Profile>;

const NAME = 'config';

/** Where the settings of this user live; `nocturne config path` says it. */
export function settingsFile(env: Environment): string {
  return join(configFolder(env), `${NAME}.json`);
}

function broken(file: string, reason: string): Fault {
  return new Fault('SETTINGS_BROKEN', `the settings file ${file} cannot be used: ${reason}; mend it or move it away`, {
    file,
    reason,
  });
}

/**
 * Reads the settings; nothing there means all defaults. Does not load `conf`: the quick commands come this way.
 *
 * @throws {Fault} `SETTINGS_BROKEN` with the place of what is wrong; the file stays as it is.
 */
export function readSettings(file: string): Settings {
  const text = readIfThere(file);
  if (text === null) return parse(Schema, {});
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw broken(file, error instanceof SyntaxError ? error.message : 'not JSON');
  }
  const result = safeParse(Schema, json, {abortEarly: true});
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = issue.path?.map(({key}) => String(key)).join('.') ?? '';
  throw broken(file, place === '' ? issue.message : `${place}: ${issue.message}`);
}
