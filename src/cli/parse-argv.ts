import {parseArgs} from 'node:util';
import {Fault} from '../domain/fault.ts';
import {DAY, type DurationMs} from '../domain/time.ts';
import {didYouMean} from '../runtime/did-you-mean.ts';
import {parseDuration} from '../runtime/duration.ts';
import type {Call, CommandSpec, OptionSpec} from './command-spec.ts';
import {COMMON_OPTIONS} from './options.ts';

/** Without a word `nocturne` is the console. */
const DEFAULT_COMMAND = 'console';
/** A hundred years: what is longer is a mistake of units. */
const LONGEST_SPAN: DurationMs = 36_525 * DAY;

/** What a command line asks for. */
export type Request =
  | {readonly type: 'run'; readonly call: Call}
  /** `spec` null: of the whole program. */
  | {readonly type: 'help'; readonly topic: string | null}
  | {readonly type: 'version'};

type Tokens = NonNullable<ReturnType<typeof parseArgs>['tokens']>;

/**
 * Reads a command line.
 *
 * @throws {Fault} `USAGE_COMMAND`, `USAGE_OPTION`, `USAGE_VALUE`, `USAGE_SWITCH`, `USAGE_REPEATED`, `USAGE_CHOICE`,
 *   `USAGE_DURATION`, `USAGE_COUNT`, `USAGE_LEVEL`, `USAGE_REQUIRED`, `USAGE_MISSING` and `USAGE_MANY`, each with what was typed.
 */
export function parseArgv(argv: readonly string[], table: readonly CommandSpec[]): Request {
  const {tokens, positionals} = parseArgs({
    args: [...argv],
    options: parserOptions(table),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const isAsked = (name: string): boolean => tokens.some(token => token.kind === 'option' && token.name === name);
  if (isAsked('version')) return {type: 'version'};
  const [first = DEFAULT_COMMAND, second] = positionals;
  if (first === 'help') {
    const [, topic, sub] = positionals;
    if (topic === undefined) return {type: 'help', topic: null};
    return {type: 'help', topic: findCommand(topic, sub, table, true)?.path ?? topic};
  }
  const spec = findCommand(first, second, table, isAsked('help'));
  if (spec === null) return {type: 'help', topic: positionals.length === 0 ? null : first};
  if (isAsked('help')) return {type: 'help', topic: positionals.length === 0 ? null : spec.path};
  const args = positionals.slice(positionals.length === 0 ? 0 : spec.path.split(' ').length);
  const flags = readFlags(spec, tokens);
  checkArguments(spec, args);
  checkRequired(spec, flags);
  return {type: 'run', call: {spec, args, flags}};
}

/** One option name means one thing in all commands, so one look at the line is enough. */
function parserOptions(table: readonly CommandSpec[]) {
  const options: Record<string, {type: 'string' | 'boolean'; short?: string; multiple: boolean}> = {};
  for (const option of [...COMMON_OPTIONS, ...table.flatMap(spec => spec.options)] as readonly OptionSpec[]) {
    options[option.name] = {
      type: option.value === undefined ? 'boolean' : 'string',
      multiple: true,
      ...(option.short === undefined ? {} : {short: option.short}),
    };
  }
  return options;
}

/** null: a family of commands, `token`, of which help was asked for. */
function findCommand(
  first: string,
  second: string | undefined,
  table: readonly CommandSpec[],
  wantsHelp: boolean,
): CommandSpec | null {
  const wanted = second === undefined ? first : `${first} ${second}`;
  const spec = table.find(it => it.path === wanted) ?? table.find(it => it.path === first);
  if (spec !== undefined) return spec;
  const family = table.filter(it => it.path.startsWith(`${first} `)).map(it => it.path);
  if (family.length > 0 && wantsHelp) return null;
  const known = family.length > 0 ? family : table.map(it => it.path);
  const meant = didYouMean(wanted, known) ?? (family.length > 0 ? family.join(', ') : '');
  throw new Fault('USAGE_COMMAND', `there is no command ${wanted}; see nocturne --help`, {given: wanted, meant});
}

function readFlags(spec: CommandSpec, tokens: Tokens): Call['flags'] {
  const known: readonly OptionSpec[] = [...COMMON_OPTIONS, ...spec.options];
  const flags = new Map<string, true | string | readonly string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = known.find(it => it.name === token.name);
    if (option === undefined) {
      const meant = didYouMean(
        token.name,
        known.map(it => it.name),
      );
      throw new Fault('USAGE_OPTION', `${spec.path} has no option ${token.rawName}`, {
        given: token.rawName,
        command: spec.path,
        meant: meant === null ? '' : `--${meant}`,
      });
    }
    const value = readValue(option, token);
    if (option.isRepeatable && value !== true) {
      const before = flags.get(option.name);
      flags.set(option.name, [...(Array.isArray(before) ? before : []), value]);
    } else if (flags.has(option.name) && value !== true) {
      throw new Fault('USAGE_REPEATED', `--${option.name} is given twice`, {option: option.name});
    } else {
      flags.set(option.name, value);
    }
  }
  return flags;
}

function checkRequired({path, options}: CommandSpec, flags: Call['flags']): void {
  const missing = options.find(it => it.isRequired && !flags.has(it.name));
  if (missing === undefined) return;
  throw new Fault('USAGE_REQUIRED', `${path} needs --${missing.name}`, {command: path, option: missing.name});
}

function readValue(option: OptionSpec, token: Extract<Tokens[number], {kind: 'option'}>): true | string {
  const {name: title} = option;
  if (option.value === undefined) {
    if (token.inlineValue) throw new Fault('USAGE_SWITCH', `--${title} takes no value`, {option: title});
    return true;
  }
  const {value} = token;
  // `--url --json`: the next option is not meant as a value. A text with a blank in it is no option.
  if (value === undefined || (!token.inlineValue && /^-\S+$/.test(value))) {
    throw new Fault('USAGE_VALUE', `--${title} needs a value`, {option: title, value: option.value});
  }
  if (option.choices?.includes(value) === false) {
    const choices = option.choices.join(', ');
    throw new Fault('USAGE_CHOICE', `--${title} is one of ${choices}`, {option: title, given: value, choices});
  }
  if (!isDuration(option.kind, value)) {
    throw new Fault('USAGE_DURATION', `--${title} wants a duration like 30m or 2h`, {option: title, given: value});
  }
  if (option.kind === 'count' && !/^\d{1,9}$/.test(value)) {
    throw new Fault('USAGE_COUNT', `--${title} wants a number`, {option: title, given: value});
  }
  if (option.kind === 'level' && !/^[1-9]\d?$/.test(value)) {
    throw new Fault('USAGE_LEVEL', `--${title} wants a level from 1 to 99`, {option: title, given: value});
  }
  return value;
}

function isDuration(kind: OptionSpec['kind'], value: string): boolean {
  if (kind !== 'duration' && kind !== 'span') return true;
  const duration = parseDuration(value);
  return duration !== null && duration <= LONGEST_SPAN && (kind === 'duration' || duration > 0);
}

function checkArguments(spec: CommandSpec, args: readonly string[]): void {
  const least = spec.arguments?.count === 'one' || spec.arguments?.count === 'many' ? 1 : 0;
  const most =
    spec.arguments === null ? 0 : spec.arguments.count === 'one' || spec.arguments.count === 'optional' ? 1 : Infinity;
  if (args.length < least) {
    const name = spec.arguments?.name ?? '';
    throw new Fault('USAGE_MISSING', `${spec.path} needs ${name}`, {command: spec.path, name});
  }
  const extra = args[most];
  if (extra !== undefined) {
    throw new Fault('USAGE_MANY', `${spec.path} does not take ${extra}`, {command: spec.path, given: extra});
  }
}
