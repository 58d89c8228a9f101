import {afterEach, describe, expect, test} from 'vitest';
import {HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import {NIGHT} from '../support/clock.ts';
import {HOSTILE_TEXTS} from './hostile.ts';
import {nightStore} from './night.ts';
import {onCallDefined, onCallStore} from './on-call-night.ts';
import {type OpenWall, type OpenWallOptions, openWall} from './open-wall.ts';

const walls: OpenWall[] = [];
afterEach(() => {
  for (const wall of walls.splice(0)) wall[Symbol.dispose]();
});

function wallOf(options: OpenWallOptions): OpenWall {
  const wall = openWall({flags: {pages: 'onCall'}, ...options});
  walls.push(wall);
  return wall;
}

async function screenText(wall: OpenWall): Promise<string> {
  return (await wall.lines()).join('\n');
}

/** Colours of the cells of the row that holds `text`. */
function stylesOf(wall: OpenWall, text: string): string {
  const row = wall.terminal.cells().find(cells =>
    cells
      .map(cell => cell.text)
      .join('')
      .includes(text),
  );
  return (row ?? []).map(({style}) => style).join(' ');
}

describe('the page of who is on call', () => {
  test('hands over by itself at the instant, and not a second before (OC-4)', async () => {
    const store = nightStore();
    const layers = [{startLocal: '2026-11-20T02:48', shiftMs: 24 * HOUR, participants: ['jana', 'ben']}];
    store.append('berlin', NIGHT, onCallDefined({id: 't', name: 'Technik', customers: null, layers}));
    const wall = wallOf({store, columns: 80, rows: 12});
    expect(await screenText(wall)).toMatch(/ {3}Jana Berg\n.* bis 02:48 {3}ab dann Ben Krüger/);
    for (let second = 1; second < 60; second++) {
      store.heard('berlin', wall.outside.clock.now());
      wall.outside.advance(SECOND);
    }
    expect(await screenText(wall)).toMatch(/02:47:59.* {3}Jana Berg\n/s);
    wall.outside.advance(SECOND);
    expect(await screenText(wall)).toMatch(/02:48:00.* {3}Ben Krüger\n.* bis So 22\.11\. 02:48 {3}ab dann Jana Berg/s);
  });

  test('goes by the clock of the collector: one that is ahead has handed over already', async () => {
    const store = nightStore();
    const overrides = [
      {from: NIGHT - HOUR, to: NIGHT + MINUTE, user: 'jana'},
      {from: NIGHT + MINUTE, to: NIGHT + 3 * HOUR, user: 'ben'},
    ];
    store.append('berlin', NIGHT, onCallDefined({id: 't', name: 'Technik', customers: null, overrides}));
    store.change('berlin', {skewMs: 2 * MINUTE});
    const wall = wallOf({store, columns: 80, rows: 12});
    // What is planned stands as it is planned, not two minutes earlier.
    expect(await screenText(wall)).toMatch(/ {3}Ben Krüger\n.* bis 05:47/);
  });

  test('nobody is a word and a shape beside the colour; without colours the same stands there (OC-2)', async () => {
    const wall = wallOf({store: onCallStore(), columns: 80, rows: 24});
    expect(await screenText(wall)).toContain('▲ niemand');
    expect(stylesOf(wall, '▲ niemand')).toContain('#ff4036');
    const mono = wallOf({store: onCallStore(), columns: 80, rows: 24, env: {NO_COLOR: '1'}});
    expect(await screenText(mono)).toBe(await screenText(wall));
  });

  test('what a silent collector said last is grey and has its age', async () => {
    const store = onCallStore();
    const wall = wallOf({store, columns: 80, rows: 24});
    for (let second = 0; second < 16; second++) {
      store.heard('hamburg', wall.outside.clock.now());
      wall.outside.advance(SECOND);
    }
    const shown = await screenText(wall);
    expect(shown).toMatch(/Technik {3}○ 18s {3}alle Kunden von berlin/);
    expect(shown).toMatch(/Leitung {3}Kassel Logistik/);
    expect(stylesOf(wall, 'Çağla Öztürk')).toContain('#8a8a8a');
    expect(stylesOf(wall, 'ab dann ▲ niemand')).not.toContain('#ff4036');
    expect(stylesOf(wall, '  ▲ niemand')).toContain('#ff4036');
  });

  test("a lobby sees its customer's schedules and no name of another customer (rule 19)", async () => {
    const wall = wallOf({store: onCallStore(), customer: 'tokyo', columns: 80, rows: 40});
    const shown = await screenText(wall);
    expect(shown).toContain('ホテル   東京ホテル');
    expect(shown).not.toMatch(/Öztürk\s*,|Praxis|Leitung|Kassel|ohne Bereitschaftsplan/);
  });

  test('without a schedule says that none is there; time passes it over', async () => {
    const wall = wallOf({store: nightStore(), columns: 80, rows: 24});
    expect(await screenText(wall)).toContain('Kein Bereitschaftsplan hinterlegt.');
    const turning = wallOf({store: nightStore(), columns: 80, rows: 24, flags: {pages: 'now,onCall', rotate: '5s'}});
    turning.outside.advance(6 * SECOND);
    expect(await screenText(turning)).toContain('● Lage');
    const known = wallOf({store: onCallStore(), columns: 80, rows: 24, flags: {pages: 'now,onCall', rotate: '5s'}});
    known.outside.advance(6 * SECOND);
    expect(await screenText(known)).toContain('● Bereitschaft');
  });

  test('more schedules than fit turn as leaves', async () => {
    const store = nightStore();
    for (let n = 10; n < 19; n++) {
      const overrides = [{from: NIGHT - HOUR, to: NIGHT + HOUR, user: 'jana'}];
      store.append('berlin', NIGHT, onCallDefined({id: `s${n}`, name: `Plan ${n}`, customers: null, overrides}));
    }
    const wall = wallOf({store, columns: 80, rows: 24, flags: {pages: 'onCall', rotate: '5s'}});
    expect(await screenText(wall)).toMatch(/Plan 10.*Bereitschaft 1\/3/s);
    wall.outside.advance(6 * SECOND);
    expect(await screenText(wall)).toMatch(/Plan 1[34].*Bereitschaft 2\/3/s);
  });

  test.each(HOSTILE_TEXTS)('%j as a name draws as text and touches nothing else (rule 42)', async hostile => {
    const store = nightStore();
    const overrides = [
      {from: NIGHT - HOUR, to: NIGHT + HOUR, user: hostile},
      {from: NIGHT + HOUR, to: NIGHT + 2 * HOUR, user: `${hostile} `.repeat(12)},
    ];
    store.append('berlin', NIGHT, onCallDefined({id: 'h', name: hostile, customers: ['tokyo'], overrides}));
    for (const columns of [80, 200]) {
      const wall = wallOf({store, columns, rows: 24});
      const shown = await wall.lines();
      expect(wall.terminal.replies()).toBe('');
      expect(wall.terminal.title()).toBe('');
      expect(shown[0]).toContain('Sa 21.11. 02:47:00');
      expect(shown.at(-1)).toContain('● Bereitschaft');
      if (hostile.includes('{red-fg}')) expect(shown[4]).toContain('{red-fg}{bold}Müller{/}   東京ホテル');
    }
  });
});
