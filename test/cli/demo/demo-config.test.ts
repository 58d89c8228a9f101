import {writeFileSync} from 'node:fs';
import {afterAll, expect, test} from 'vitest';
import {demoConfig} from '../../../src/cli/demo/demo-config.ts';
import {demoWorld} from '../../../src/cli/demo/world.ts';
import {loadConfig} from '../../../src/collector/main.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

test.each([
  ['a bare machine', {plugins: [], exporterUrl: null, isRoot: false}],
  [
    'a machine with everything',
    {plugins: ['check_disk', 'check_load'], exporterUrl: 'http://127.0.0.1:9100/metrics', isRoot: true},
  ],
])('the configuration for %s has no problem', (_name, machine) => {
  const file = folder.file('nocturne.yaml');
  const places = {port: 7420, exporterPort: 7421, data: folder.file('data'), now: Date.UTC(2026, 10, 21, 1, 47)};
  const written = demoConfig(demoWorld(), places, {hostname: 'hier', ...machine});
  writeFileSync(file, JSON.stringify(written), {mode: 0o600});
  const {config, problems} = loadConfig(file);
  expect(problems).toEqual([]);
  expect(config?.customers).toHaveLength(9);
  expect(config?.checks.filter(check => check.customer === 'eigen').map(check => check.type)).toEqual([
    'ping',
    'tcp',
    'http',
    ...machine.plugins.map(() => 'plugin'),
  ]);
  expect(config?.hosts.filter(host => host.parents.length > 0)).toHaveLength(14);
  expect(config?.onCall.map(({customers}) => customers)).toEqual([null, null, ['fulda']]);
  expect(config?.collector.pluginUser).toBe(machine.isRoot ? 'nobody' : null);
});
