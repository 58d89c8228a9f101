// Bundles the faces into dist/. The quick commands stand in one small file that never loads Ink:
// the heavy faces are bundles of their own, reached by `await import()` only.
import {rename, rm} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

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

/** Ink's developer tools are not installed, and an import that stays outside would be looked for at every start. */
const noDevtools = {
  name: 'no-devtools',
  setup(bundle) {
    bundle.onResolve({filter: /^react-devtools-core$/}, ({path}) => ({path, namespace: 'empty'}));
    bundle.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {};'}));
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
  plugins: [heavyFaces, noDevtools],
  logLevel: 'warning',
};

const bundles = {
  nocturne: 'src/cli/main.ts',
  console: 'src/console/main.tsx',
  wall: 'src/wall/main.ts',
  collector: 'src/collector/main.ts',
  'link-worker': 'src/client/link-worker.ts',
  'journal-worker': 'src/collector/store/journal-worker.ts',
};

// Built beside and moved into place whole: a command started meanwhile finds the old bundles or the new ones.
const fresh = `dist-${process.pid}`;
await Promise.all(
  Object.entries(bundles).map(([name, entry]) =>
    build({...shared, entryPoints: {[name]: entry}, outdir: fresh, outExtension: {'.js': '.mjs'}}),
  ),
);
await rm(`${root}dist`, {recursive: true, force: true});
await rename(`${root}${fresh}`, `${root}dist`);
