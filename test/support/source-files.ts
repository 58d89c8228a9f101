import {globSync, readFileSync} from 'node:fs';
import {dirname, join, normalize, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {transformSync} from 'esbuild';

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One source file of ours. */
export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** How one file names another, or a package. */
export interface Import {
  /** As written. */
  readonly target: string;
  /** From the root for a file of ours, the package's or built-in's name otherwise. */
  readonly resolved: string;
  readonly kind: 'static' | 'type' | 'dynamic';
}

/** Every source file that ships. */
export function sourceFiles(): readonly SourceFile[] {
  const paths = globSync(['src/**/*.{ts,tsx}', 'widgets/**/*.{ts,tsx}', 'bin/**/*.{ts,mjs}'], {cwd: ROOT});
  return paths.sort().map(path => ({path: path.replaceAll('\\', '/'), text: readFileSync(join(ROOT, path), 'utf8')}));
}

/** `ink` of `ink/build/x`, `@a/b` of `@a/b/c`, `node:fs` of `node:fs/promises`. */
function packageName(target: string): string {
  const parts = target.split('/');
  return parts.slice(0, target.startsWith('@') ? 2 : 1).join('/');
}

function resolve(from: string, target: string): string {
  if (!target.startsWith('.')) return packageName(target);
  return relative('.', normalize(join(dirname(from), target))).replaceAll('\\', '/');
}

/** What a file imports, also only as a type, and also by `import()`. */
export function importsOf({path, text}: SourceFile): readonly Import[] {
  const found: Import[] = [];
  const add = (target: string | undefined, kind: Import['kind']) => {
    if (target !== undefined) found.push({target, resolved: resolve(path, target), kind});
  };
  for (const [, type, target] of text.matchAll(/^(?:import|export)\s+(type\s)?[^;'"]*?\bfrom\s+['"]([^'"]+)['"]/gm)) {
    add(target, type === undefined ? 'static' : 'type');
  }
  for (const [, target] of text.matchAll(/^import\s+['"]([^'"]+)['"]/gm)) add(target, 'static');
  for (const [, target] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) add(target, 'dynamic');
  return found;
}

/** The file without types and comments, so that a lint reads what runs and not what is said about it. */
export function codeOf({path, text}: SourceFile): string {
  const loader = path.endsWith('.tsx') ? 'tsx' : 'ts';
  return transformSync(text, {loader, target: 'esnext', jsx: 'preserve', legalComments: 'none'}).code;
}
