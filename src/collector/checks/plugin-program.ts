import {readFile, realpath, stat} from 'node:fs/promises';
import {isAbsolute, join, sep} from 'node:path';
import {Fault} from '../../domain/fault.ts';

/** An environment that plugins of every kind are content with, and nothing of ours. Source: security rule 39. */
export const PLUGIN_ENV: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  LC_ALL: 'C.UTF-8',
};

const CONTROL = /[\r\n\0]/;

/** Real path of `path`; null when there is none. */
async function real(path: string): Promise<string | null> {
  return realpath(path).catch(() => null);
}

/**
 * Path of the program that a plugin's name means: a file of one of `dirs`, also behind symbolic links, as long as they do not lead out of
 * the folders.
 *
 * @param name - `check_disk`, or an absolute path inside one of `dirs`.
 * @throws {Fault} `CHECK_PLUGIN` when there is no such file there.
 */
export async function findPlugin(name: string, dirs: readonly string[]): Promise<string> {
  const isPath = name.includes('/');
  if (isPath && !isAbsolute(name)) throw new Fault('CHECK_PLUGIN', 'a plugin is a name or an absolute path');
  const folders = (await Promise.all(dirs.map(real))).filter(folder => folder !== null);
  for (const candidate of isPath ? [name] : folders.map(folder => join(folder, name))) {
    const path = await real(candidate);
    if (path === null || !folders.some(folder => path.startsWith(folder + sep))) continue;
    if ((await stat(path)).isFile()) return path;
  }
  throw new Fault('CHECK_PLUGIN', 'the plugin is not in a plugin folder (collector.pluginDirs)');
}

/**
 * The arguments of a configured command, unchanged. They are written by the administrator and go to the plugin one by one, without a
 * shell; characters that end a line or a text have no place in them.
 *
 * @throws {Fault} `CHECK_PLUGIN`.
 */
export function pluginArguments(command: readonly string[]): readonly string[] {
  const args = command.slice(1);
  if (args.some(arg => CONTROL.test(arg))) {
    throw new Fault('CHECK_PLUGIN', 'an argument of the plugin has a line break or a NUL in it');
  }
  return args;
}

/** Whom plugins run as; null is ourselves. */
export type PluginUser = {readonly uid: number; readonly gid: number} | null;

/**
 * Finds out whom plugins run as. Root never runs one (security rule 12).
 *
 * @param name - `collector.pluginUser`.
 * @throws {Fault} `CHECK_PLUGIN_USER` when we are root, and no user is configured, or none of that name is in /etc/passwd, or it is root.
 */
export async function findPluginUser(
  name: string | null,
  isRoot: boolean,
  passwd = '/etc/passwd',
): Promise<PluginUser> {
  if (!isRoot) return null;
  if (name === null) throw new Fault('CHECK_PLUGIN_USER', 'plugins do not run as root: set collector.pluginUser');
  for (const line of (await readFile(passwd, 'utf8')).split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user !== name) continue;
    const ids = {uid: Number(uid), gid: Number(gid)};
    if (Number.isInteger(ids.uid) && Number.isInteger(ids.gid) && ids.uid > 0) return ids;
  }
  throw new Fault('CHECK_PLUGIN_USER', `plugins cannot run as ${name}: no such user, or root`);
}
