import {didYouMean} from '../runtime/did-you-mean.ts';
import type {Translate} from '../runtime/i18n.ts';
import {CONSOLE_COMMANDS, commandNamed, commandsStarting} from './command-table.ts';
import type {ConsoleBinding} from './keymap.ts';
import {RUN_ORDER} from './orders.ts';
import {openPrompt} from './prompt-actions.ts';
import {withOffers} from './prompt-offers.ts';
import type {Scene} from './scene.ts';
import type {ConsoleState, Prompt} from './state.ts';
import {type Action, become, type Hands, refuse, type Step} from './step.ts';
import {entriesOf, targetsOf} from './targets.ts';

/** How many lines are remembered. */
const MOST_REMEMBERED = 100;

/** Opens the command line, for the alerts that are marked or under the cursor now. */
export const openCommandLine: Action = scene => {
  const targets = targetsOf(scene).map(({key}) => key);
  return become({...scene.state, notice: null, prompt: withOffers(openPrompt('command', {targets}), scene)});
};

/** Does what the keymap says of an action, as if its key were pressed. */
export type Perform = (scene: Scene, binding: ConsoleBinding, hands: Hands) => Step;

/** The lines before this one, by Up and Down: what stands in the prompt then, or null for another key. */
export function recall(prompt: Prompt, key: string, history: readonly string[]): Prompt | null {
  if (key !== 'up' && key !== 'down' && key !== 'ctrl+p' && key !== 'ctrl+n') return null;
  const isBack = key === 'up' || key === 'ctrl+p';
  const past = isBack ? Math.min((prompt.past ?? -1) + 1, history.length - 1) : (prompt.past ?? -1) - 1;
  if (past < 0) return isBack ? prompt : {...prompt, past: null, text: '', caret: 0};
  const text = history[past] ?? '';
  return {...prompt, past, text, caret: text.length};
}

/** Carries out the line that was typed. */
export function runLine(prompt: Prompt, scene: Scene, hands: Hands, perform: Perform): Step {
  const line = prompt.text.trim();
  const closed: ConsoleState = {...scene.state, prompt: null};
  if (line === '') return become(closed);
  const history = [line, ...scene.state.history.filter(other => other !== line)].slice(0, MOST_REMEMBERED);
  const step = runCommand(line, prompt.targets, {...scene, state: {...closed, history}}, hands, perform);
  return {...step, effects: [...step.effects, {type: 'keepHistory', lines: history}]};
}

function runCommand(line: string, targets: readonly string[], scene: Scene, hands: Hands, perform: Perform): Step {
  const [name = '', ...words] = line.split(/\s+/);
  const argument = words.join(' ');
  const command = commandNamed(name);
  if (command === undefined) return refuse(scene, unknownCommand(name, hands), hands.now);
  if ('order' in command) return RUN_ORDER[command.order](argument, scene, hands);
  const binding = scene.keys.bindings.find(({action}) => action === command.action);
  if (binding === undefined) return become(scene.state);
  const step = onTargets(targets, binding, scene, hands, perform);
  const {prompt} = step.state;
  if (argument === '' || prompt === null) return step;
  return become({...step.state, prompt: {...prompt, text: argument, caret: argument.length}});
}

function unknownCommand(name: string, {t}: Hands): string {
  const starting = commandsStarting(name).map(command => command.name);
  if (starting.length > 0) return t('console.refused.severalCommands', {name, names: starting.join(', ')});
  const meant = didYouMean(
    name.toLowerCase(),
    CONSOLE_COMMANDS.map(command => command.name),
  );
  return meant === null
    ? t('console.refused.noCommand', {name})
    : t('console.refused.noSuchMeant', {what: name, meant});
}

/** An action for everybody goes to the alerts that were chosen when the line was opened, or to none. */
function onTargets(
  targets: readonly string[],
  binding: ConsoleBinding,
  scene: Scene,
  hands: Hands,
  perform: Perform,
): Step {
  const {state} = scene;
  if (binding.scope !== 'alerts' || binding.shared !== true || targets.length === 0)
    return perform(scene, binding, hands);
  if (entriesOf(scene, targets).length === 0) return refuse(scene, hands.t('console.refused.gone'), hands.now);
  const marks = new Set(targets);
  const step = perform({...scene, state: {...state, marks}}, binding, hands);
  return step.state.marks === marks ? {...step, state: {...step.state, marks: state.marks}} : step;
}

/** Name and argument of every command, and what it does, for the manual. */
export function commandHelp(t: Translate): readonly (readonly [usage: string, text: string])[] {
  return CONSOLE_COMMANDS.map(({name, argument, help}) => [
    `:${name}${argument === null ? '' : ` ${argument}`}`,
    t(help),
  ]);
}
