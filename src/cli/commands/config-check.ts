import {problemLine} from '../../runtime/config-problem.ts';
import type {RunCommand} from '../command-spec.ts';
import {EXIT} from '../exit-code.ts';

/** `nocturne config check FILE`: every mistake with its line, column and a hint. */
export const runConfigCheck: RunCommand = async (context, {args}) => {
  const [file = ''] = args;
  const {loadConfig} = await import('../../collector/main.ts');
  const {config, problems} = loadConfig(file);
  const exitCode = config === null ? EXIT.usage : EXIT.done;
  if (context.isJson) {
    context.sayJson({
      file,
      ok: config !== null,
      problems: problems.map(it => ({...it, text: problemLine(file, it, context.t)})),
    });
    return exitCode;
  }
  for (const problem of problems) context.stderr.write(`${problemLine(file, problem, context.t)}\n`);
  if (config !== null) {
    const {customers, sources, checks, exporters} = config;
    const counts = {customers: customers.length, sources: sources.length, checks: checks.length + exporters.length};
    context.say(context.t('cli.configGood', {file, ...counts}));
  }
  return exitCode;
};
