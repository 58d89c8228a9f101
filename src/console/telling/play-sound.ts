import {spawn} from 'node:child_process';
import type {Environment} from '../../runtime/folders.ts';

/** A sound that does not end is ended. */
const LONGEST_MS = 10_000;

/**
 * Makes a player of the person's own sound program: an array of arguments, never a shell, and nothing from outside in it. One at a
 * time; one that cannot be started is told once.
 */
export function soundPlayer(
  env: Environment,
  onTrouble: (program: string) => void,
): (command: readonly [string, ...string[]]) => void {
  let isPlaying = false;
  let hasFailed = false;
  return ([program, ...args]) => {
    if (isPlaying || hasFailed) return;
    isPlaying = true;
    const child = spawn(program, args, {env: {...env}, stdio: 'ignore', timeout: LONGEST_MS, shell: false});
    child.on('error', () => {
      isPlaying = false;
      hasFailed = true;
      onTrouble(program);
    });
    child.on('exit', () => {
      isPlaying = false;
    });
    child.unref();
  };
}
