import {spawn} from 'node:child_process';
import {bundle} from './collector-process.ts';
import {temporaryFolder} from './temporary-folder.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one quick command as a shell would, with nothing of this machine's own settings, in a home of its own. */
export async function nocturne(
  args: readonly string[],
  options: {readonly env?: Record<string, string>; readonly input?: string} = {},
): Promise<Finished> {
  using home = temporaryFolder();
  return await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundle, ...args], {
      env: {PATH: process.env.PATH ?? '', HOME: home.path, LANG: 'de_DE.UTF-8', ...options.env},
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', code => resolve({code, stdout, stderr}));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}
