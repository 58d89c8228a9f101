// Bundles the faces into dist/. The quick commands stand in one small file that never loads Ink:
// the heavy faces are bundles of their own, reached by `await import()` only.
import {rename, rm} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {inkPlugins} from './ink-plugins.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Turns `import('../console/main.ts')` and its like into `import('./console.mjs')`, which stays outside the bundle. */
const heavyFaces = {
  name: 'heavy-faces',
  setup(bundle) {
    bundle.onResolve({filter: /\/(console|wall|collector)\/main\.tsx?$/}, args =>
      args.kind === 'dynamic-import'
        ? {path: `./${/\/(console|wall|collector)\/main\.tsx?$/.exec(args.path)?.[1]}.mjs`, external: true}
        : undefined,
    );
  },
};

/**
 * TLS and deflate are 20 ms of a quick command that talks to its own machine: ws gets them when it asks for something of
 * them, and for a plain ws:// it never does.
 */
const lateBuiltins = {
  name: 'late-builtins',
  setup(bundle) {
    bundle.onResolve({filter: /^(https|tls|zlib)$/}, ({path, importer}) =>
      importer.includes('/node_modules/ws/') ? {path, namespace: 'late'} : undefined,
    );
    bundle.onLoad({filter: /.*/, namespace: 'late'}, ({path}) => ({
      contents: `module.exports = new Proxy({}, {get: (_, name) => require('node:${path}')[name]});`,
    }));
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  jsx: 'automatic',
  minifySyntax: true,
  legalComments: 'none',
  sourcemap: 'linked',
  loader: {'.json': 'json'},
  define: {'process.env.NODE_ENV': '"production"'},
  // blessed picks its widgets at run time and reads its fonts beside them, so it stays what npm installed.
  external: ['bufferutil', 'utf-8-validate', 'canvas', 'blessed', 'blessed/*', 'blessed-contrib', 'blessed-contrib/*'],
  banner: {
    js: "import {createRequire as __createRequire} from 'node:module';const require = __createRequire(import.meta.url);",
  },
  plugins: [heavyFaces, ...inkPlugins],
  logLevel: 'warning',
};

/**
 * The quick commands as CommonJS: there a module that is not needed does not load its part of Node either, and the ES module
 * loader stays asleep. Half of the time of `nocturne ack`.
 */
const quick = {
  ...shared,
  format: 'cjs',
  minifyWhitespace: true,
  define: {
    ...shared.define,
    'import.meta.url': '__bundleUrl',
    'import.meta.main': 'true',
    'process.env.WS_NO_BUFFER_UTIL': '"1"',
    'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
  },
  banner: {js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;"},
  plugins: [heavyFaces, lateBuiltins],
};

const bundles = {
  console: 'src/console/main.tsx',
  wall: 'src/wall/main.ts',
  collector: 'src/collector/main.ts',
  'link-worker': 'src/client/link-worker.ts',
  'journal-worker': 'src/collector/store/journal-worker.ts',
};

// Built beside and moved into place whole: a command started meanwhile finds the old bundles or the new ones.
const fresh = `dist-${process.pid}`;
await Promise.all([
  build({...quick, entryPoints: {nocturne: 'src/cli/main.ts'}, outdir: fresh, outExtension: {'.js': '.cjs'}}),
  ...Object.entries(bundles).map(([name, entry]) =>
    build({...shared, entryPoints: {[name]: entry}, outdir: fresh, outExtension: {'.js': '.mjs'}}),
  ),
]);
await rm(`${root}dist`, {recursive: true, force: true});
await rename(`${root}${fresh}`, `${root}dist`);
