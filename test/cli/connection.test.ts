import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {COMMANDS} from '../../src/cli/command-table.ts';
import {type Connection, resolveConnection} from '../../src/cli/connection.ts';
import {createContext} from '../../src/cli/context.ts';
import {parseArgv} from '../../src/cli/parse-argv.ts';
import {virtualOutside} from '../support/clock.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

let home: ReturnType<typeof temporaryFolder>;
let warnings: string[];

beforeEach(() => {
  home = temporaryFolder();
  warnings = [];
  for (const name of ['flag', 'env', 'profile']) writeFileSync(home.file(name), `token-${name}\n`, {mode: 0o600});
});
afterEach(() => home[Symbol.dispose]());

function settings(value: object): void {
  const file = home.file('.config/nocturne/config.json');
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, JSON.stringify(value), {mode: 0o600});
}

async function resolve(line: string, env: Record<string, string> = {}): Promise<Connection> {
  const argv = ['alerts', ...line.split(' ').filter(Boolean)];
  const sink = {write: (text: string) => void warnings.push(text), isTTY: false, columns: 80};
  const shell = {
    env: {HOME: home.path, ...env},
    stdout: sink,
    stderr: sink,
    readStdin: async () => null,
    streamStdin: async () => false,
    outside: virtualOutside(),
  };
  const request = parseArgv(argv, COMMANDS);
  if (request.type !== 'run') throw new Error('not a command');
  return resolveConnection(createContext(shell, argv), request.call.flags);
}

const office = {urls: ['wss://office.example'], tokenFile: '/nowhere'};

describe('where to connect', () => {
  const environment = () => ({NOCTURNE_URL: 'ws://localhost:2', NOCTURNE_TOKEN_FILE: home.file('env')});

  test('the command line counts before the environment, that before the settings', async () => {
    settings({profile: 'home', profiles: {home: {urls: ['ws://localhost:3'], tokenFile: home.file('profile')}}});
    expect(
      (await resolve(`--url ws://localhost:1 --token-file ${home.file('flag')}`, environment())).collectors,
    ).toMatchObject([{url: 'ws://localhost:1/ws', token: 'token-flag'}]);
    expect((await resolve('', environment())).collectors).toMatchObject([
      {url: 'ws://localhost:2/ws', token: 'token-env'},
    ]);
    expect((await resolve('')).collectors).toMatchObject([{url: 'ws://localhost:3/ws', token: 'token-profile'}]);
    expect((await resolve('--profile home', environment())).collectors).toMatchObject([{token: 'token-profile'}]);
  });

  test('several collectors: --url again and again, or a list in NOCTURNE_URL; none twice', async () => {
    const env = {...environment(), NOCTURNE_URL: 'wss://a.example, wss://b.example wss://a.example/'};
    expect((await resolve('', env)).collectors.map(({url}) => url)).toEqual([
      'wss://a.example/ws',
      'wss://b.example/ws',
    ]);
    const {collectors} = await resolve('--url wss://c.example --url wss://d.example', env);
    expect(collectors.map(({url}) => url)).toEqual(['wss://c.example/ws', 'wss://d.example/ws']);
  });

  test('each collector has its own token, in the order of the addresses, or one is for all', async () => {
    const [a, b] = ['--url ws://localhost:1 --url ws://localhost:2', `--token-file ${home.file('flag')}`];
    const tokens = async (line: string) => (await resolve(line)).collectors.map(({token}) => token);
    expect(await tokens(`${a} ${b} --token-file ${home.file('env')}`)).toEqual(['token-flag', 'token-env']);
    expect(await tokens(`${a} ${b}`)).toEqual(['token-flag', 'token-flag']);
    const urls = ['ws://localhost:3', 'ws://localhost:4'];
    settings({profiles: {two: {urls, tokenFiles: [home.file('profile'), home.file('env')]}}});
    expect(await tokens('--profile two')).toEqual(['token-profile', 'token-env']);
  });

  test('NOCTURNE_TOKEN counts before NOCTURNE_TOKEN_FILE; NOCTURNE_PROFILE names a profile', async () => {
    expect((await resolve('', {...environment(), NOCTURNE_TOKEN: 'direct'})).collectors).toMatchObject([
      {token: 'direct'},
    ]);
    settings({profiles: {home: {urls: ['ws://localhost:3'], tokenFile: home.file('profile')}}});
    expect((await resolve('', {NOCTURNE_PROFILE: 'home'})).collectors).toMatchObject([{token: 'token-profile'}]);
  });

  test.each([
    ['', {}, 'USAGE_NO_URL'],
    ['--url ws://localhost:1', {}, 'USAGE_NO_TOKEN'],
    ['--profile nobody', {}, 'USAGE_PROFILE'],
    ['--url ws://localhost:1 --url ws://localhost:2 --url ws://localhost:3 --profile pair', {}, 'USAGE_TOKENS'],
    ['--url ws://far.example --token-file /dev/null', {}, 'SECRET_FILE_EMPTY'],
    ['--url ws://far.example', {NOCTURNE_TOKEN: 'x'}, 'URL_INSECURE'],
  ])('%s %o is refused with %s', async (line, env, code) => {
    settings({profiles: {office, pair: {urls: [], tokenFiles: [home.file('flag'), home.file('env')]}}});
    await expect(resolve(line, env)).rejects.toMatchObject({code});
  });

  test('broken settings are told of, and not needed for the help', async () => {
    const file = home.file('.config/nocturne/config.json');
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, '{"profiles": 7}');
    await expect(resolve('', environment())).rejects.toMatchObject({code: 'SETTINGS_BROKEN'});
  });
});

test('a token file that others can read gets one warning with the command that mends it (security rule 8)', async () => {
  chmodSync(home.file('flag'), 0o644);
  await resolve(`--url ws://localhost:1 --token-file ${home.file('flag')}`);
  expect(warnings).toEqual([expect.stringContaining(`chmod 600 ${home.file('flag')}`)]);
});

test('who is behind a shared login: --as before NOCTURNE_AS before the settings', async () => {
  const env = {NOCTURNE_URL: 'ws://localhost:1', NOCTURNE_TOKEN: 'x'};
  expect((await resolve('', env)).as).toBeNull();
  settings({as: 'jana'});
  expect((await resolve('', env)).as).toBe('jana');
  expect((await resolve('', {...env, NOCTURNE_AS: 'ben'})).as).toBe('ben');
  expect((await resolve('--as mira', {...env, NOCTURNE_AS: 'ben'})).as).toBe('mira');
});

test('it waits five seconds, or as long as --timeout says', async () => {
  const env = {NOCTURNE_URL: 'ws://localhost:1', NOCTURNE_TOKEN: 'x'};
  expect((await resolve('', env)).timeoutMs).toBe(5_000);
  expect((await resolve('--timeout 250ms', env)).timeoutMs).toBe(250);
});
