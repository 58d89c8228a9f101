import {Fault} from '../domain/fault.ts';
import type {Environment} from './folders.ts';

/** Terminals that cannot move their cursor. */
const TOO_PLAIN = new Set(['', 'dumb', 'unknown']);

/** Does the terminal take plain lines alone? */
export function isPlainTerminal({TERM}: Environment): boolean {
  return TOO_PLAIN.has(TERM ?? '');
}

/**
 * Can a full-screen face run here? (security rule 50)
 *
 * @returns What to tell the user before leaving with exit code 2, or null.
 */
export function checkTerminal(
  stdin: {readonly isTTY?: boolean},
  stdout: {readonly isTTY?: boolean},
  env: Environment,
): Fault | null {
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    return new Fault(
      'NOT_A_TERMINAL',
      'this needs a terminal for input and output; for scripts there is `nocturne alerts`',
    );
  }
  if (isPlainTerminal(env)) {
    const term = env.TERM ?? '';
    return new Fault(
      'TERMINAL_TOO_PLAIN',
      `the terminal (TERM=${term}) cannot move its cursor; \`nocturne alerts\` works here`,
      {term},
    );
  }
  return null;
}
