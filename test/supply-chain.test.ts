import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {codeOf, importsOf, ROOT, type SourceFile, sourceFiles} from './support/source-files.ts';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as Lock;
const own = JSON.parse(read('package.json')) as {readonly dependencies: Readonly<Record<string, string>>};
/** Path and entry of everything that is installed, without ourselves. */
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');

function namesOf(is: (locked: LockedPackage) => boolean): readonly string[] {
  return installed.filter(([, locked]) => is(locked)).map(([path]) => path);
}

describe('what is installed', () => {
  test('rule 2: ws is exact, and new enough', () => {
    const version = lock.packages['node_modules/ws']?.version ?? '';
    expect(own.dependencies.ws).toBe(version);
    const [major = 0, minor = 0] = version.split('.').map(Number);
    expect(major > 8 || (major === 8 && minor >= 23)).toBe(true);
    expect(installed.filter(([path]) => path.endsWith('node_modules/ws'))).toHaveLength(1);
  });

  test('rule 3: nothing of it runs when it is installed', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    expect(namesOf(({dev, hasInstallScript}) => dev !== true && hasInstallScript === true)).toEqual([]);
  });

  test('rule 4: every package is known by its content', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(namesOf(({link, integrity}) => link !== true && !/^sha512-/.test(integrity ?? ''))).toEqual([]);
    expect(read('.ci/run')).toMatch(/^git diff --exit-code$/m);
  });
});

const NETWORK: ReadonlySet<string> = new Set([
  ...['node:http', 'node:https', 'node:http2', 'node:net', 'node:tls', 'node:dns', 'node:dgram', 'node:inspector'],
  ...['ws', 'node-fetch'],
]);

/** Whether running the file can open a connection; naming types of the network, or looking at an address, cannot. */
function isOnline(file: SourceFile): boolean {
  const runs = {...file, text: codeOf(file).replaceAll(/import \{\s*(?:isIP|BlockList|,|\s)+\} from "node:net";/g, '')};
  return importsOf(runs).some(({resolved}) => NETWORK.has(resolved)) || /\b(?:fetch|WebSocket)\(/.test(runs.text);
}

describe('rule 7: connections go to what is configured, and nowhere else', () => {
  test('few files can open one', () => {
    expect(
      sourceFiles()
        .filter(isOnline)
        .map(({path}) => path),
    ).toEqual([
      // Of the demo, on loopback: exporters that are made up, a port of this machine, the collector's own webhook.
      'src/cli/demo/fake-exporters.ts',
      'src/cli/demo/own-machine.ts',
      'src/cli/demo/webhook.ts',
      // Of the commands, to the collectors that are named.
      'src/cli/http-call.ts',
      'src/client/socket.ts',
      // Of the collector, to what stands in its configuration.
      'src/collector/checks/http-get.ts',
      'src/collector/checks/run-tcp.ts',
      'src/collector/checks/run-tls.ts',
      'src/collector/checks/tls-context.ts',
      // Its doors, which only answer.
      'src/collector/hub/upgrade.ts',
      'src/collector/ingest/door.ts',
      'src/collector/ingest/respond.ts',
    ]);
  });

  test.each([
    ["import {request} from 'node:https';\nrequest('x');", true],
    ["await fetch('https://updates.example');", true],
    ["import {isIP} from 'node:net';\nisIP('x');", false],
    ["import type {Server} from 'node:http';\nexport const a: Server | null = null;", false],
  ])('%j: %s', (text, expected) => {
    expect(isOnline({path: 'src/a.ts', text})).toBe(expected);
  });
});
