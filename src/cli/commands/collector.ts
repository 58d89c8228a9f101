import {type RunCommand, textFlag} from '../command-spec.ts';

/** `nocturne collector --config FILE`: the daemon, in the foreground. */
export const runCollectorCommand: RunCommand = async (context, {flags}) => {
  const {runCollector} = await import('../../collector/main.ts');
  const dataDir = textFlag(flags, 'data');
  const listen = textFlag(flags, 'listen');
  return runCollector(
    {
      configFile: textFlag(flags, 'config') ?? '',
      ...(dataDir === null ? {} : {dataDir}),
      ...(listen === null ? {} : {listen}),
    },
    context.outside,
    context,
  );
};
