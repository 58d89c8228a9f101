import {readFileSync} from 'node:fs';
import type {ArgumentSpec, CommandSpec, OptionSpec} from '../../../src/cli/command-spec.ts';
import {COMMANDS} from '../../../src/cli/command-table.ts';
import {commandKey} from '../../../src/cli/help.ts';
import {COMMON_OPTIONS} from '../../../src/cli/options.ts';
import {commandHelp} from '../../../src/console/command-line.ts';
import {keyLabel} from '../../../src/console/help-lines.ts';
import {type Binding, keymap} from '../../../src/console/keymap.ts';
import {createTranslate, type Translate} from '../../../src/runtime/i18n.ts';

const packageFile = new URL('../../../package.json', import.meta.url);

/** Text as troff reads it: nothing in it is a request, an escape, or a typographic hyphen. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
}

function argumentText(args: ArgumentSpec | null): string {
  if (args === null) return '';
  const {name, count} = args;
  const many = count === 'many' || count === 'any' ? '...' : '';
  return count === 'optional' || count === 'any' ? ` [\\fI${roff(name)}\\fR${many}]` : ` \\fI${roff(name)}\\fR${many}`;
}

function optionItem(option: OptionSpec, t: Translate): readonly string[] {
  const {name, short, value, choices} = option;
  const flags = [...(short === undefined ? [] : [`-${short}`]), `--${name}`]
    .map(it => `\\fB${roff(it)}\\fR`)
    .join(', ');
  const notes = choices === undefined ? '' : ` (${choices.join(', ')})`;
  return [
    '.TP',
    value === undefined ? flags : `${flags} \\fI${roff(value)}\\fR`,
    roff(`${t(`cli.option.${name}`)}${notes}`),
  ];
}

function commandItem(spec: CommandSpec, t: Translate): readonly string[] {
  const options = spec.options.flatMap(option => optionItem(option, t));
  return [
    '.TP',
    `\\fBnocturne ${roff(spec.path)}\\fR${argumentText(spec.arguments)}`,
    roff(t(commandKey(spec))),
    ...(options.length === 0 ? [] : ['.RS', ...options, '.RE']),
  ];
}

function keyItem({keys, help}: Binding, t: Translate): readonly string[] {
  return ['.TP', `\\fB${roff(keys.map(key => keyLabel(key, t)).join('  '))}\\fR`, roff(t(help))];
}

/** `docs/nocturne.1`: the manual, made from the command table and the keymap. Source of the form: man(7). */
export function manPage(): string {
  const t = createTranslate('en');
  const {version} = JSON.parse(readFileSync(packageFile, 'utf8')) as {version: string};
  const lines = [
    '.\\" Made from src/cli/command-table.ts and src/console/keymap.ts by npm run docs.',
    `.TH NOCTURNE 1 "" "nocturne ${version}" "Nocturne"`,
    '.SH NAME',
    `nocturne \\- ${roff(t('cli.help.tagline'))}`,
    '.SH SYNOPSIS',
    '\\fBnocturne\\fR [\\fIcommand\\fR] [\\fIoptions\\fR]',
    '.SH COMMANDS',
    ...COMMANDS.flatMap(spec => commandItem(spec, t)),
    '.SH OPTIONS OF EVERY COMMAND',
    ...COMMON_OPTIONS.flatMap(option => optionItem(option, t)),
    '.SH TARGETS',
    roff(t('cli.help.target')),
    '.SH KEYS OF THE CONSOLE',
    ...(keymap as readonly Binding[]).flatMap(binding => keyItem(binding, t)),
    '.SH COMMAND LINE OF THE CONSOLE',
    ...commandHelp(t).flatMap(([usage, text]) => ['.TP', `\\fB${roff(usage)}\\fR`, roff(text)]),
    '.SH EXIT STATUS',
    roff(t('cli.help.exitCodes')),
  ];
  return `${lines.join('\n')}\n`;
}
