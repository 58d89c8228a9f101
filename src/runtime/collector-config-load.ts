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

/** A configuration read: it may only be used when `config` is there; warnings leave it there. */
export interface LoadedConfig {
  readonly config: CollectorConfig | null;
  /** In the order of the file. */
  readonly problems: readonly ConfigProblem[];
}

function schemaProblem(issue: v.BaseIssue<unknown>, document: ConfigDocument): ConfigProblem {
  const path: ConfigPath = (issue.path ?? []).map(({key}) => (typeof key === 'number' ? key : String(key)));
  const name = String(path.at(-1) ?? '');
  const at = (where: 'key' | 'value', code: string, values: ConfigProblem['values'], hint: string | null) =>
    document.problemAt(path, where, {severity: 'error', code, values, hint});
  const given = typeof issue.input === 'string' || typeof issue.input === 'number' ? String(issue.input) : '';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return at(
      'key',
      'CONFIG_UNKNOWN_KEY',
      {given: name, meant: issue.message},
      issue.message === '' ? null : 'didYouMean',
    );
  }
  if (issue.message === 'CONFIG_MISSING' && issue.received !== 'undefined')
    return at('value', 'CONFIG_TYPE', {given: issue.received, wanted: 'mapping'}, null);
  if (issue.message.startsWith('CONFIG_')) return at('value', issue.message, {given: given || name, key: name}, null);
  if (issue.type === 'picklist' || issue.type === 'variant' || issue.type === 'literal') {
    const choices = (issue.expected ?? '').replace(/[()"]/g, '').split(' | ');
    const meant = didYouMean(given, choices);
    const values = {given: given || issue.received, choices: choices.join(', '), meant: meant ?? ''};
    return at('value', 'CONFIG_CHOICE', values, meant === null ? null : 'didYouMean');
  }
  return at('value', 'CONFIG_TYPE', {given: issue.received, wanted: issue.expected ?? ''}, null);
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

function sorted(config: CollectorConfig | null, problems: readonly ConfigProblem[]): LoadedConfig {
  return {config, problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column)};
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
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
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
