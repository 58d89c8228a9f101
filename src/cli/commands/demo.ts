import {collectorUrl} from '../../client/socket.ts';
import {safeText} from '../../runtime/safe-text.ts';
import {hasFlag, type RunCommand, textFlag} from '../command-spec.ts';
import {consoleFlags, openShutdown, startConsole} from '../faces.ts';

/** `nocturne demo`: a night to try out, with a collector of its own; `--headless` is the collector alone. */
export const runDemoCommand: RunCommand = async (context, {flags}) => {
  const isHeadless = hasFlag(flags, 'headless');
  const seconds = textFlag(flags, 'seconds');
  const as = textFlag(flags, 'as');
  const shutdown = openShutdown(context, {isDaemon: isHeadless});
  const {runDemo} = await import('../demo.ts');
  await runDemo({
    outside: context.outside,
    shutdown,
    program: [process.execPath, ...process.execArgv, process.argv[1] ?? ''],
    seconds: seconds === null ? null : Number(seconds),
    ready: async ({url, token, tokenFile}) => {
      if (!isHeadless) {
        await startConsole(context, {
          collectors: [{url: collectorUrl(url), token, ca: null, name: null}],
          as: as === null ? null : safeText(as),
          shutdown,
          ...consoleFlags(flags),
        });
      } else if (context.isJson) context.sayJson({url, tokenFile});
      else {
        context.warn(context.t('cli.demoToken', {tokenFile}));
        context.say(`listening on ${url}`);
      }
    },
  });
  return new Promise(() => {});
};
