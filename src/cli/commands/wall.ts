import {type Flags, onlyFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {resolveConnection} from '../connection.ts';
import {openFaceStore, openShutdown, untilShutdown} from '../faces.ts';

const FLAGS = ['rotate', 'pages', 'scale', 'dim'] as const;

/** `nocturne wall`: for the screen on the wall; it only looks. */
export const runWallCommand: RunCommand = async (context, {flags}) => {
  const customer = onlyFlag(flags, 'customer');
  const {collectors, as} = await resolveConnection(context, flags);
  // Only this customer's data leaves the collector.
  const narrowed = customer === null ? collectors : collectors.map(target => ({...target, customers: [customer]}));
  const {runWall} = await import('../../wall/main.ts');
  const shutdown = openShutdown(context);
  return untilShutdown(context, shutdown, () =>
    runWall({
      store: openFaceStore(context, {collectors: narrowed, as, shutdown}),
      lang: context.language,
      flags: wallFlags(flags),
      customer,
      process,
      outside: context.outside,
      shutdown,
    }),
  );
};

function wallFlags(flags: Flags): Partial<Record<(typeof FLAGS)[number], string>> {
  return Object.fromEntries(
    FLAGS.flatMap(name => {
      const value = textFlag(flags, name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
