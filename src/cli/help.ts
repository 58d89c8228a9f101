import type {Translate} from '../runtime/i18n.ts';
import {cellWidth, wrapText} from '../view/cells.ts';
import type {CommandSpec, OptionSpec} from './command-spec.ts';
import {COMMON_OPTIONS} from './options.ts';

const INDENT = '  ';
const GAP = 2;
/** A longer left column pushes its text to the next line. */
const WIDEST_LEFT = 30;
const LEAST_WIDTH = 40;
const WIDEST = 110;

/** One row of a help section. */
type Row = readonly [left: string, text: string];

/** Key of a command's text in the catalogue. */
export function commandKey(spec: Pick<CommandSpec, 'path'>): string {
  return `cli.command.${spec.path.replace(' ', '-')}`;
}

/**
 * Help as text of at most `columns` cells a line.
 *
 * @param topic - A command, the first word of a family of them, or null for all.
 */
export function helpText(table: readonly CommandSpec[], topic: string | null, t: Translate, columns: number): string {
  const width = Math.max(LEAST_WIDTH, Math.min(columns, WIDEST));
  const spec = table.find(it => it.path === topic);
  const lines = spec === undefined ? overview(table, topic, t, width) : ofCommand(spec, table, t, width);
  return `${lines.join('\n')}\n`;
}

function overview(table: readonly CommandSpec[], topic: string | null, t: Translate, width: number): readonly string[] {
  const shown = topic === null ? table : table.filter(it => it.path.startsWith(`${topic} `));
  return [
    ...(topic === null ? [`nocturne – ${t('cli.help.tagline')}`, ''] : []),
    `${t('cli.help.usage')}: nocturne [${t('cli.help.command')}] [${t('cli.help.options')}]`,
    '',
    ...section(
      t('cli.help.commands'),
      shown.map(it => [usageOf(it), t(commandKey(it))]),
      width,
    ),
    '',
    ...section(
      t('cli.help.commonOptions'),
      COMMON_OPTIONS.map(it => optionRow(it, t)),
      width,
    ),
    '',
    ...wrapText(t('cli.help.target'), width),
    ...wrapText(t('cli.help.exitCodes'), width),
  ];
}

function ofCommand(spec: CommandSpec, table: readonly CommandSpec[], t: Translate, width: number): readonly string[] {
  const family = table.filter(it => it.path.startsWith(`${spec.path} `));
  return [
    `${t('cli.help.usage')}: nocturne ${usageOf(spec)} [${t('cli.help.options')}]`,
    '',
    ...wrapText(t(commandKey(spec)), width),
    ...(family.length === 0
      ? []
      : [
          '',
          ...section(
            t('cli.help.commands'),
            family.map(it => [usageOf(it), t(commandKey(it))]),
            width,
          ),
        ]),
    ...(spec.options.length === 0
      ? []
      : [
          '',
          ...section(
            t('cli.help.options'),
            spec.options.map(it => optionRow(it, t)),
            width,
          ),
        ]),
    '',
    ...section(
      t('cli.help.commonOptions'),
      COMMON_OPTIONS.map(it => optionRow(it, t)),
      width,
    ),
  ];
}

/** `ack TARGET…` */
function usageOf({path, arguments: args}: CommandSpec): string {
  if (args === null) return path;
  switch (args.count) {
    case 'one':
      return `${path} ${args.name}`;
    case 'many':
      return `${path} ${args.name}…`;
    case 'optional':
      return `${path} [${args.name}]`;
    case 'any':
      return `${path} [${args.name}…]`;
    default:
      return args.count satisfies never;
  }
}

function optionRow(option: OptionSpec, t: Translate): Row {
  const {name, short, value, choices, isRepeatable} = option;
  const flags = [short === undefined ? null : `-${short}`, `--${name}`].filter(it => it !== null).join(', ');
  const notes = [
    choices === undefined ? null : choices.join(', '),
    isRepeatable === true ? t('cli.help.repeatable') : null,
  ].filter(it => it !== null);
  const text = t(`cli.option.${name}`);
  return [
    value === undefined ? flags : `${flags} ${value}`,
    notes.length === 0 ? text : `${text} (${notes.join('; ')})`,
  ];
}

function section(title: string, rows: readonly Row[], width: number): readonly string[] {
  const left = Math.min(WIDEST_LEFT, Math.max(...rows.map(([it]) => cellWidth(it))));
  const margin = ' '.repeat(INDENT.length + left + GAP);
  return [
    title,
    ...rows.flatMap(([head, text]) => {
      const [first = '', ...rest] = wrapText(text, width - margin.length);
      const isLong = cellWidth(head) > left;
      const start = isLong
        ? [INDENT + head, margin + first]
        : [INDENT + head + ' '.repeat(left - cellWidth(head) + GAP) + first];
      return [...start, ...rest.map(line => margin + line)];
    }),
  ];
}
