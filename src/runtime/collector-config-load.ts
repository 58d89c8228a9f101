import {readFileSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import * as v from 'valibot';
import type {CollectorConfig} from './collector-config.ts';
import {configReport} from './collector-config-report.ts';
import {type ResolveContext, resolveCollectorConfig} from './collector-config-resolve.ts';
import {collectorConfigSchema} from './collector-config-schema.ts';
import {type ConfigDocument, readConfigDocument} from './config-document.ts';
import type {ConfigPath, ConfigProblem} from './config-problem.ts';
import {didYouMean} from './did-you-mean.ts';
import {fileError} from './durable-file.ts';

/** A configuration read: it may only be used when `config` is there; warnings leave it there. */
export interface LoadedConfig {
  readonly config: CollectorConfig | null;
  /** In the order of the file. */
  readonly problems: readonly ConfigProblem[];
}

/** What a schema wanted, as the code of its problem. */
const WANTED: Readonly<Record<string, string>> = {
  string: 'CONFIG_WANT_TEXT',
  number: 'CONFIG_WANT_NUMBER',
  boolean: 'CONFIG_WANT_FLAG',
  array: 'CONFIG_WANT_LIST',
};

function schemaProblem(issue: v.BaseIssue<unknown>, document: ConfigDocument): ConfigProblem {
  const path: ConfigPath = (issue.path ?? []).map(({key}) => (typeof key === 'number' ? key : String(key)));
  const key = String(path.at(-1) ?? '');
  const problem = (code: string, values: ConfigProblem['values'] = {}, hint: string | null = null) =>
    document.problemAt(path, 'value', {severity: 'error', code, values, hint});
  const given = typeof issue.input === 'string' || typeof issue.input === 'number' ? String(issue.input) : key;
  // A list passes for a mapping with the keys 0, 1, …
  if (issue.type === 'strict_object' && Array.isArray(issue.path?.at(-1)?.input)) {
    const wrong = {severity: 'error', code: 'CONFIG_WANT_MAPPING', values: {}, hint: null} as const;
    return document.problemAt(path.slice(0, -1), 'value', wrong);
  }
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const values = {given: key, meant: issue.message};
    const hint = issue.message === '' ? null : 'didYouMean';
    return document.problemAt(path, 'key', {severity: 'error', code: 'CONFIG_UNKNOWN_KEY', values, hint});
  }
  if (issue.message === 'CONFIG_MISSING' && issue.received !== 'undefined') return problem('CONFIG_WANT_MAPPING');
  if (issue.message.startsWith('CONFIG_')) return problem(issue.message, {given, key});
  if (issue.type === 'picklist' || issue.type === 'variant' || issue.type === 'literal') {
    const choices = (issue.expected ?? '').replace(/[()"]/g, '').split(' | ');
    const meant = didYouMean(given, choices);
    const values = {given, choices: choices.join(', '), meant: meant ?? ''};
    return problem('CONFIG_CHOICE', values, meant === null ? null : 'didYouMean');
  }
  const isNumber = issue.type === 'string' && typeof issue.input === 'number';
  return problem(WANTED[issue.type] ?? 'CONFIG_WANT_MAPPING', {}, isNumber ? 'quotes' : null);
}

/**
 * Reads and checks the text of a configuration.
 *
 * @param folder - That relative paths in it start from.
 */
export function parseCollectorConfig(text: string, context: ResolveContext): LoadedConfig {
  const document = readConfigDocument(text);
  if (document.problems.length > 0) return {config: null, problems: document.problems};
  const shape = v.safeParse(collectorConfigSchema, document.value);
  if (!shape.success)
    return sorted(
      null,
      shape.issues.map(issue => schemaProblem(issue, document)),
    );
  const report = configReport(document);
  const config = resolveCollectorConfig(shape.output, context, report);
  return sorted(report.problems.some(({severity}) => severity === 'error') ? null : config, report.problems);
}

/** In the order of the file, each once. */
function sorted(config: CollectorConfig | null, problems: readonly ConfigProblem[]): LoadedConfig {
  const once = new Map(problems.map(problem => [`${problem.line}:${problem.column}:${problem.code}`, problem]));
  return {config, problems: [...once.values()].sort((a, b) => a.line - b.line || a.column - b.column)};
}

/** Reads and checks a configuration file; one that cannot be opened is a problem at its first line. */
export function loadCollectorConfig(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  sourceTypes: ReadonlySet<string> | null,
): LoadedConfig {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = fileError(error) || 'EIO';
    const problem = {
      severity: 'error',
      code: 'CONFIG_FILE',
      values: {reason: code},
      hint: null,
      line: 1,
      column: 1,
    } as const;
    return {config: null, problems: [problem]};
  }
  return parseCollectorConfig(text, {folder: dirname(resolve(file)), env, sourceTypes});
}
