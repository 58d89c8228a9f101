import type {Translate} from './i18n.ts';
import {withSystemWords} from './system-words.ts';

/** Names or numbers on the way to a value, `['checks', 0, 'type']`. */
export type ConfigPath = readonly (string | number)[];

/** Something in a configuration file that is wrong, or works and should be different. */
export interface ConfigProblem {
  readonly severity: 'error' | 'warning';
  /** Its text stands in the catalogue under `config.problem`. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** Key under `config.hint` of what to do about it; null where the text says it all. */
  readonly hint: string | null;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** `file:line:column: what is wrong (what to do)`, the form that editors can jump to. */
export function problemLine(file: string, problem: ConfigProblem, t: Translate): string {
  const text = t(`config.problem.${problem.code}`, withSystemWords(problem.values, t));
  const hint = problem.hint === null ? '' : ` (${t(`config.hint.${problem.hint}`, problem.values)})`;
  return `${file}:${problem.line}:${problem.column}: ${text}${hint}`;
}
