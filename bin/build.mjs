// Bundles the faces into dist/. The quick commands stand in one small file that never loads Ink:
// the heavy faces, and the commands that somebody waits for anyway, are bundles of their own, reached by `await import()` only.
import {readdirSync} from 'node:fs';
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

/** The quick commands read a file of texts when one of them is first asked for, not all of both languages at each start. */
const lateTexts = {
  name: 'late-texts',
  setup(bundle) {
    bundle.onLoad({filter: /\/src\/runtime\/catalogue\.ts$/}, () => {
      const names = readdirSync(`${root}config/locales/en`).map(file => file.replace(/\.json$/, ''));
      return {
        contents: `
          import {readFileSync} from 'node:fs';
          const late = language => {
            const texts = {};
            for (const name of ${JSON.stringify(names)}) {
              let read;
              const get = () => (read ??= JSON.parse(readFileSync(__dirname + '/../config/locales/' + language + '/' + name + '.json', 'utf8')));
              Object.defineProperty(texts, name, {get, enumerable: true});
            }
            return texts;
          };
          export const CATALOGUE = {de: late('de'), en: late('en')};`,
      };
    });
  },
};

/**
 * Commands that an acknowledgement has no need of, and the libraries that come with them: the filter language, the settings' and the
 * log's. Half a megabyte and more that each quick command would read first.
 */
const parts = {
  lists: [
    'find-targets',
    'commands/alerts',
    'commands/backups',
    'commands/customers',
    'commands/downtime-list',
    'commands/handover',
    'commands/hosts',
    'commands/report-customer',
    'commands/sla',
    'commands/sources',
  ],
  'set-up': [
    'ask-first',
    'commands/audit-verify',
    'commands/collector',
    'commands/completion',
    'commands/config-check',
    'commands/config-init',
    'commands/config-path',
    'commands/console',
    'commands/demo',
    'commands/doctor',
    'commands/token-create',
    'commands/token-list',
    'commands/token-revoke',
    'commands/wall',
  ],
};

/** Turns `import('./commands/alerts.ts')` and its like into `require('./lists.cjs')['commands/alerts']()`. */
const lateParts = {
  name: 'late-parts',
  setup(bundle) {
    bundle.onResolve({filter: /^\.\/[\w/-]+\.ts$/}, ({path, kind, importer}) => {
      const name = path.slice('./'.length, -'.ts'.length);
      const part = Object.keys(parts).find(key => parts[key].includes(name));
      const isPart = kind === 'dynamic-import' && part !== undefined && /\/src\/cli\/[\w-]+\.ts$/.test(importer);
      return isPart ? {path: name, namespace: 'part', pluginData: part} : undefined;
    });
    bundle.onLoad({filter: /.*/, namespace: 'part'}, ({path, pluginData}) => ({
      contents: `module.exports = require('./${pluginData}.cjs')['${path}']();`,
    }));
    bundle.onResolve({filter: /.*/, namespace: 'part'}, ({path}) => ({path, external: true}));
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
  plugins: [heavyFaces, lateBuiltins, lateTexts],
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
try {
  await Promise.all([
    build({
      ...quick,
      plugins: [lateParts, ...quick.plugins],
      entryPoints: {nocturne: 'src/cli/main.ts'},
      outdir: fresh,
      outExtension: {'.js': '.cjs'},
    }),
    ...Object.entries(parts).map(([part, names]) =>
      build({
        ...quick,
        stdin: {
          contents: names.map(name => `exports['${name}'] = () => require('./src/cli/${name}.ts');`).join('\n'),
          resolveDir: root,
        },
        outfile: `${fresh}/${part}.cjs`,
      }),
    ),
    ...Object.entries(bundles).map(([name, entry]) =>
      build({...shared, entryPoints: {[name]: entry}, outdir: fresh, outExtension: {'.js': '.mjs'}}),
    ),
  ]);
  await rm(`${root}dist`, {recursive: true, force: true});
  await rename(`${root}${fresh}`, `${root}dist`);
} finally {
  await rm(`${root}${fresh}`, {recursive: true, force: true});
}
