import {Fault} from '../../domain/fault.ts';
import type {RunCommand} from '../command-spec.ts';
import {COMMANDS} from '../command-table.ts';
import {completionScript, isShell, SHELLS} from '../completion-script.ts';
import {EXIT} from '../exit-code.ts';

/** `nocturne completion bash|zsh|fish`: a script for the shell to read. */
export const runCompletion: RunCommand = async (context, {args}) => {
  const [shell = ''] = args;
  if (!isShell(shell)) {
    const choices = SHELLS.join(', ');
    throw new Fault('USAGE_SHELL', `there is completion for ${choices}`, {given: shell, choices});
  }
  context.stdout.write(completionScript(shell, COMMANDS, context.t));
  return EXIT.done;
};
