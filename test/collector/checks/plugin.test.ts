import {chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {findPlugin, findPluginUser, type PluginUser} from '../../../src/collector/checks/plugin-program.ts';
import {type ActiveCheck, type CheckTools, runCheck} from '../../../src/collector/checks/run-check.ts';
import {pluginOutcome} from '../../../src/collector/checks/run-plugin.ts';
import type {CheckConfig} from '../../../src/runtime/collector-config.ts';
import {realOutside} from '../../../src/runtime/outside-real.ts';
import {virtualOutside} from '../../support/clock.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';
import {probe} from './probe.ts';

const {path: folder, ...plugins} = temporaryFolder();
const dirs = [join(folder, 'nothing-here'), folder];
afterAll(() => plugins[Symbol.dispose]());

function script(name: string, body: string): string {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, {mode: 0o755});
  return name;
}

type PluginCheck = Extract<CheckConfig, {type: 'plugin'}>;

function check(command: readonly string[], change: Partial<PluginCheck> = {}): PluginCheck {
  return {...probe, type: 'plugin', command, ...change};
}

function run(one: ActiveCheck, tools: Partial<CheckTools> = {}) {
  const all = {
    clock: realOutside.clock,
    timers: realOutside.timers,
    pluginDirs: dirs,
    pluginUser: () => null,
    ...tools,
  };
  return runCheck(one, new AbortController().signal, all);
}

describe('results', () => {
  const corpus = JSON.parse(
    readFileSync(
      new URL('../../fixtures/integrations/nagios-plugins/captured-monitoring-plugins-2.3.3.json', import.meta.url),
      'utf8',
    ),
  ) as readonly {name: string; exit_code: number; stdout: string; stderr: string}[];

  test('ST-1: the exit code rules in the whole captured corpus, never the text', () => {
    const states = ['ok', 'warning', 'critical', 'unknown'];
    for (const {exit_code, stdout, stderr} of corpus) {
      const found = pluginOutcome({how: 'exit', code: exit_code, detail: null, stdout, stderr}, check([]));
      expect(found.state).toBe(states[exit_code]);
      expect(found.output).not.toContain('|');
      expect(found.output).not.toBe('');
    }
  });

  test('a plugin that complains on standard error alone says so', () => {
    const found = pluginOutcome(
      {how: 'exit', code: 3, detail: null, stdout: '', stderr: 'bad option\nusage'},
      check([]),
    );
    expect(found).toMatchObject({state: 'unknown', output: 'bad option'});
  });

  test.each([
    [0, 'ok', 'text'],
    [1, 'warning', 'text'],
    [2, 'critical', 'text'],
    [3, 'unknown', 'text'],
    [4, 'unknown', 'text (exit code 4)'],
    [126, 'unknown', 'text (exit code 126)'],
  ])('ST-1: exit code %i is %s', async (code, state, output) => {
    const name = script(`exit-${code}`, `echo 'text | load=1'; echo more; exit ${code}`);
    expect(await run(check([name]))).toMatchObject({state, output, longOutput: 'more'});
  });

  test('a plugin ended by a signal is unknown', async () => {
    const name = script('dies', 'kill -SEGV $$');
    expect(await run(check([name]))).toMatchObject({state: 'unknown', output: 'plugin ended by SIGSEGV'});
  });

  test('a file that is no program is unknown', async () => {
    writeFileSync(join(folder, 'no-program'), 'text', {mode: 0o644});
    expect(await run(check(['no-program']))).toMatchObject({
      state: 'unknown',
      output: 'plugin cannot be started: EACCES',
    });
  });
});

describe('rule 39', () => {
  test('arguments arrive as they are, whatever a shell would make of them', async () => {
    const written = join(folder, 'written');
    const name = script('args', `for argument; do printf '<%s>' "$argument"; done > ${written}`);
    const args = [
      '$(id)',
      '`id`',
      '; id',
      '&& id',
      '| id',
      '> /tmp/x',
      '*',
      '~',
      '"',
      "'",
      '\\',
      '$IFS',
      '-rf',
      'ä ö',
      '',
    ];
    expect(await run(check([name, ...args]))).toMatchObject({state: 'ok'});
    expect(readFileSync(written, 'utf8')).toBe(args.map(argument => `<${argument}>`).join(''));
  });

  test.each(['a\nb', 'a\rb', 'a\0b'])('an argument %j is refused', async argument => {
    const name = script('never', 'exit 0');
    expect(await run(check([name, argument]))).toMatchObject({
      state: 'unknown',
      output: 'an argument of the plugin has a line break or a NUL in it',
    });
  });

  test('only files of the plugin folders run, symbolic links that lead out do not', async () => {
    const inside = script('inside', 'echo in');
    symlinkSync(join(folder, inside), join(folder, 'alias'));
    symlinkSync('/bin/echo', join(folder, 'escape'));
    expect(await findPlugin('inside', dirs)).toBe(await findPlugin('alias', dirs));
    expect(await findPlugin(join(folder, 'inside'), dirs)).toContain('/inside');
    for (const name of ['escape', '/bin/echo', '../bin/echo', './inside', '', '.', '..', `${folder}/../x`, folder]) {
      await expect(findPlugin(name, dirs), name).rejects.toMatchObject({code: 'CHECK_PLUGIN'});
    }
    await expect(findPlugin('inside', [])).rejects.toMatchObject({code: 'CHECK_PLUGIN'});
    await expect(findPlugin('inside', [`${folder}/ins`])).rejects.toMatchObject({code: 'CHECK_PLUGIN'});
  });

  test('nothing of our environment is handed on', async () => {
    process.env.NOCTURNE_CANARY = 'canary';
    const found = await run(check([script('environment', 'env | sort | tr "\\n" " "')]));
    delete process.env.NOCTURNE_CANARY;
    expect(found.output).not.toContain('canary');
    expect(found.output).toContain('LC_ALL=C.UTF-8');
    expect(found.output.split(' ').filter(word => /^(?!PATH=|LC_ALL=|PWD=|SHLVL=|_=|OLDPWD=)/.test(word))).toEqual([]);
  });

  test('a plugin that hangs is killed with all its children, and is unknown', async () => {
    const outside = virtualOutside();
    const mark = `nocturne-${process.pid}-bomb`;
    const ready = join(folder, 'ready');
    const name = script(
      'bomb',
      `for i in 1 2 3 4 5; do (sh -c 'sleep 600; : ${mark}') & done; : > ${ready}; sleep 600`,
    );
    const result = run(check([name]), {timers: outside.timers});
    await expect.poll(() => readdirSync(folder)).toContain('ready');
    outside.advance(10_000);
    expect(await result).toMatchObject({state: 'unknown', output: 'plugin gave no result within 10 s'});
    await expect.poll(() => living(mark)).toEqual([]);
  });

  test('children that outlive the plugin are killed and do not hold up its result', async () => {
    const mark = `nocturne-${process.pid}-child`;
    const name = script('leaves-child', `(sh -c 'sleep 600; : ${mark}') & echo done`);
    expect(await run(check([name]))).toMatchObject({state: 'ok', output: 'done'});
    await expect.poll(() => living(mark)).toEqual([]);
  });

  test('a flood is stopped, with its head and tail kept', async () => {
    const found = await run(check([script('flood', 'echo first; yes')]));
    expect(found).toMatchObject({state: 'unknown', output: 'plugin writes without end'});
    expect(found.longOutput).toMatch(/^first\ny/);
    expect(Buffer.byteLength(found.longOutput ?? '')).toBeLessThanOrEqual(65_536 + 16);
  });

  test('a flood on standard error is stopped too', async () => {
    const found = await run(check([script('flood-error', 'yes >&2')]));
    expect(found).toMatchObject({state: 'unknown', output: 'plugin writes without end'});
  });
});

/** Command lines that are still running and have `mark` in them. */
function living(mark: string): readonly string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .filter(line => line.includes(mark) && !line.includes('vitest'));
}

describe('rule 12', () => {
  const passwd = join(folder, 'passwd');
  writeFileSync(
    passwd,
    'root:x:0:0::/root:/bin/sh\nnagios:x:117:121::/var:/bin/false\nevil:x:0:0::/:/bin/sh\nbad:x:q:1::/:/bin/sh\n',
  );

  test('root runs plugins as the configured user alone', async () => {
    expect(await findPluginUser('nagios', true, passwd)).toEqual({uid: 117, gid: 121});
    for (const name of [null, 'root', 'evil', 'bad', 'nobody-there']) {
      await expect(findPluginUser(name, true, passwd)).rejects.toMatchObject({code: 'CHECK_PLUGIN_USER'});
    }
  });

  test('anybody else runs them as himself', async () => {
    expect(await findPluginUser(null, false, passwd)).toBeNull();
    expect(await findPluginUser('nagios', false, passwd)).toBeNull();
  });

  test('without a user the check is unknown and says what to do', async () => {
    const refused = await findPluginUser(null, true).catch((error: unknown) => error);
    const pluginUser = (): PluginUser => {
      throw refused;
    };
    expect(await run(check([script('as-root', 'id -u')]), {pluginUser})).toMatchObject({
      state: 'unknown',
      output: 'plugins do not run as root: set collector.pluginUser',
    });
  });

  test.runIf(process.getuid?.() === 0)(
    'a plugin of a root collector reads back its own user id, without our groups',
    async () => {
      const name = script('who', 'echo "$(id -u) $(id -g) $(id -G)"');
      const pluginDirs = [folder];
      // The folder of mkdtemp is ours alone; the plugin's user must get in.
      chmodSync(folder, 0o755);
      const found = await run(check([name]), {pluginDirs, pluginUser: () => ({uid: 65_534, gid: 65_534})});
      expect(found).toMatchObject({state: 'ok', output: '65534 65534 65534'});
    },
  );
});
