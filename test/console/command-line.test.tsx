import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {keymap} from '../../src/console/keymap.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {openConsole} from '../support/console.tsx';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {busyNight} from './night.ts';

function open(lang: Language = 'de', over: {readonly isReadOnly?: boolean} = {}) {
  const night = busyNight();
  return {...night, console: openConsole({store: night.noc, outside: night.outside, lang, ...over})};
}

describe('the command line', () => {
  test.each(['de', 'en'] as const)('offers what a command can be, and completes by Tab, in %s', async lang => {
    using noc = open(lang).console;
    await noc.do('app.command');
    await noc.type('cust');
    await noc.press('tab', 'tab');
    expect((await noc.frame()).at(-1)).toContain(': customers');
    await noc.press('shift+tab');
    await noc.type('muel');
    await noc.press('tab', 'enter');
    expect((await noc.frame())[1]).toContain('› Müller Maschinenbau');
  });

  test('a filter is completed with the values that there are', async () => {
    using noc = open().console;
    await noc.do('list.filter');
    await noc.type('customer:hof');
    await noc.press('tab', 'enter');
    expect((await noc.frame())[1]).toContain('› /customer:');
  });

  test('orders and groups, and says so', async () => {
    using noc = open().console;
    await noc.do('app.command');
    await noc.type('group customer');
    await noc.press('enter');
    expect((await noc.frame()).join('\n')).toMatch(/Bäcker AG +1\b/);
    await noc.do('list.sort');
    expect((await noc.frame()).at(-1)).toContain('nach Schwere');
  });

  test('Up brings earlier lines back, Esc leaves nothing', async () => {
    using noc = open().console;
    for (const line of ['hosts', 'alerts']) {
      await noc.do('app.command');
      await noc.type(line);
      await noc.press('enter');
    }
    await noc.do('app.command');
    await noc.press('up', 'up');
    expect((await noc.frame()).at(-1)).toContain(': hosts');
    await noc.press('escape');
    expect((await noc.frame()).join('\n')).not.toContain(': hosts');
  });

  test('says what there is not, and what was meant', async () => {
    using noc = open().console;
    await noc.do('app.command');
    await noc.type('theme nihgt');
    await noc.press('enter');
    expect((await noc.frame()).at(-1)).toContain('nihgt');
    await noc.do('app.command');
    await noc.type('frobnicate');
    await noc.press('enter');
    expect((await noc.frame()).at(-1)).toContain('„frobnicate“ gibt es nicht');
    await noc.do('app.command');
    await noc.type('res');
    await noc.press('enter');
    expect((await noc.frame()).at(-1)).toContain('„res“ ist nicht eindeutig: resume, resolve, restore-test');
    await noc.do('app.command');
    await noc.type('acknowlege');
    await noc.press('enter');
    expect((await noc.frame()).at(-1)).toContain('Gemeint war acknowledge?');
  });

  test('changes the language and the theme of the running console', async () => {
    using noc = open().console;
    for (const line of ['lang en', 'theme monochrome']) {
      await noc.do('app.command');
      await noc.type(line);
      await noc.press('enter');
    }
    expect((await noc.frame()).join('\n')).toContain('DUE');
    expect((await noc.frame()).join('\n')).not.toContain('FRIST');
  });

  test('writes the list to a new file, and never over one', async () => {
    using folder = temporaryFolder();
    using noc = open().console;
    const file = folder.file('a.json');
    for (const _ of [1, 2]) {
      await noc.do('app.command');
      await noc.paste(`export ${file}`);
      await noc.press('enter');
    }
    expect(JSON.parse(readFileSync(file, 'utf8')).alerts.length).toBeGreaterThan(0);
    expect((await noc.frame()).at(-1)).toContain('gibt es schon');
  });

  test('acknowledges the alert that was chosen when the line was opened, and nothing with --read-only', async () => {
    const night = open();
    using noc = night.console;
    await noc.do('app.command');
    await noc.type('acknowledge');
    await noc.press('enter');
    expect(night.noc.sent.map(({kind}) => kind)).toEqual(['ack']);
    const looking = open('de', {isReadOnly: true});
    using readOnly = looking.console;
    await readOnly.do('app.command');
    await readOnly.type('acknowledge');
    await readOnly.press('enter');
    expect(looking.noc.sent).toEqual([]);
    expect((await readOnly.frame()).at(-1)).toContain('--read-only');
  });

  test('keeps a filter under a name and a key, which then calls it', async () => {
    using noc = open().console;
    await noc.do('list.filter');
    await noc.type('severity:warning');
    await noc.press('enter');
    await noc.do('app.command');
    await noc.type('save Warnungen 9');
    await noc.press('enter');
    await noc.press('escape', 'escape');
    expect((await noc.frame())[1]).not.toContain('severity:warning');
    await noc.press('9');
    expect((await noc.frame())[1]).toContain('› /severity:warning');
    await noc.do('app.command');
    await noc.type('save Andere a');
    await noc.press('enter');
    expect((await noc.frame()).at(-1)).toContain('doppelt belegt');
  });

  test('rule 45: the clipboard is written by y alone, with at most 4 KiB', async () => {
    using noc = open().console;
    await noc.pass(61_000);
    expect(noc.bytes()).not.toContain('\x1b]52');
    await noc.do('alerts.copy');
    const [, text = ''] = /\x1b\]52;c;([A-Za-z0-9+/=]+)\x07/.exec(noc.bytes()) ?? [];
    expect(Buffer.from(text, 'base64').toString()).toContain('srv-db-01');
    expect(text.length).toBeLessThan(4096);
    expect(noc.bytes().split('\x1b]52')).toHaveLength(2);
  });

  test('rule 47: a paste of 1 MB with every key of the keymap changes nothing', async () => {
    const night = open();
    using noc = night.console;
    const before = await noc.frame();
    const keys = keymap.flatMap(binding => binding.keys.filter(key => key.length === 1)).join('');
    await noc.paste(`${keys}\r\n`.repeat(Math.ceil(1_000_000 / keys.length)));
    expect(await noc.frame()).toEqual(before);
    expect(night.noc.sent).toEqual([]);
  });

  test('] and [ walk the alerts that nobody has', async () => {
    using noc = open().console;
    const row = async () => (await noc.frame()).find(line => line.startsWith('▌')) ?? '';
    const seen = new Set<string>();
    for (let press = 0; press < 8; press++) {
      await noc.do('alerts.nextOpen');
      seen.add(await row());
    }
    expect(seen.size).toBeGreaterThan(1);
    for (const line of seen) expect(line).not.toContain('✓');
  });
});
