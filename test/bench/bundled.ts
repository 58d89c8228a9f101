import {mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build, type Plugin} from 'esbuild';

/** How `bin/build.mjs` bundles Ink. */
export async function inkPlugins(): Promise<Plugin[]> {
  const file = pathToFileURL(join(import.meta.dirname, '../../bin/ink-plugins.mjs')).href;
  return ((await import(file)) as {readonly inkPlugins: Plugin[]}).inkPlugins;
}

const REQUIRE =
  "import {createRequire as __createRequire} from 'node:module';const require = __createRequire(import.meta.url);";

/**
 * Loads a module of the bench that is written in JSX, which Node does not read: it is bundled first, with the Ink of the bundles.
 *
 * @param name - File in this folder, without `.tsx`.
 */
export async function loadBundled(name: string): Promise<unknown> {
  // Beside the packages, of which some stay outside of the bundle.
  const folder = mkdtempSync(join(import.meta.dirname, '../../node_modules/.nocturne-bench-'));
  try {
    const outfile = join(folder, `${name}.mjs`);
    await build({
      entryPoints: [join(import.meta.dirname, `${name}.tsx`)],
      outfile,
      bundle: true,
      external: ['@xterm/*', 'blessed'],
      banner: {js: REQUIRE},
      define: {'process.env.NODE_ENV': '"production"'},
      plugins: await inkPlugins(),
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
