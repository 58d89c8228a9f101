import {Fault} from '../../domain/fault.ts';
import type {Call, RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import type {CliContext} from '../context.ts';
import {EXIT} from '../exit-code.ts';
import {consoleFlags, openShutdown, startConsole} from '../faces.ts';

/** `nocturne console`, and `nocturne` alone. With nothing set and nothing named it asks, once. */
export const runConsoleCommand: RunCommand = async (context, call) => {
  try {
    const {collectors, as} = await resolveConnection(context, call.flags);
    return await startConsole(context, {
      collectors,
      as,
      shutdown: openShutdown(context),
      ...consoleFlags(call.flags),
    });
  } catch (error) {
    if (!(await isFirstRun(error, context))) throw error;
    return startFirst(context, call);
  }
};

async function isFirstRun(error: unknown, context: CliContext): Promise<boolean> {
  if (!(error instanceof Fault) || error.code !== 'USAGE_NO_URL') return false;
  if (process.stdin.isTTY !== true || !context.stdout.isTTY) return false;
  return Object.keys((await context.settings())?.profiles ?? {}).length === 0;
}

async function startFirst(context: CliContext, call: Call): Promise<number> {
  const {askFirst} = await import('../ask-first.ts');
  const first = await askFirst(context);
  switch (first.type) {
    case 'quit':
      return EXIT.usage;
    case 'demo': {
      const {runDemoCommand} = await import('./demo.ts');
      return runDemoCommand(context, call);
    }
    case 'connect':
      return startConsole(context, {
        ...consoleFlags(call.flags),
        collectors: [first.collector],
        as: null,
        shutdown: openShutdown(context),
        themeName: first.themeName,
        language: first.language,
      });
    default:
      return first satisfies never;
  }
}
