import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

/** Before the first test: the bundles that system tests start must be those of this source tree. */
export async function setup(): Promise<void> {
  const root = new URL('../../', import.meta.url);
  await promisify(execFile)(process.execPath, [new URL('bin/build.mjs', root).pathname], {cwd: root.pathname});
}
