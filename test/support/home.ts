import {join} from 'node:path';

/** The environment of a person whose settings and state lie in that folder; a terminal that can UTF-8. */
export function homeIn(folder: string): Readonly<Record<string, string>> {
  return {
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_STATE_HOME: join(folder, 'state'),
    LC_ALL: 'C.UTF-8',
  };
}
