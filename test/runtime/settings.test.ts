import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {readSettings, settingsFile} from '../../src/runtime/settings.ts';
import {openSettings} from '../../src/runtime/settings-store.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

describe('readSettings', () => {
  test('nothing there means all defaults', () => {
    expect(readSettings('/nonexistent/config.json')).toEqual({
      profile: null,
      profiles: {},
      lang: null,
      theme: null,
      as: null,
      filters: [],
      keys: {},
      tell: {
        rules: [{severity: 'critical', customers: [], filter: null, ways: ['bell', 'desktop']}],
        quiet: null,
        sound: [],
      },
      ascii: null,
      screenReader: false,
      painter: 'cells',
    });
  });

  test.each([
    ['{"lang": "fr"}', 'lang: '],
    ['{"profiles": {"work": {"urls": ["not a url"]}}}', 'profiles.work.urls.0: is not a URL'],
    ['{"keys": {"alerts.ack": "a"}}', 'keys.alerts.ack: '],
    ['[]', ''],
    ['{"lang": "de"', ''],
    ['', ''],
  ])('%s is broken: names file and place, and stays as it is', (text, place) => {
    using folder = temporaryFolder();
    const file = folder.file('config.json');
    writeFileSync(file, text);
    const fault = expect.objectContaining({
      code: 'SETTINGS_BROKEN',
      message: expect.stringContaining(file),
      values: {file, reason: expect.stringContaining(place)},
    });
    expect(() => readSettings(file)).toThrow(fault);
    expect(() => openSettings(file)).toThrow(fault);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('lives under XDG_CONFIG_HOME', () => {
    expect(settingsFile({XDG_CONFIG_HOME: '/x'})).toBe('/x/nocturne/config.json');
  });
});

describe('openSettings', () => {
  test('keeps file and folder to their owner (rule 8)', () => {
    using folder = temporaryFolder();
    const file = folder.file('nocturne/config.json');
    const before = process.umask(0);
    try {
      openSettings(file).change({theme: 'night'});
    } finally {
      process.umask(before);
    }
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder.file('nocturne')).mode & 0o777).toBe(0o700);
    expect(readSettings(file)).toMatchObject({theme: 'night', lang: null});
  });

  test('writes only what changes: other windows and newer versions keep theirs', () => {
    using folder = temporaryFolder();
    const file = folder.file('config.json');
    writeFileSync(file, '{"fromTheFuture": 1, "lang": "de"}');
    const one = openSettings(file);
    const other = openSettings(file);
    one.change({theme: 'dark'});
    other.change({filters: [{key: '1', name: 'Müller', filter: 'customer:mueller'}]});
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      fromTheFuture: 1,
      lang: 'de',
      theme: 'dark',
      filters: [{key: '1', name: 'Müller', filter: 'customer:mueller'}],
    });
    expect(one.current().filters).toHaveLength(1);
  });

  test('a file that was broken meanwhile is not overwritten', () => {
    using folder = temporaryFolder();
    const file = folder.file('config.json');
    const settings = openSettings(file);
    settings.change({theme: 'dark'});
    writeFileSync(file, 'half {');
    expect(() => settings.change({theme: 'light'})).toThrow(expect.objectContaining({code: 'SETTINGS_BROKEN'}));
    expect(readFileSync(file, 'utf8')).toBe('half {');
  });

  test('names with dots are plain names, and names of the prototype do nothing (rule 32)', () => {
    using folder = temporaryFolder();
    const file = folder.file('config.json');
    writeFileSync(file, '{"keys": {"__proto__": ["x"], "constructor": ["x"]}, "__proto__": {"polluted": 1}}');
    openSettings(file).change({keys: {'alerts.acknowledge': ['a']}});
    expect(readSettings(file).keys).toEqual({'alerts.acknowledge': ['a']});
    expect(({} as {polluted?: unknown}).polluted).toBeUndefined();
  });
});
