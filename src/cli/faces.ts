import {join} from 'node:path';
import type {CollectorAddress} from '../client/collector-address.ts';
import type {NocStore} from '../client/noc.ts';
import {openStore} from '../client/open-store.ts';
import type {SafeText} from '../domain/text.ts';
import {stateFolder} from '../runtime/folders.ts';
import type {Language} from '../runtime/i18n.ts';
import {createLog} from '../runtime/log.ts';
import {logFileSink} from '../runtime/log-file.ts';
import {createShutdown, HANG_UP_EXIT, type Shutdown} from '../runtime/shutdown.ts';
import {openTerminalOutput} from '../runtime/terminal-output.ts';
import {type Flags, hasFlag, textFlag} from './command-spec.ts';
import {asFault, type CliContext, explain} from './context.ts';
import {exitCodeOf} from './exit-code.ts';

/** Who looks at which collectors, and how it ends. */
export interface FaceStart {
  readonly collectors: readonly CollectorAddress[];
  /** The person behind a shared login. */
  readonly as: SafeText | null;
  readonly shutdown: Shutdown;
  /** The console only looks. */
  readonly isReadOnly?: boolean;
  /** Other than the environment's. */
  readonly language?: Language;
  /** Lines for a screen reader. */
  readonly isSpoken?: boolean;
  /** Asked for on the command line. */
  readonly themeName?: string | null;
}

/** The one way out of a full-screen face of this process; what went wrong is told once the screen is back. */
export function openShutdown(context: CliContext, {isDaemon = false} = {}): Shutdown {
  return createShutdown({
    process,
    isDaemon,
    timers: context.outside.timers,
    report: error => {
      const fault = asFault(error);
      if (fault !== null) context.warn(explain(fault, context.t));
      else context.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    },
  });
}

/** Opens the store of a full-screen face, its links in a thread of their own; closed by `shutdown`. */
export function openFaceStore(context: CliContext, {collectors, as, shutdown}: FaceStart): NocStore {
  const {outside, env} = context;
  const folder = stateFolder(env);
  const store = openStore({
    collectors,
    stateFolder: folder,
    as,
    outside,
    onFault: error => {
      createLog({clock: outside.clock, sink: logFileSink(join(folder, 'nocturne.log'))}).error('links.failed', {error});
    },
  });
  shutdown.defer(() => store.close());
  return store;
}

/** What `console` and `demo` both understand. */
export function consoleFlags(flags: Flags): Pick<FaceStart, 'isReadOnly' | 'isSpoken' | 'themeName'> {
  return {
    isReadOnly: hasFlag(flags, 'read-only'),
    isSpoken: hasFlag(flags, 'screen-reader'),
    themeName: textFlag(flags, 'theme'),
  };
}

/** Opens the console on these collectors. The process ends with it, through `shutdown`, with code 2 when the terminal cannot carry it. */
export async function startConsole(context: CliContext, start: FaceStart): Promise<never> {
  const {language, outside, env} = context;
  const {as, shutdown} = start;
  const {readSettings, settingsFile} = await import('../runtime/settings.ts');
  const settings = readSettings(settingsFile(env));
  const {runConsole} = await import('../console/main.tsx');
  const isSpoken = start.isSpoken || settings.screenReader || env.INK_SCREEN_READER === 'true';
  const themeName = start.themeName ?? (await context.themeName());
  const profile = await context.profileName();
  return untilShutdown(context, shutdown, () => {
    const output = openTerminalOutput({
      descriptor: process.stdout.fd,
      timers: outside.timers,
      onHangUp: () => shutdown.exit(HANG_UP_EXIT),
    });
    shutdown.defer(() => output.close());
    runConsole({
      store: openFaceStore(context, start),
      lang: start.language ?? language,
      me: as,
      isReadOnly: start.isReadOnly ?? false,
      isSpoken,
      settings,
      profile,
      themeName,
      input: process.stdin,
      output,
      screen: process.stdout,
      process,
      env,
      outside,
      shutdown,
    });
  });
}

/** Starts a face that lives until `shutdown` ends the process; one that cannot start says why and leaves at once. */
export function untilShutdown(context: CliContext, shutdown: Shutdown, start: () => void): Promise<never> {
  try {
    start();
  } catch (error) {
    const fault = asFault(error);
    if (fault === null) throw error;
    context.warn(explain(fault, context.t));
    shutdown.exit(exitCodeOf(fault));
  }
  return new Promise(() => {});
}
