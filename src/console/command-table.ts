import {LANGUAGES} from '../runtime/i18n.ts';
import {THEME_NAMES} from '../runtime/theme.ts';
import {ALERT_GROUPS, ALERT_ORDERS} from '../view/arrange-alerts.ts';
import {type ActionName, type Binding, keymap} from './keymap.ts';
import type {SavedFilter} from './keys.ts';
import type {Scene} from './scene.ts';

/** Everything that a word on the command line may lead to beside an action of the keymap. */
export const ORDERS = ['customer', 'filter', 'save', 'forget', 'sort', 'group', 'theme', 'lang', 'export'] as const;
export type OrderName = (typeof ORDERS)[number];

/** One command of the line: an order of its own, or the action of a key. */
export type ConsoleCommand = {
  /** As typed. */
  readonly name: string;
  /** Catalogue key of what it does. */
  readonly help: string;
  /** Name of its argument in the manual; null takes none. */
  readonly argument: string | null;
} & ({readonly order: OrderName} | {readonly action: ActionName});

const ARGUMENTS: Readonly<Record<OrderName, string>> = {
  customer: 'NAME',
  filter: 'NAME|FILTER',
  save: 'NAME [KEY]',
  forget: 'NAME',
  sort: ALERT_ORDERS.join('|'),
  group: ALERT_GROUPS.join('|'),
  theme: 'NAME',
  lang: LANGUAGES.join('|'),
  export: 'FILE',
};

/** Actions that open a line of text: what follows the command is typed into it. */
const WITH_TEXT: ReadonlySet<string> = new Set<ActionName>([
  'alerts.acknowledgeWith',
  'alerts.note',
  'alerts.snooze',
  'hosts.downtime',
  'alerts.priority',
  'alerts.wait',
  'alerts.tell',
  'backups.restoreTest',
]);

/** `alerts.acknowledgeWith` is typed `acknowledge-with`. */
function wordOf(action: ActionName): string {
  const last = action.slice(action.lastIndexOf('.') + 1);
  return last.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

function actionCommand({action, help}: Binding & {readonly action: ActionName}): ConsoleCommand {
  return {name: wordOf(action), help, argument: WITH_TEXT.has(action) ? '[TEXT]' : null, action};
}

/** Every command of the line: what its own orders do, then what every key does. Completion and manual are made from it. */
export const CONSOLE_COMMANDS: readonly ConsoleCommand[] = [
  ...ORDERS.map(order => ({name: order, help: `console.command.${order}`, argument: ARGUMENTS[order], order}) as const),
  ...keymap
    .filter(({action}) => action !== 'app.command' && !(ORDERS as readonly string[]).includes(wordOf(action)))
    .map(actionCommand),
];

/** Actions that change something for everybody. */
const SHARED: ReadonlySet<string> = new Set<ActionName>(
  keymap.flatMap((binding: Binding & {readonly action: ActionName}) =>
    binding.shared === true ? [binding.action] : [],
  ),
);

/** Commands that start so. */
export function commandsStarting(name: string): readonly ConsoleCommand[] {
  const start = name.toLowerCase();
  return start === '' ? [] : CONSOLE_COMMANDS.filter(command => command.name.startsWith(start));
}

/**
 * The command of that name; else the first that starts so. Where one of several would act for everybody it is none: `:re` must not
 * release what was meant to be resumed. `:ack` is `acknowledge`, which all the others only go on from.
 */
export function commandNamed(name: string): ConsoleCommand | undefined {
  const starting = commandsStarting(name);
  const stem = starting.find(command => starting.every(other => other.name.startsWith(command.name)));
  const exact = starting.find(command => command.name === name.toLowerCase());
  const isHarmless = starting.every(command => !('action' in command && SHARED.has(command.action)));
  return exact ?? stem ?? (isHarmless ? starting[0] : undefined);
}

/** What the argument of an order may be, for completion; empty where everything goes. */
export function argumentsOf(order: OrderName, scene: Pick<Scene, 'lists' | 'keys'>): readonly string[] {
  switch (order) {
    case 'customer':
      return scene.lists.customers.flatMap(({id, customer}) => (customer === null ? [id] : [id, customer.name]));
    case 'filter':
    case 'save':
    case 'forget':
      return scene.keys.saved.map(({name}: SavedFilter) => name);
    case 'sort':
      return ALERT_ORDERS;
    case 'group':
      return ALERT_GROUPS;
    case 'theme':
      return THEME_NAMES;
    case 'lang':
      return LANGUAGES;
    case 'export':
      return [];
    default:
      return order satisfies never;
  }
}
