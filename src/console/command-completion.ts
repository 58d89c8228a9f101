import {type Completion, fitting, NO_COMPLETION} from '../view/completion.ts';
import {argumentsOf, CONSOLE_COMMANDS, type ConsoleCommand, commandNamed} from './command-table.ts';
import type {Scene} from './scene.ts';

/** How the command at the caret can go on: a command's name, then what its argument may be. */
export function completeCommand(text: string, caret: number, scene: Pick<Scene, 'lists' | 'keys'>): Completion {
  const typed = text.slice(0, caret);
  const space = typed.indexOf(' ');
  if (space < 0) return {from: 0, words: fitting(typed, CONSOLE_COMMANDS.map(nameAndSpace))};
  const command = commandNamed(typed.slice(0, space));
  if (command === undefined || !('order' in command)) return NO_COMPLETION;
  const from = space + 1;
  return {from, words: fitting(typed.slice(from), argumentsOf(command.order, scene))};
}

function nameAndSpace({name, argument}: ConsoleCommand): string {
  return argument === null ? name : `${name} `;
}
