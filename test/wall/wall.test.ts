import {describe, expect, expectTypeOf, test} from 'vitest';
import type {NocStore} from '../../src/client/noc.ts';
import {HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import type {WallStore} from '../../src/wall/picture.ts';
import {GRACE_MS, HEARTBEAT_MS} from '../../src/wall/vitals.ts';
import {NIGHT, virtualOutside} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {HOSTILE_TEXTS} from './hostile.ts';
import {MemoryStore} from './memory-store.ts';
import {acknowledged, customerDefined, nightStore, raised} from './night.ts';
import {type OpenWall, wallOf} from './open-wall.ts';

/** What the palette paints in green, in true colour. */
const GREEN = '#54ae66';

async function greenCells(wall: OpenWall): Promise<number> {
  await wall.lines();
  return wall.terminal
    .cells()
    .flat()
    .filter(cell => cell.style.includes(GREEN)).length;
}

async function screenText(wall: OpenWall): Promise<string> {
  return (await wall.lines()).join('\n');
}

const trouble = {
  customer: 'kanzlei',
  host: 'srv-01',
  service: 'raid',
  severity: 'critical',
  summary: 'RAID ausgefallen',
} as const;

describe('a silent collector', () => {
  test('leaves no green cell of its customers after heartbeat and grace, and says how old they are', async () => {
    const store = nightStore();
    const wall = wallOf({store, flags: {pages: 'customers'}});
    expect(await greenCells(wall)).toBeGreaterThan(0);
    // Hamburg goes on; Berlin, killed, says nothing more, and TCP does not know yet.
    for (let second = 0; second < (HEARTBEAT_MS + GRACE_MS) / SECOND; second++) {
      store.heard('hamburg', wall.outside.clock.now());
      wall.outside.advance(SECOND);
    }
    const shown = await screenText(wall);
    expect(shown).toContain('○ berlin 17s');
    expect(shown).toMatch(/○ 17s Hofer KG/);
    expect(shown).toMatch(/✓ OK Kassel Logistik/);
    for (const row of wall.terminal.cells()) {
      const line = row.map(cell => cell.text).join('');
      if (!/Kassel|Kanzlei/.test(line)) expect(row.some(cell => cell.style.includes(GREEN))).toBe(false);
    }
  });

  test('leaves no green cell anywhere when it was the last one: the whole screen says so', async () => {
    const wall = wallOf({store: nightStore(), flags: {pages: 'customers'}});
    expect(await greenCells(wall)).toBeGreaterThan(0);
    wall.outside.advance(HEARTBEAT_MS + GRACE_MS);
    expect(await greenCells(wall)).toBe(0);
    const shown = await screenText(wall);
    expect(shown).toContain('KEIN SAMMLER ANTWORTET');
    expect(shown).not.toContain('Hofer');
  });

  test('comes back as if nothing had been', async () => {
    const store = nightStore();
    const wall = wallOf({store, flags: {pages: 'customers'}});
    const before = await screenText(wall);
    wall.outside.advance(MINUTE);
    expect(await screenText(wall)).toContain('KEIN SAMMLER ANTWORTET');
    store.heard('berlin', wall.outside.clock.now() - SECOND);
    store.heard('hamburg', wall.outside.clock.now() - 3 * SECOND);
    wall.outside.advance(SECOND);
    expect((await screenText(wall)).split('\n').slice(3, 20)).toEqual(before.split('\n').slice(3, 20));
  });

  test('whose clock we set back is not believed to live', async () => {
    const wall = wallOf({store: nightStore(), flags: {pages: 'customers'}});
    wall.outside.jump(-HOUR);
    wall.outside.advance(SECOND);
    expect(await greenCells(wall)).toBe(0);
  });

  test('that refuses us is named at once, with its reason', async () => {
    const store = new MemoryStore();
    store.addCollector('berlin', NIGHT, {
      link: 'refused',
      reason: {code: 'REVOKED', message: text('the token has been revoked or has expired')},
    });
    const shown = await screenText(wallOf({store}));
    expect(shown).toContain('○ berlin abgewiesen');
    expect(shown).toContain('das Token wurde widerrufen oder ist abgelaufen');
  });

  test('that has never been heard is waited for without alarm', async () => {
    const store = new MemoryStore();
    store.addCollector('berlin', NIGHT, {link: 'connecting', heardAt: null, state: null});
    const shown = await screenText(wallOf({store}));
    expect(shown).toContain('Verbindet …');
    expect(shown).not.toContain('KEIN SAMMLER');
  });
});

test('the trend knows a new hour from its first second on', async () => {
  const store = nightStore();
  const wall = wallOf({store, flags: {pages: 'trend'}});
  const untilTheHour = HOUR - (NIGHT % HOUR);
  // Half a minute off the minute, so that the trend of every minute is not due on the hour.
  wall.outside.jump(untilTheHour - 30 * SECOND);
  for (let second = 0; second < 31; second++) {
    for (const name of ['berlin', 'hamburg']) store.heard(name, wall.outside.clock.now());
    wall.outside.advance(SECOND);
  }
  expect(await screenText(wall)).toContain('0 in dieser Stunde');
});

describe('a new critical alert', () => {
  test('interrupts the rotation for 60 seconds, and then the page before has its whole time', async () => {
    const store = nightStore();
    const wall = wallOf({store, flags: {pages: 'trend,customers', rotate: '30s'}});
    const alive = (): void => {
      for (const name of ['berlin', 'hamburg']) store.heard(name, wall.outside.clock.now());
      wall.outside.advance(SECOND);
    };
    for (let second = 0; second < 10; second++) alive();
    expect(await screenText(wall)).toContain('● Trend');
    store.append('hamburg', wall.outside.clock.now(), [raised({n: 900, ...trouble})]);
    for (let second = 0; second < 59; second++) alive();
    expect(await screenText(wall)).toContain('NEU UND DRINGEND');
    for (let second = 0; second < 3; second++) alive();
    expect(await screenText(wall)).not.toContain('NEU UND DRINGEND');
    for (let second = 0; second < 27; second++) alive();
    expect(await screenText(wall)).toContain('● Trend');
    for (let second = 0; second < 4; second++) alive();
    expect(await screenText(wall)).toContain('● Kunden');
  });

  test.each([
    ['de', 'https', 'connection refused', 'srv-01 / https   Verbindung abgelehnt'],
    ['en', 'https', 'connection refused', 'srv-01 / https   connection refused'],
    ['de', 'disk /', 'backup-failed', 'srv-01   Sicherung fehlgeschlagen'],
  ] as const)(
    'names the service in %s unless the words are Nocturne’s own: %s, %s',
    async (lang, service, summary, line) => {
      const store = nightStore();
      const wall = wallOf({store, lang});
      store.append('hamburg', NIGHT + SECOND, [raised({n: 900, ...trouble, service, summary})]);
      wall.outside.advance(2 * SECOND);
      expect(await screenText(wall)).toContain(line);
    },
  );

  test('stops interrupting when somebody has it, or turns the page', async () => {
    const store = nightStore();
    const wall = wallOf({store});
    store.append('hamburg', NIGHT, [raised({n: 900, ...trouble}), raised({n: 901, ...trouble, host: 'srv-02'})]);
    wall.outside.advance(SECOND);
    expect(await screenText(wall)).toContain('und ein weiterer');
    store.append('hamburg', NIGHT + SECOND, [acknowledged(900, 'Jana', NIGHT + SECOND)]);
    wall.outside.advance(SECOND);
    expect(await screenText(wall)).not.toContain('und ein weiterer');
    wall.press('\x1b[C');
    expect(await screenText(wall)).not.toContain('NEU UND DRINGEND');
    expect(await screenText(wall)).toContain('● Kunden');
  });

  test('that was there when the wall was switched on does not interrupt', async () => {
    expect(await screenText(wallOf({store: nightStore()}))).not.toContain('NEU UND DRINGEND');
  });
});

describe('the hand of the user', () => {
  test('turns pages by arrows, holds them with p, and pages pass by themselves', async () => {
    const store = nightStore();
    const wall = wallOf({store, flags: {rotate: '5s'}});
    const shownPage = async (): Promise<string> => /● (\S+)[^●]*$/.exec((await wall.lines()).at(-2) ?? '')?.[1] ?? '';
    const pass = (seconds: number): void => {
      for (let second = 0; second < seconds; second++) {
        for (const name of ['berlin', 'hamburg']) store.heard(name, wall.outside.clock.now());
        wall.outside.advance(SECOND);
      }
    };
    expect(await shownPage()).toBe('Lage');
    pass(6);
    expect(await shownPage()).toBe('Kunden');
    wall.press('p');
    pass(20);
    expect(await shownPage()).toBe('Kunden');
    expect(await screenText(wall)).toContain('angehalten');
    wall.press('\x1b[D');
    wall.press('\x1b[D');
    expect(await shownPage()).toBe('Bereitschaft');
    wall.press('p');
    pass(6);
    expect(await shownPage()).toBe('Lage');
    // Pages without data are passed over by time.
    pass(18);
    expect(await shownPage()).toBe('Lage');
  });

  test('quits with q, and the exit code tells a signal', async () => {
    const quits = wallOf({store: nightStore()});
    quits.press('q');
    expect(await quits.exit).toBe(0);
    const interrupted = wallOf({store: nightStore()});
    interrupted.press('\x03');
    expect(await interrupted.exit).toBe(130);
    const terminated = wallOf({store: nightStore()});
    terminated.process.emit('SIGTERM');
    expect(await terminated.exit).toBe(143);
  });

  test('cannot paste keys: a pasted text changes nothing (rule 47)', async () => {
    const wall = wallOf({store: nightStore()});
    const before = await wall.lines();
    wall.press('\x1b[200~q');
    wall.press('q');
    wall.press('p');
    wall.press('\x1b[201~');
    wall.press('qqqqppp\x1b[C');
    expect(await wall.lines()).toEqual(before);
    wall.press('p');
    expect(await screenText(wall)).toContain('angehalten');
  });

  test('changes no data: the store that it is given has no way to send (read-only by construction)', async () => {
    expectTypeOf<WallStore>().not.toHaveProperty('send');
    expectTypeOf<keyof WallStore>().toEqualTypeOf<'getSnapshot'>();
    expectTypeOf<NocStore>().toExtend<WallStore>();
    const asked = new Set<string>();
    const store = new Proxy(nightStore(), {
      get(target, property) {
        asked.add(String(property));
        return target.getSnapshot.bind(target);
      },
    });
    const wall = wallOf({store});
    for (let code = 0; code < 256; code++) {
      const key = String.fromCharCode(code);
      if (!['q', '\x03', '\x1a'].includes(key)) wall.press(key);
    }
    for (const key of ['\x1b[A', '\x1b[B', '\x1b[C', '\x1b[D', '\x1bOP', '\x1b[15~', '\r', '\t']) wall.press(key);
    wall.outside.advance(5 * SECOND);
    expect([...asked]).toEqual(['getSnapshot']);
  });
});

describe('the terminal', () => {
  test('is given back as it was found when the wall crashes, which is told afterwards (rule 48)', async () => {
    const store = {
      getSnapshot: () => {
        if (outside.clock.now() > NIGHT) throw new Error('broken');
        return night.getSnapshot();
      },
    };
    const outside = virtualOutside();
    const night = nightStore();
    const wall = wallOf({store, outside});
    await wall.lines();
    expect(wall.terminal.isAlternateScreen()).toBe(true);
    try {
      outside.advance(2 * SECOND);
    } catch (error) {
      wall.process.emit('uncaughtException', error);
    }
    expect(await wall.exit).toBe(1);
    await wall.lines();
    expect(wall.terminal.isAlternateScreen()).toBe(false);
    expect(wall.terminal.cursor().isHidden).toBe(false);
    expect(wall.tty.isRaw).toBe(false);
    expect(wall.reports).toEqual([new Error('broken')]);
  });

  test('is given back for a stop, left alone, and drawn whole afterwards (rule 48)', async () => {
    const wall = wallOf({store: nightStore()});
    const before = await wall.lines();
    wall.press('\x1a');
    await wall.outside.advanceAsync(0);
    expect(wall.tty.isRaw).toBe(false);
    wall.written();
    wall.outside.advance(20);
    expect(wall.written()).toBe('');
    wall.process.emit('SIGCONT');
    expect(wall.tty.isRaw).toBe(true);
    expect(await wall.lines()).toEqual(before);
    expect(wall.terminal.isAlternateScreen()).toBe(true);
  });

  test('that hangs up ends the wall (rule 49)', async () => {
    const wall = wallOf({store: nightStore()});
    wall.tty.emit('end');
    expect(await wall.exit).toBe(129);
  });

  test('that takes no bytes is not given more, and shows the newest frame afterwards (rule 51)', async () => {
    const store = nightStore();
    const wall = wallOf({store});
    wall.written();
    wall.output.setIdle(false);
    for (let second = 0; second < 60; second++) {
      store.heard('berlin', wall.outside.clock.now());
      wall.outside.advance(SECOND);
    }
    expect(wall.written()).toBe('');
    wall.output.setIdle(true);
    expect(await screenText(wall)).toContain('02:48:00');
  });

  test('is resized while the wall runs, in one frame for many sizes', async () => {
    const store = nightStore();
    const wall = wallOf({store, columns: 120, rows: 40, flags: {pages: 'trend'}});
    wall.written();
    for (let width = 119; width > 80; width--) {
      wall.tty.columns = width;
      wall.process.emit('SIGWINCH');
    }
    expect(wall.written()).toBe('');
    wall.resize(80, 24);
    const small = await wall.lines();
    expect(small).toEqual(await wallOf({store, columns: 80, rows: 24, flags: {pages: 'trend'}}).lines());
    wall.resize(200, 60);
    expect(await wall.lines()).toEqual(await wallOf({store, columns: 200, rows: 60, flags: {pages: 'trend'}}).lines());
  });

  test('is painted whole again when its terminal was small for a moment and is as large as before', async () => {
    const wall = wallOf({store: nightStore()});
    const before = await wall.lines();
    await wall.terminal.write('\x1b[H\x1b[J');
    wall.resize(120, 40);
    expect(await wall.lines()).toEqual(before);
  });

  test('without colours is still told apart by shape and word (NO_COLOR, rule 50)', async () => {
    const wall = wallOf({store: nightStore(), flags: {pages: 'customers'}, env: {NO_COLOR: '1'}});
    const shown = await screenText(wall);
    expect(shown).toMatch(/▲ KRIT.*▲ KRIT/);
    for (const cell of wall.terminal.cells().flat()) expect(cell.style).toMatch(/^-\/-/);
  });

  test('never gets a title, a clipboard or a report request (rules 42 and 45)', async () => {
    const wall = wallOf({store: nightStore()});
    wall.outside.advance(20 * SECOND);
    wall.resize(100, 30);
    await wall.lines();
    expect(wall.output.bytes).not.toMatch(/\x1b\]|\x1bP|\x1b\[[0-9;]*[nct]|\x05/);
    expect(wall.terminal.replies()).toBe('');
  });
});

describe('hostile names', () => {
  test.each(HOSTILE_TEXTS)('%j draws as text and touches nothing else (rule 42)', async hostile => {
    const store = nightStore();
    store.append('berlin', NIGHT, [
      customerDefined('mueller', hostile),
      raised({n: 900, customer: 'mueller', host: hostile, service: hostile, severity: 'critical', summary: hostile}),
    ]);
    for (const pages of ['now', 'customers', 'trend']) {
      const wall = wallOf({store, flags: {pages}});
      await wall.lines();
      expect(wall.terminal.replies()).toBe('');
      expect(wall.terminal.title()).toBe('');
      expect(wall.terminal.lines()[1]).toContain('Sa 21.11. 02:47:00');
      if (hostile.includes('{red-fg}') && pages === 'customers') {
        expect(await screenText(wall)).toContain('{red-fg}');
      }
    }
  });
});

describe('months of running', () => {
  test('keeps no timer, no listener and no byte more than at its start', async () => {
    const store = nightStore();
    const wall = wallOf({store, flags: {rotate: '5s'}});
    const alive = (seconds: number): void => {
      for (let second = 0; second < seconds; second++) {
        for (const name of ['berlin', 'hamburg']) store.heard(name, wall.outside.clock.now());
        wall.outside.advance(SECOND);
      }
    };
    alive(60);
    const timers = wall.outside.pending();
    const listeners = wall.process.eventNames().length + wall.tty.eventNames().length;
    alive(600);
    expect(wall.outside.pending()).toBe(timers);
    expect(wall.process.eventNames().length + wall.tty.eventNames().length).toBe(listeners);
  });

  test('writes a ticking second in a few bytes, and draws the whole screen anew every ten minutes', () => {
    const store = nightStore();
    const wall = wallOf({store, flags: {pages: 'now'}});
    wall.outside.advance(SECOND);
    wall.written();
    wall.outside.advance(SECOND);
    // Clock, tick and two ages.
    expect(wall.written().length).toBeLessThan(80);
    let whole = 0;
    for (let second = 0; second < 20 * 60; second++) {
      for (const name of ['berlin', 'hamburg']) store.heard(name, wall.outside.clock.now());
      wall.outside.advance(SECOND);
      if (wall.written().includes('\x1b[2J')) whole++;
    }
    expect(whole).toBe(2);
  });
});

describe('a wall in a lobby', () => {
  test('of a customer whom nobody knows does not say that nothing is open', async () => {
    const shown = await screenText(wallOf({store: nightStore(), customer: 'muller', flags: {pages: 'now'}}));
    expect(shown).toContain('Diesen Kunden kennt kein Sammler');
    expect(shown).not.toContain('Keine offenen Alarme');
    expect(await screenText(wallOf({store: nightStore(), customer: 'unassigned'}))).toContain('Keine offenen Alarme');
  });

  test('shows the name and the data of its customer alone', async () => {
    const store = nightStore();
    for (const pages of ['now', 'customers', 'trend']) {
      const wall = wallOf({store, customer: 'mueller', flags: {pages}});
      const shown = await screenText(wall);
      expect(shown).toContain('Müller Maschinenbau GmbH');
      expect(shown).not.toMatch(/Bäcker|Stadtwerke|Hofer|Kassel/);
    }
  });
});
