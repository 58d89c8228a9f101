import {mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';

/**
 * Loads a module of the bench that is written in JSX, which Node does not read: it is bundled first.
 *
 * @param name - File in this folder, without `.tsx`.
 */
export async function loadBundled(name: string): Promise<unknown> {
  // As shipped: React's development build is several times slower.
  process.env.NODE_ENV = 'production';
  // Beside the packages, which stay outside of the bundle.
  const folder = mkdtempSync(join(import.meta.dirname, '../../node_modules/.nocturne-bench-'));
  try {
    const outfile = join(folder, `${name}.mjs`);
    await build({
      entryPoints: [join(import.meta.dirname, `${name}.tsx`)],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      jsx: 'automatic',
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, {recursive: true});
  }
}
