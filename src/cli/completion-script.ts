import type {Translate} from '../runtime/i18n.ts';
import type {CommandSpec, OptionSpec} from './command-spec.ts';
import {commandKey} from './help.ts';
import {COMMON_OPTIONS} from './options.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type ShellName = (typeof SHELLS)[number];

export function isShell(name: string): name is ShellName {
  return SHELLS.some(shell => shell === name);
}

/** A completion script, made from the command table. It completes words, options and their choices; ids come from nowhere. */
export function completionScript(shell: ShellName, table: readonly CommandSpec[], t: Translate): string {
  switch (shell) {
    case 'bash':
      return bash(table);
    case 'zsh':
      return zsh(table, t);
    case 'fish':
      return fish(table, t);
    default:
      return shell satisfies never;
  }
}

/** First words, each with the second words that may follow it. */
function families(table: readonly CommandSpec[]): ReadonlyMap<string, readonly CommandSpec[]> {
  const found = new Map<string, CommandSpec[]>();
  for (const spec of table) {
    const [first = ''] = spec.path.split(' ');
    const family = found.get(first) ?? [];
    found.set(first, [...family, spec]);
  }
  return found;
}

function flagsOf(options: readonly OptionSpec[]): readonly string[] {
  return [...COMMON_OPTIONS, ...options].map(option => `--${option.name}`);
}

function choicesOf(table: readonly CommandSpec[]): ReadonlyMap<string, readonly string[]> {
  const options: readonly OptionSpec[] = [...COMMON_OPTIONS, ...table.flatMap(spec => spec.options)];
  return new Map(options.flatMap(({name, choices}) => (choices === undefined ? [] : [[name, choices] as const])));
}

/** Options after which a file name is wanted. */
const FILE_OPTIONS: readonly string[] = ['token-file', 'config', 'data'];

function bash(table: readonly CommandSpec[]): string {
  const choices = [...choicesOf(table)].map(
    ([name, words]) => `    --${name}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur")); return ;;`,
  );
  const commands = [...families(table)].map(([first, specs]) => {
    const second = specs.map(spec => spec.path.split(' ')[1]).filter(word => word !== undefined);
    const flags = [...new Set(specs.flatMap(spec => flagsOf(spec.options)))];
    return `    ${first}) words='${[...second, ...flags].join(' ')}' ;;`;
  });
  return `# bash completion for nocturne: source <(nocturne completion bash)
_nocturne() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words
  case $prev in
${choices.join('\n')}
${FILE_OPTIONS.map(name => `    --${name}) COMPREPLY=($(compgen -f -- "$cur")); return ;;`).join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${[...families(table).keys()].join(' ')} --help --version' -- "$cur"))
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.join('\n')}
    *) words='' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _nocturne nocturne noc
`;
}

/** Text in single quotes, as all three shells read it (fish and zsh alike where no backslash is in it). */
function quoted(text: string): string {
  return `'${text.replaceAll("'", '’')}'`;
}

function zsh(table: readonly CommandSpec[], t: Translate): string {
  const describe = (name: string, text: string): string => quoted(`${name}:${text.replaceAll(':', '\\:')}`);
  const first = [...families(table)].map(([word, specs]) => {
    const [spec] = specs;
    return `    ${describe(word, spec === undefined ? '' : t(commandKey(spec)))}`;
  });
  const argument = ({name, value, choices}: OptionSpec): string => {
    const text = t(`cli.option.${name}`).replace(/[[\]:]/g, ' ');
    const action = choices !== undefined ? `:(${choices.join(' ')})` : FILE_OPTIONS.includes(name) ? ':_files' : ':';
    return quoted(`--${name}[${text}]${value === undefined ? '' : `:${value}${action}`}`);
  };
  const cases = [...families(table)].map(([word, specs]) => {
    const second = specs.map(spec => spec.path.split(' ')[1]).filter(it => it !== undefined);
    const options = [...new Set([...COMMON_OPTIONS, ...specs.flatMap(spec => spec.options)].map(argument))];
    const words = second.length === 0 ? "'*: :'" : `'1: :(${second.join(' ')})' '*: :'`;
    return `    ${word}) _arguments ${[...options, words].join(' ')} ;;`;
  });
  return `#compdef nocturne noc
# zsh completion for nocturne: nocturne completion zsh > "\${fpath[1]}/_nocturne"
_nocturne() {
  local -a commands
  commands=(
${first.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local word=$words[2]
  shift words
  (( CURRENT-- ))
  case $word in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _nocturne ]; then _nocturne "$@"; else compdef _nocturne nocturne noc; fi
`;
}

function fish(table: readonly CommandSpec[], t: Translate): string {
  const lines: string[] = [];
  const option = (condition: string, {name, short, value, choices}: OptionSpec): string => {
    const wants = value === undefined ? '' : choices !== undefined ? ` -x -a ${quoted(choices.join(' '))}` : ' -r';
    const letter = short === undefined ? '' : ` -s ${short}`;
    return `complete -c nocturne${condition} -l ${name}${letter}${wants} -d ${quoted(t(`cli.option.${name}`))}`;
  };
  for (const common of COMMON_OPTIONS) lines.push(option('', common));
  for (const [first, specs] of families(table)) {
    const [spec] = specs;
    const text = quoted(spec === undefined ? '' : t(commandKey(spec)));
    lines.push(`complete -c nocturne -n __fish_use_subcommand -f -a ${first} -d ${text}`);
    const seen = ` -n '__fish_seen_subcommand_from ${first}'`;
    for (const it of specs) {
      const [, second] = it.path.split(' ');
      if (second !== undefined)
        lines.push(`complete -c nocturne${seen} -f -a ${second} -d ${quoted(t(commandKey(it)))}`);
    }
    const options = new Map(specs.flatMap(it => it.options).map(it => [it.name, it]));
    for (const it of options.values()) lines.push(option(seen, it));
  }
  return `# fish completion for nocturne: nocturne completion fish > ~/.config/fish/completions/nocturne.fish
${lines.join('\n')}
complete -c noc -w nocturne
`;
}
