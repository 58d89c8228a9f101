import {join} from 'node:path';
import {expect, test} from 'vitest';
import {createContext} from '../../src/cli/context.ts';
import {makePrivateFolder, writeDurably} from '../../src/runtime/durable-file.ts';
import {settingsFile} from '../../src/runtime/settings.ts';
import {virtualOutside} from '../support/clock.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

test.each([
  [[], {}, null, 'dark'],
  [['--profile', 'nord'], {}, 'nord', 'light'],
  [['--profile=nord'], {NOCTURNE_PROFILE: 'sued'}, 'nord', 'light'],
  [[], {NOCTURNE_PROFILE: 'nord'}, 'nord', 'light'],
  [['--profile', 'sued'], {}, 'sued', 'dark'],
] as const)(
  'the theme is that of the profile in use, else of the settings: %j %j',
  async (argv, over, profile, theme) => {
    using folder = temporaryFolder();
    const env = {XDG_CONFIG_HOME: folder.path, HOME: folder.path, ...over};
    makePrivateFolder(join(settingsFile(env), '..'));
    const settings = {theme: 'dark', profiles: {nord: {theme: 'light'}, sued: {}}};
    writeDurably(settingsFile(env), JSON.stringify(settings));
    const output = {write() {}, isTTY: false, columns: 80};
    const shell = {env, stdout: output, stderr: output, outside: virtualOutside()};
    const silent = {readStdin: async () => null, streamStdin: async () => false};
    const context = createContext({...shell, ...silent}, argv);
    expect(await context.profileName()).toBe(profile);
    expect(await context.themeName()).toBe(theme);
  },
);
