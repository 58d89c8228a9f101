import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {promisify} from 'node:util';
import {bundle} from './collector-process.ts';

const run = promisify(execFile);

/** Before the first test: the bundles that system tests start must be those of this source tree. */
export async function setup(): Promise<void> {
  const root = new URL('../../', import.meta.url).pathname;
  const sources = ['src', 'widgets', 'config', 'bin', 'package-lock.json'].map(name => root + name);
  if (existsSync(bundle) && (await run('find', [...sources, '-newer', bundle, '-print', '-quit'])).stdout === '')
    return;
  await run(process.execPath, [`${root}bin/build.mjs`], {cwd: root});
}
