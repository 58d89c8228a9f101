import type {RunCommand} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {consoleFlags, openShutdown, startConsole} from '../faces.ts';

/** `nocturne console`, and `nocturne` alone. */
export const runConsoleCommand: RunCommand = async (context, {flags}) => {
  const {collectors, as} = await resolveConnection(context, flags);
  return startConsole(context, {collectors, as, shutdown: openShutdown(context), ...consoleFlags(flags)});
};
