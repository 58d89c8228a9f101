import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';

/** Environment of the process, or of a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Relative paths in these variables are to be ignored. Source: XDG Base Directory Specification. */
function base(value: string | undefined, fallback: string, env: Environment): string {
  if (value !== undefined && isAbsolute(value)) return join(value, 'nocturne');
  return join(env.HOME || homedir(), fallback, 'nocturne');
}

/** Where settings live: `$XDG_CONFIG_HOME/nocturne`. */
export function configFolder(env: Environment): string {
  return base(env.XDG_CONFIG_HOME, '.config', env);
}

/** Where outbox, command history and the faces' own log live: `$XDG_STATE_HOME/nocturne`. */
export function stateFolder(env: Environment): string {
  return base(env.XDG_STATE_HOME, '.local/state', env);
}
