import {Fault} from '../domain/fault.ts';
import {didYouMean} from '../runtime/did-you-mean.ts';
import type {Settings} from '../runtime/settings.ts';
import {type ConsoleBinding, keymap} from './keymap.ts';
import type {ConsoleState, PaneName} from './state.ts';

/** A filter that a person kept, under its name and perhaps a key. */
export type SavedFilter = Pick<Settings['filters'][number], 'key' | 'name' | 'filter'>;

/** The keys as one person has them. */
export interface Keys {
  /** In the order of the table. */
  readonly bindings: readonly ConsoleBinding[];
  readonly saved: readonly SavedFilter[];
  /** What a key does in the pane that has the keys; undefined for a key without a meaning. */
  of(key: string, pane?: PaneName): ConsoleBinding | undefined;
  /** The kept filter that a key calls. */
  savedAt(key: string): SavedFilter | undefined;
}

/** Names of keys that are no single character. Source: `keyName`. */
const NAMED =
  /^(?:(?:ctrl\+[a-z])|shift\+tab|up|down|left|right|pageUp|pageDown|home|end|enter|escape|tab|space|backspace|delete)$/;

/** Terminals send these for Tab, Enter, Backspace and Enter: nobody can press them apart. */
const SAME_AS_NAMED: ReadonlySet<string> = new Set(['ctrl+i', 'ctrl+m', 'ctrl+h', 'ctrl+j']);

function isKey(key: string): boolean {
  if (SAME_AS_NAMED.has(key)) return false;
  return NAMED.test(key) || ([...key].length === 1 && key !== ' ');
}

/**
 * The console's keys with a person's changes: `{"alerts.acknowledge": ["q"], "app.quit": ["ctrl+c"]}` replaces all keys of an action;
 * an empty list takes them away.
 *
 * @throws {Fault} `KEYS_ACTION` for an action that there is not, `KEYS_NAME` for a key that nobody can press, `KEYS_TAKEN` when one key
 *   would do two things, `KEYS_NO_WAY` when nothing would quit, go back or open the help.
 */
export function createKeys(changes: Settings['keys'], saved: readonly SavedFilter[]): Keys {
  requireActions(Object.keys(changes));
  const bindings = (keymap as readonly ConsoleBinding[]).map(binding => {
    const keys = Object.hasOwn(changes, binding.action) ? changes[binding.action] : undefined;
    return keys === undefined ? binding : {...binding, keys};
  });
  const byKey = new Map<string, ConsoleBinding>();
  // In the list of backups a key may stand for something else.
  const inBackups = new Map<string, ConsoleBinding>();
  for (const binding of bindings) {
    for (const key of binding.keys) take(binding.scope === 'backups' ? inBackups : byKey, key, binding);
  }
  const savedByKey = new Map<string, SavedFilter>();
  for (const filter of saved) if (filter.key !== '') takeForFilter(byKey, savedByKey, filter);
  for (const action of NEEDED) {
    const has = bindings.some(binding => binding.action === action && binding.keys.length > 0);
    if (!has) throw new Fault('KEYS_NO_WAY', `settings: the action ${action} needs a key`, {action});
  }
  return {
    bindings,
    saved,
    of: (key, pane) => (pane === 'backups' ? inBackups.get(key) : undefined) ?? byKey.get(key) ?? inBackups.get(key),
    savedAt: key => savedByKey.get(key),
  };
}

/** Without these nobody finds the way out. */
const NEEDED: readonly string[] = ['app.quit', 'app.back', 'app.help'];

function requireActions(actions: readonly string[]): void {
  const known: readonly string[] = keymap.map(({action}) => action);
  for (const action of actions) {
    if (known.includes(action)) continue;
    const meant = didYouMean(action, known) ?? '';
    throw new Fault('KEYS_ACTION', `settings: there is no action ${action} to give keys to`, {action, meant});
  }
}

function requireKey(key: string, action: string): void {
  if (!isKey(key)) throw new Fault('KEYS_NAME', `settings: ${key} of ${action} is no key`, {key, action});
}

function taken(key: string, first: string, second: string): Fault {
  return new Fault('KEYS_TAKEN', `settings: ${key} would do both ${first} and ${second}`, {key, first, second});
}

function take(byKey: Map<string, ConsoleBinding>, key: string, binding: ConsoleBinding): void {
  requireKey(key, binding.action);
  const other = byKey.get(key);
  if (other !== undefined && other !== binding) throw taken(key, other.action, binding.action);
  byKey.set(key, binding);
}

function takeForFilter(
  byKey: ReadonlyMap<string, ConsoleBinding>,
  saved: Map<string, SavedFilter>,
  filter: SavedFilter,
): void {
  requireKey(filter.key, filter.name);
  const other = byKey.get(filter.key)?.action ?? saved.get(filter.key)?.name;
  if (other !== undefined) throw taken(filter.key, other, filter.name);
  saved.set(filter.key, filter);
}

/** The keys as they come, for whoever changed nothing. */
export const DEFAULT_KEYS: Keys = createKeys({}, []);

/** Whose keys count: the detail of a backup takes those of its list. */
export function keyPlace({pane, main}: Pick<ConsoleState, 'pane' | 'main'>): PaneName {
  return pane === 'detail' && main === 'backups' ? 'backups' : pane;
}
