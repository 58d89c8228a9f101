import type {ConfigDocument} from './config-document.ts';
import type {ConfigPath, ConfigProblem} from './config-problem.ts';

/** Collects what is wrong while a configuration is resolved. */
export interface ConfigReport {
  readonly problems: readonly ConfigProblem[];
  error(at: ConfigPath, code: string, values?: ConfigProblem['values'], hint?: string | null): void;
  warning(at: ConfigPath, code: string, values?: ConfigProblem['values'], hint?: string | null): void;
}

export function configReport(document: ConfigDocument): ConfigReport {
  const problems: ConfigProblem[] = [];
  const add =
    (severity: ConfigProblem['severity']): ConfigReport['error'] =>
    (at, code, values = {}, hint = null) => {
      problems.push(document.problemAt(at, 'value', {severity, code, values, hint}));
    };
  return {problems, error: add('error'), warning: add('warning')};
}
