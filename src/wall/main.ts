import {HANG_UP_EXIT} from '../runtime/shutdown.ts';
import {checkTerminal} from '../runtime/terminal-check.ts';
import {openTerminalOutput} from '../runtime/terminal-output.ts';
import {openWallSession, type WallSession} from './session.ts';
import {type WallFlags, wallSettings} from './settings.ts';

/** What `nocturne wall` hands in. */
export interface WallOptions extends Pick<WallSession, 'store' | 'lang' | 'customer' | 'outside' | 'shutdown'> {
  /** As typed. */
  readonly flags: WallFlags;
  readonly process: NodeJS.Process;
}

const STANDARD_OUTPUT = 1;

/**
 * Starts the wall on the terminal of the process. It runs until `shutdown` ends: by a key, a signal, a crash, or because
 * the terminal went away.
 *
 * @throws {Fault} Those of `wallSettings` and of `checkTerminal`: usage errors, before anything was touched (security rule 50).
 */
export function runWall({flags, process, outside, shutdown, ...rest}: WallOptions): void {
  const settings = wallSettings(flags);
  const fault = checkTerminal(process.stdin, process.stdout, process.env);
  if (fault !== null) throw fault;
  const output = openTerminalOutput({
    descriptor: STANDARD_OUTPUT,
    timers: outside.timers,
    onHangUp: () => shutdown.exit(HANG_UP_EXIT),
  });
  shutdown.defer(() => output.close());
  openWallSession({
    ...rest,
    settings,
    input: process.stdin,
    output,
    screen: process.stdout,
    process,
    env: process.env,
    outside,
    shutdown,
  });
}
