import {spawn} from 'node:child_process';
import {bundle} from './collector-process.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one quick command as a shell would, with nothing of this machine's own settings. */
export function nocturne(
  args: readonly string[],
  options: {readonly env?: Record<string, string>; readonly input?: string} = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundle, ...args], {
      env: {PATH: process.env.PATH ?? '', HOME: '/nonexistent', LANG: 'de_DE.UTF-8', ...options.env},
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
