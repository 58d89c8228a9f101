import {Fault} from '../domain/fault.ts';
import type {CliContext} from './context.ts';

/** One option. Every command that has an option of this name means the same by it. */
export interface OptionSpec {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  /** How its value is called in the help, `URL`; without one it is a switch. */
  readonly value?: string;
  readonly isRepeatable?: true;
  /** What the value must look like; a span is a duration longer than nothing, a level is 1 to 99. */
  readonly kind?: 'duration' | 'span' | 'count' | 'level';
  readonly choices?: readonly string[];
  readonly isRequired?: true;
}

/** Positional arguments: how they are called, and how many there are. */
export interface ArgumentSpec {
  readonly name: string;
  readonly count: 'one' | 'many' | 'optional' | 'any';
}

/** One command as help, parser and completion know it. Its text stands in the catalogue under `cli.command.<key>`. */
export interface CommandSpec {
  /** As typed, `token create`. */
  readonly path: string;
  readonly arguments: ArgumentSpec | null;
  readonly options: readonly OptionSpec[];
  /** It loads the texts itself, late: `CliContext.loadTexts`. */
  readonly isQuick: boolean;
  /** Loaded only when it is run: the bundle is one, but evaluated in parts. */
  readonly load: () => Promise<RunCommand>;
}

/** @returns The exit code. @throws {Fault} whose exit code `exitCodeOf` knows. */
export type RunCommand = (context: CliContext, call: Call) => Promise<number>;

/** What was typed, checked against the command's own options. */
export interface Call {
  readonly spec: CommandSpec;
  readonly args: readonly string[];
  readonly flags: Flags;
}

/** Options by name: true for a switch, all values of a repeatable one. */
export type Flags = ReadonlyMap<string, true | string | readonly string[]>;

export function hasFlag(flags: Flags, name: string): boolean {
  return flags.has(name);
}

export function textFlag(flags: Flags, name: string): string | null {
  const value = flags.get(name);
  return typeof value === 'string' ? value : null;
}

export function listFlag(flags: Flags, name: string): readonly string[] {
  const value = flags.get(name);
  return Array.isArray(value) ? value : [];
}

/** The one value of a repeatable option where one alone has a meaning. @throws {Fault} `USAGE_REPEATED` */
export function onlyFlag(flags: Flags, name: string): string | null {
  const [only = null, another] = listFlag(flags, name);
  if (another !== undefined) throw new Fault('USAGE_REPEATED', `--${name} is given twice`, {option: name});
  return only;
}
