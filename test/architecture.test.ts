import {describe, expect, test} from 'vitest';
import {codeOf, type Import, importsOf, type SourceFile, sourceFiles} from './support/source-files.ts';

/** What a folder may import. `types` are files of which only types may be taken. */
interface Layer {
  readonly ours: readonly string[];
  readonly types?: readonly string[];
  /** Only by `await import()`, so that a quick command does not load them. */
  readonly lazily?: readonly string[];
  readonly npm: readonly string[];
  readonly builtins: boolean;
}

/** The import table of docs/architecture.md. A folder that is not in it may not exist. */
const LAYERS: Readonly<Record<string, Layer>> = {
  'src/domain': {ours: [], npm: ['temporal-polyfill', 'date-holidays', 'croner'], builtins: false},
  'src/protocol': {ours: ['src/domain'], npm: ['valibot'], builtins: false},
  'src/view': {
    ours: ['src/domain', 'src/runtime'],
    types: ['src/client/noc.ts', 'src/protocol/frames.ts'],
    npm: ['string-width', 're2js'],
    builtins: false,
  },
  'src/runtime': {
    ours: ['src/domain'],
    npm: ['yaml', 'conf', 'i18next', 'chalk', 'pino', 'valibot', 'string-width'],
    builtins: true,
  },
  'src/collector': {
    ours: ['src/domain', 'src/protocol', 'src/runtime'],
    npm: ['ws', 'node-fetch', 'prom-client'],
    builtins: true,
  },
  'src/collector/sources': {
    ours: ['src/collector', 'src/domain', 'src/protocol', 'src/runtime'],
    npm: ['valibot'],
    builtins: true,
  },
  'src/collector/reports': {
    ours: ['src/collector', 'src/domain', 'src/protocol', 'src/runtime'],
    npm: ['valibot'],
    builtins: true,
  },
  'src/client': {ours: ['src/domain', 'src/protocol', 'src/runtime'], npm: ['ws'], builtins: true},
  'widgets/console': {ours: ['src/view', 'src/domain'], npm: ['ink', 'react', 'string-width'], builtins: false},
  'widgets/wall': {
    ours: ['src/view', 'src/domain'],
    npm: ['blessed', 'blessed-contrib', 'string-width'],
    builtins: true,
  },
  'src/console': {
    ours: ['src/domain', 'src/view', 'src/client', 'src/runtime', 'widgets/console'],
    types: ['src/protocol/frames.ts'],
    npm: ['ink', 'react'],
    builtins: true,
  },
  'src/wall': {
    ours: ['src/domain', 'src/view', 'src/client', 'src/runtime', 'widgets/wall'],
    types: ['src/protocol/frames.ts'],
    npm: ['blessed'],
    builtins: true,
  },
  'src/cli': {
    ours: ['src/domain', 'src/protocol', 'src/view', 'src/client', 'src/runtime'],
    types: ['src/collector/main.ts'],
    lazily: ['src/console', 'src/wall', 'src/collector'],
    npm: ['chalk'],
    builtins: true,
  },
};

function isIn(path: string, folders: readonly string[]): boolean {
  return folders.some(folder => path === folder || path.startsWith(`${folder}/`));
}

/** The deepest folder of the table that holds the file. */
function layerOf(path: string): string | undefined {
  const holding = Object.keys(LAYERS).filter(folder => isIn(path, [folder]));
  return holding.sort((a, b) => b.length - a.length)[0];
}

/** Our own data files: what differs between installations, and the version. */
function isOwnData(resolved: string): boolean {
  return resolved.endsWith('.json') && (isIn(resolved, ['config']) || resolved === 'package.json');
}

function isAllowed(folder: string, layer: Layer, {target, resolved, kind}: Import): boolean {
  if (target.startsWith('node:')) return layer.builtins;
  if (!target.startsWith('.')) return layer.npm.includes(resolved);
  if (isIn(resolved, [folder, ...layer.ours]) || (layer.builtins && isOwnData(resolved))) return true;
  if (kind === 'type') return isIn(resolved, layer.types ?? []);
  return kind === 'dynamic' && isIn(resolved, layer.lazily ?? []);
}

/** One line for each import that the table forbids. */
function forbiddenImports(file: SourceFile): readonly string[] {
  const folder = layerOf(file.path);
  const layer = folder === undefined ? undefined : LAYERS[folder];
  if (folder === undefined || layer === undefined) return [`${file.path} stands in a folder without a layer`];
  return importsOf(file)
    .filter(it => !isAllowed(folder, layer, it))
    .map(({target, kind}) => `${file.path} may not import ${target} (${kind})`);
}

/** A pattern that must not stand in code, and the folders where it may. */
interface Ban {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly except?: readonly string[];
}

const BANS: readonly Ban[] = [
  {
    rule: 'rule 5: no eval, new Function, vm, shell',
    pattern: /\beval\(|\bnew Function\(|['"]node:vm['"]|\bchild_process\.exec|\bshell:\s*true\b/,
  },
  {rule: 'rule 5: import() of a path that is data', pattern: /\bimport\((?!\s*['"])/},
  {
    rule: 'rule 6: time, timers and randomness come from the outside in src/runtime',
    pattern: /\bDate\.now\b|\bMath\.random\b|\bset(?:Timeout|Interval)\(|\brandomUUID\b|\bnew Date\(\s*\)/,
    except: ['src/runtime', 'bin'],
  },
  {
    rule: 'rule 13: SQL has parameters, and is never built from values; named constants are allowed',
    pattern:
      /`[^`]*\b(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|ALTER|DROP)\b[^`]*\$\{(?![A-Z][A-Z0-9_]*\})|\b(?:prepare|exec)\(\s*['"][^'"]*['"]\s*\+/,
  },
  {rule: 'rule 26: TLS is verified', pattern: /rejectUnauthorized:\s*(?:false|!1)|NODE_TLS_REJECT_UNAUTHORIZED/},
  {rule: 'no default exports', pattern: /\bexport default\b/},
];

/** Bans on imports and types, which running code no longer shows. */
const TEXT_BANS: readonly Ban[] = [
  {rule: 'rule 5: exec', pattern: /import\s*\{[^}]*\bexec(?:Sync)?\b[^}]*\}\s*from\s*'node:child_process/},
  {rule: 'no enums', pattern: /^(?:export )?(?:const )?enum \w/m},
  {
    rule: 'rule 42: only safeText makes SafeText',
    pattern: /\bas SafeText\b|<SafeText>/,
    except: ['src/runtime/safe-text.ts', 'src/domain/text.ts'],
  },
];

function bannedIn(file: SourceFile): readonly string[] {
  const code = codeOf(file);
  const isBroken = (text: string) => (ban: Ban) => !isIn(file.path, ban.except ?? []) && ban.pattern.test(text);
  const broken = [...BANS.filter(isBroken(code)), ...TEXT_BANS.filter(isBroken(file.text))];
  return broken.map(ban => `${file.path}: ${ban.rule}`);
}

const files = sourceFiles();

/** Everything that loading `start` loads at once. */
function staticClosure(start: readonly string[]): ReadonlySet<string> {
  const byPath = new Map(files.map(file => [file.path, file]));
  const reached = new Set(start);
  for (const path of reached) {
    const file = byPath.get(path);
    for (const it of file === undefined ? [] : importsOf(file)) if (it.kind === 'static') reached.add(it.resolved);
  }
  return reached;
}

function filesIn(folder: string): readonly string[] {
  return files.filter(file => isIn(file.path, [folder])).map(file => file.path);
}

describe('the import table', () => {
  test('holds for every file', () => {
    expect(files.filter(file => !isIn(file.path, ['bin'])).flatMap(forbiddenImports)).toEqual([]);
  });

  test.each([
    ['src/domain/a.ts', "import {readFileSync} from 'node:fs';"],
    ['src/domain/a.ts', "import type {Clock} from '../runtime/outside.ts';"],
    ['src/view/a.ts', "import {openStore} from '../client/noc.ts';"],
    ['src/view/a.ts', "import {Text} from 'ink';"],
    ['src/collector/main.ts', "import * as v from 'valibot';"],
    ['src/collector/main.ts', "import {\n  render,\n} from '../console/app.tsx';"],
    ['src/cli/ack.ts', "import {startWall} from '../wall/main.ts';"],
    ['src/cli/ack.ts', "import 'react';"],
    ['src/wall/main.ts', "export {Box} from '../../widgets/console/box.tsx';"],
    ['src/console/app.tsx', "const wall = await import('../wall/main.ts');"],
    ['src/helpers/a.ts', ''],
  ])('refuses in %s: %s', (path, text) => {
    expect(forbiddenImports({path, text})).toHaveLength(1);
  });

  test.each([
    ['src/view/a.ts', "import type {NocView} from '../client/noc.ts';"],
    ['src/cli/console.ts', "const {openConsole} = await import('../console/main.tsx');"],
    ['src/collector/sources/a.ts', "import * as v from 'valibot';"],
  ])('allows in %s: %s', (path, text) => {
    expect(forbiddenImports({path, text})).toEqual([]);
  });

  test('the quick commands load neither Ink nor blessed, and the two faces never meet', () => {
    const quick = staticClosure(filesIn('src/cli'));
    const wall = staticClosure(filesIn('src/wall'));
    const consoleFace = staticClosure(filesIn('src/console'));
    const collector = staticClosure(filesIn('src/collector'));
    expect(['ink', 'react', 'blessed', 'blessed-contrib', 'date-holidays'].filter(it => quick.has(it))).toEqual([]);
    expect(['ink', 'react'].filter(it => wall.has(it) || collector.has(it))).toEqual([]);
    expect(['blessed', 'blessed-contrib'].filter(it => consoleFace.has(it) || collector.has(it))).toEqual([]);
  });
});

describe('what code may not do', () => {
  test('rules 5, 6, 13, 26 and 42, default exports and enums: not in any file', () => {
    expect(files.flatMap(bannedIn)).toEqual([]);
  });

  test.each([
    ['rule 5', 'src/collector/a.ts', 'const x = eval("1");'],
    ['rule 5', 'src/collector/a.ts', "import {exec} from 'node:child_process';"],
    ['rule 5', 'src/collector/a.ts', 'spawn("ls", {shell: true});'],
    ['rule 5', 'src/collector/a.ts', 'await import(path);'],
    ['rule 6', 'src/domain/a.ts', 'const now = Date.now();'],
    ['rule 6', 'src/client/a.ts', 'const now = new Date();'],
    ['rule 6', 'src/client/a.ts', 'setTimeout(() => {}, 5);'],
    ['rule 13', 'src/collector/store/a.ts', ['db.prepare(`SELECT * FROM log WHERE seq > $', '{seq}`);'].join('')],
    ['rule 13', 'src/collector/store/a.ts', "db.prepare('SELECT * FROM log WHERE seq > ' + seq);"],
    ['rule 26', 'src/client/a.ts', 'connect({rejectUnauthorized: false});'],
    ['rule 42', 'src/client/a.ts', 'const name = raw as SafeText;'],
    ['no default', 'src/client/a.ts', 'export default 1;'],
    ['no enums', 'src/client/a.ts', 'export enum Color {Red}'],
  ])('%s is seen in %s: %s', (rule, path, text) => {
    const found = bannedIn({path, text});
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(rule);
  });

  test('words in comments and in other code are left alone', () => {
    const text = '/* Date.now() and eval() */\nconst {data} = db.prepare("SELECT 1").get(id); // new Date()';
    const constant = ['db.exec(`PRAGMA user_version = $', '{SCHEMA_VERSION}`);'].join('');
    expect(bannedIn({path: 'src/collector/a.ts', text: constant})).toEqual([]);
    expect(bannedIn({path: 'src/collector/a.ts', text})).toEqual([]);
    expect(bannedIn({path: 'src/runtime/outside.ts', text: 'const now = Date.now();'})).toEqual([]);
  });
});
