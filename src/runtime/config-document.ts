import {type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument} from 'yaml';
import type {ConfigPath, ConfigProblem} from './config-problem.ts';

/** Aliases a file may use: enough to name a shared list, too few for a bomb. */
const MAX_ALIASES = 100;

/** A YAML file read, with the place of everything in it. */
export interface ConfigDocument {
  /** Plain data; undefined for a file that cannot be read as YAML. */
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** Makes a problem at the value of a path, or at its key; at the nearest parent when the path ends before. */
  problemAt(at: ConfigPath, where: 'key' | 'value', problem: Omit<ConfigProblem, 'line' | 'column'>): ConfigProblem;
}

function keyNode(document: Document, path: ConfigPath): Node | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({key}) => isScalar(key) && String(key.value) === String(path.at(-1)));
  return isNode(pair?.key) ? pair.key : undefined;
}

function nodeAt(document: Document, path: ConfigPath, where: 'key' | 'value'): Node | null {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const value = where === 'value' || length < path.length ? document.getIn(part, true) : undefined;
    const node = isNode(value) && !isMap(value) ? value : (keyNode(document, part) ?? value);
    if (isNode(node)) return node;
  }
  return document.contents;
}

/** Reads YAML 1.2; syntax errors and duplicate keys come back as problems with their place. */
export function readConfigDocument(text: string): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, uniqueKeys: true});
  const place = (offset: number) => {
    const {line, col} = lines.linePos(offset);
    return {line: Math.max(1, line), column: Math.max(1, col)};
  };
  const problems = document.errors.map(
    ({code, message, pos}): ConfigProblem => ({
      severity: 'error',
      code: code === 'DUPLICATE_KEY' ? 'CONFIG_DUPLICATE_KEY' : 'CONFIG_YAML',
      values: {detail: message},
      hint: code === 'TAB_AS_INDENT' ? 'spaces' : null,
      ...place(pos[0]),
    }),
  );
  const value = problems.length > 0 ? undefined : plainValue(document);
  if (problems.length === 0 && value === undefined) {
    const values = {detail: 'its aliases unfold to too much'};
    problems.push({severity: 'error', code: 'CONFIG_YAML', values, hint: null, line: 1, column: 1});
  }
  return {
    value,
    problems,
    problemAt: (at, where, problem) => ({...problem, ...place(nodeAt(document, at, where)?.range?.[0] ?? 0)}),
  };
}

/** `undefined` for aliases that unfold to too much. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS({maxAliasCount: MAX_ALIASES}) as unknown;
  } catch {
    return undefined;
  }
}
