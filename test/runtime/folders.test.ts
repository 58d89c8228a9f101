import {describe, expect, test} from 'vitest';
import {configFolder, stateFolder} from '../../src/runtime/folders.ts';

describe('folders', () => {
  test('follow XDG, ignore relative paths, and start from HOME', () => {
    const env = {HOME: '/home/jana', XDG_CONFIG_HOME: '/etc/jana', XDG_STATE_HOME: 'relative'};
    expect(configFolder(env)).toBe('/etc/jana/nocturne');
    expect(stateFolder(env)).toBe('/home/jana/.local/state/nocturne');
    expect(configFolder({HOME: '/home/jana'})).toBe('/home/jana/.config/nocturne');
  });
});
