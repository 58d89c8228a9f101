import {describe, expect, test} from 'vitest';
import {CONSOLE_COMMANDS, commandNamed} from '../../src/console/command-table.ts';
import {keymap} from '../../src/console/keymap.ts';
import {createKeys, DEFAULT_KEYS} from '../../src/console/keys.ts';
import {createTranslate, LANGUAGES} from '../../src/runtime/i18n.ts';

describe('keys', () => {
  test('a change replaces all keys of an action', () => {
    const keys = createKeys({'alerts.acknowledge': ['Q', 'ctrl+k']}, []);
    expect(keys.of('Q')?.action).toBe('alerts.acknowledge');
    expect(keys.of('ctrl+k')?.action).toBe('alerts.acknowledge');
    expect(keys.of('a')).toBeUndefined();
    expect(keys.of('e')?.action).toBe('alerts.escalate');
  });

  test('two actions may swap their keys', () => {
    const keys = createKeys({'alerts.note': ['e'], 'alerts.escalate': ['n']}, []);
    expect([keys.of('e')?.action, keys.of('n')?.action]).toEqual(['alerts.note', 'alerts.escalate']);
  });

  test.each([
    ['one key for two actions', {'alerts.note': ['a']}, [], 'KEYS_TAKEN'],
    ['an action that there is not', {'alerts.notes': ['m']}, [], 'KEYS_ACTION'],
    ['a key that nobody can press', {'alerts.note': ['ctrl+shift+n']}, [], 'KEYS_NAME'],
    ['Ctrl-I, which is Tab', {'alerts.note': ['ctrl+i']}, [], 'KEYS_NAME'],
    ['no way out', {'app.quit': []}, [], 'KEYS_NO_WAY'],
    ['a filter on a key that is taken', {}, [{key: 'a', name: 'mine', filter: '!acked'}], 'KEYS_TAKEN'],
  ])('refuses %s', (_, changes, saved, code) => {
    expect(() => createKeys(changes, saved)).toThrow(expect.objectContaining({code}));
  });

  test('no two bindings share a key as they come', () => {
    const keys = keymap.filter(({scope}) => scope !== 'backups').flatMap(binding => [...binding.keys]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(DEFAULT_KEYS.bindings).toHaveLength(keymap.length);
  });
});

describe('commands', () => {
  test('every action of the keymap has one, each name once', () => {
    const names = CONSOLE_COMMANDS.map(({name}) => name);
    expect(new Set(names).size).toBe(names.length);
    const reached = CONSOLE_COMMANDS.flatMap(command => ('action' in command ? [command.action] : []));
    const byOrder = ['app.command', 'list.filter', 'list.sort', 'list.group'];
    expect(keymap.map(({action}) => action).filter(it => !byOrder.includes(it))).toEqual(reached);
  });

  test('every command that opens a line of text says that it takes some', () => {
    const withText = CONSOLE_COMMANDS.filter(({argument}) => argument === '[TEXT]').map(({name}) => name);
    expect(withText.toSorted()).toEqual([
      'acknowledge-with',
      'downtime',
      'note',
      'priority',
      'restore-test',
      'snooze',
      'tell',
      'wait',
    ]);
  });

  test('the first command that starts as typed is taken', () => {
    expect(commandNamed('cust')?.name).toBe('customer');
    expect(commandNamed('customers')?.name).toBe('customers');
    expect(commandNamed('Q')?.name).toBe('quit');
    expect(commandNamed('esc')?.name).toBe('escalate');
    expect(commandNamed('ack')?.name).toBe('acknowledge');
    expect(commandNamed('nix')).toBeUndefined();
    expect(commandNamed('')).toBeUndefined();
  });

  test.each(['re', 'res', 'r', 'e', 'd', 's'])(
    '%s starts several, of which one acts for everybody: none is taken',
    name => {
      expect(commandNamed(name)).toBeUndefined();
    },
  );

  test.each(LANGUAGES)('each is explained in %s', language => {
    const t = createTranslate(language);
    expect(CONSOLE_COMMANDS.filter(({help}) => t(help) === help)).toEqual([]);
  });
});
