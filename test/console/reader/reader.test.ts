import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {keymap} from '../../../src/console/keymap.ts';
import {MINUTE, SECOND} from '../../../src/domain/time.ts';
import {text} from '../../support/frames.ts';
import {chartedNight} from '../host-night.ts';
import {acknowledged, busyNight, calmNight, raised, resolved} from '../night.ts';
import {openSpoken} from './open-spoken.ts';

describe('at the start', () => {
  test('the counts, what is silent, and where the cursor is, in German', () => {
    using spoken = openSpoken(busyNight());
    expect(spoken.heard()).toEqual([
      'Nocturne, Vorlesemodus. ? nennt alle Tasten.',
      '02:47 Uhr: 2 kritisch, 1 Warnung, 1 unbekannt ohne Besitzer; 1 quittiert, 15 unterdrückt.',
      '1 weiterer Alarm ist veraltet.',
      'kassel: seit 02:41 nichts gehört, r versucht es sofort (keine Antwort).',
      expect.stringMatching(
        /^kritisch, Müller Maschinenbau GmbH, srv-db-01, disk, Platte \/var 97 %, voll in 6 h, seit 5 min, niemand hat ihn, 1 von \d+$/,
      ),
    ]);
  });

  test('and in English', () => {
    using spoken = openSpoken(busyNight(), 'en');
    const lines = spoken.heard();
    expect(lines[1]).toBe('02:47: 2 critical, 1 warning, 1 unknown that nobody has; 1 acknowledged, 15 suppressed.');
    expect(lines.at(-1)).toMatch(
      /^critical, Müller Maschinenbau GmbH, srv-db-01, disk, .*, for 5 min, nobody has it, 1 of \d+$/,
    );
  });

  test('a calm night is one sentence', () => {
    using spoken = openSpoken(calmNight());
    expect(spoken.heard().at(-1)).toMatch(/^Keine offenen Alarme\./);
  });
});

describe('a key is answered', () => {
  test('a move by the row as a sentence, the end of the list by saying so', async () => {
    using spoken = openSpoken(busyNight());
    spoken.heard();
    expect(await spoken.do('move.down')).toEqual([expect.stringMatching(/, 2 von \d+$/)]);
    expect(await spoken.do('move.top')).toEqual([expect.stringMatching(/, 1 von \d+$/)]);
    expect(await spoken.do('move.up')).toEqual(['Weiter geht es nicht.', expect.stringMatching(/, 1 von \d+$/)]);
  });

  test('an action by what is under way, and when it is on disk', async () => {
    const night = busyNight();
    using spoken = openSpoken(night);
    spoken.heard();
    expect(await spoken.do('alerts.acknowledge')).toContain('Quittieren unterwegs: srv-db-01, disk');
    night.noc.decide();
    expect(await spoken.pass(SECOND)).toContain('Quittieren erledigt: srv-db-01, disk');
    expect((await spoken.do('app.redraw')).at(-1)).toContain('quittiert von jana');
  });

  test('AL-4: a conflict by the name of who was faster', async () => {
    const night = busyNight();
    using spoken = openSpoken(night);
    await spoken.do('alerts.acknowledge');
    const at = night.outside.clock.now() - 6 * MINUTE;
    night.noc.append('berlin', [acknowledged(6, 'Ben', at)], {by: 'Ben', at});
    night.noc.decide();
    expect((await spoken.pass(SECOND)).join('\n')).toMatch(/srv-db-01 .*Ben/);
  });

  test('a refused key by why, an unknown one by what helps', async () => {
    using spoken = openSpoken(busyNight());
    await spoken.do('pane.customers');
    expect((await spoken.do('alerts.acknowledge')).length).toBeGreaterThan(0);
    expect(await spoken.press('ß')).toEqual(['ß ist nicht belegt. ? nennt alle Tasten.']);
  });

  test('help by every key that there is, a line each', async () => {
    using spoken = openSpoken(busyNight(), 'en');
    spoken.heard();
    const lines = await spoken.do('app.help');
    expect(lines).toHaveLength(keymap.filter(({keys}) => keys.length > 0).length);
    expect(lines).toContain('a: acknowledge at once');
    // It lies over nothing: the next key works at once.
    expect(await spoken.do('move.down')).toEqual([expect.stringMatching(/, 2 of \d+$/)]);
  });

  test('every pane by its name, what it amounts to, and its row with the names of its columns', async () => {
    using spoken = openSpoken(busyNight());
    spoken.heard();
    expect(await spoken.do('pane.hosts')).toEqual([
      'Hosts 9',
      expect.stringMatching(/^St AUS, Kunde Bäcker AG, Host fw-01, Dienste in Ordnung 2, 1 von 9$/),
    ]);
    expect((await spoken.do('pane.customers'))[1]).toMatch(/^kritisch, Kunde Bäcker AG, Offen 1/);
    expect((await spoken.do('pane.events'))[1]).toMatch(/srv-db-01 .*Rotation der Logs hängt.*, 1 von/);
    for (const action of ['pane.detail', 'pane.backups', 'pane.sla', 'pane.alerts'] as const) {
      expect((await spoken.do(action)).length).toBeGreaterThan(0);
    }
  });

  test('the detail of a host by its figures in words; they are said when they come', async () => {
    const night = chartedNight();
    using spoken = openSpoken(night);
    await spoken.do('pane.hosts');
    await spoken.press('down');
    const lines = [...(await spoken.press('enter')), ...(await spoken.pass(SECOND))];
    expect(lines).toContain('cpu 34 % min 20 max 95 Grenze 80 / 95 %');
    expect(lines).toContain('kritisch /var voll in 6 h (08:50)');
    expect(lines.join('')).not.toMatch(/[\u2500-\u259f]/u);
  });

  test('the detail goes on line by line, and every line of it comes once', async () => {
    using spoken = openSpoken(busyNight());
    spoken.heard();
    const lines = [...(await spoken.do('list.open')).slice(1)];
    for (let line = 0; line < 40; line++) {
      const next = await spoken.press('j');
      if (next[0] === 'Weiter geht es nicht.') break;
      lines.push(...next);
    }
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.at(-1)).toMatch(/^alertmanager:6f3a/);
  });
});

describe('a line that is typed', () => {
  test('is echoed letter by letter, said anew when it changes elsewhere, and ends with Enter', async () => {
    using spoken = openSpoken(busyNight());
    await spoken.do('list.filter');
    const from = spoken.bytes().length;
    await spoken.press('w', 'e', 'x');
    expect(spoken.bytes().slice(from)).toBe('wex');
    await spoken.press('backspace');
    expect(spoken.bytes().slice(from)).toBe('wex\nFilter: we');
    const lines = await spoken.press('b', 'enter');
    expect(lines.join('\n')).toMatch(/Alarme .*\/web/);
  });

  test('is taken up again behind news that come while it is typed', async () => {
    const night = busyNight();
    using spoken = openSpoken(night);
    await spoken.do('alerts.note');
    await spoken.press('o', 'k');
    spoken.heard();
    night.noc.append('berlin', [raised({n: 60, customer: 'mueller', host: 'fw-01', summary: 'weg'})]);
    const lines = await spoken.pass(SECOND);
    expect(lines[0]).toBe('Neu, kritisch: Müller Maschinenbau GmbH, fw-01: weg');
    expect(lines.at(-1)).toBe('Notiz: ok');
  });

  test('what is pasted outside of one does nothing (security rule 47)', async () => {
    const night = busyNight();
    using spoken = openSpoken(night);
    spoken.heard();
    expect(await spoken.paste('aaaaxq')).toEqual([]);
    expect(night.noc.sent).toEqual([]);
  });
});

describe('news', () => {
  test('are what is new, worse, back, taken and resolved, and by whom; not what one did oneself', async () => {
    const night = busyNight();
    const {noc, outside} = night;
    using spoken = openSpoken(night);
    spoken.heard();
    const now = outside.clock.now();
    noc.append('hamburg', [
      raised({n: 61, customer: 'hofer', host: 'nas-01', service: 'smart', severity: 'warning', summary: 'Platte alt'}),
    ]);
    noc.append('berlin', [acknowledged(5, 'Ben', now)], {by: 'Ben'});
    noc.append('berlin', [acknowledged(6, 'jana', now)], {by: 'jana'});
    noc.append('hamburg', [resolved(2)]);
    const lines = await spoken.pass(SECOND);
    expect(lines).toContain('Neu, Warnung: Hofer KG, nas-01, smart: Platte alt');
    expect(lines).toContain('Bäcker AG, fw-01: Ben hat quittiert');
    expect(lines).toContain('Stadtwerke Fulda, web-02, tls: behoben');
    expect(lines.join('\n')).not.toContain('jana hat quittiert');
  });

  test('a link that is lost, and one that is back', async () => {
    const {noc, outside} = calmNight();
    using spoken = openSpoken({noc, outside});
    spoken.heard();
    const now = outside.clock.now();
    noc.change('berlin', {link: 'down', since: now, reason: {code: 'TIMEOUT', message: text('keine Antwort')}});
    expect((await spoken.pass(SECOND)).join('\n')).toMatch(/berlin/);
    noc.change('berlin', {link: 'live', reason: null});
    expect(await spoken.pass(SECOND)).toContain('berlin ist wieder verbunden.');
  });

  test('of a storm are a few, then a count of the rest, and nothing more until somebody can listen', async () => {
    const night = calmNight();
    const {noc} = night;
    using spoken = openSpoken(night);
    spoken.heard();
    noc.append(
      'berlin',
      Array.from({length: 42}, (_, index) =>
        raised({
          n: 100 + index,
          customer: 'mueller',
          host: `pos-${index}`,
          severity: index < 40 ? 'critical' : 'warning',
          summary: 'weg',
        }),
      ),
    );
    const first = await spoken.pass(SECOND);
    expect(first.filter(line => line.startsWith('Neu, '))).toHaveLength(5);
    expect(await spoken.pass(10 * SECOND)).toContain('37 weitere Meldungen, davon kritisch: 35.');
    expect((await spoken.pass(MINUTE)).filter(line => /Neu|weitere/.test(line))).toEqual([]);
  });

  test('however many come, no more than six lines of news in ten seconds', async () => {
    const night = calmNight();
    using spoken = openSpoken(night);
    spoken.heard();
    let n = 200;
    for (let second = 0; second < 60; second++) {
      const storm = Array.from({length: 50}, () =>
        raised({n: n++, customer: 'mueller', host: `pos-${n}`, summary: 'weg'}),
      );
      night.noc.append('berlin', storm);
      await night.outside.advanceAsync(SECOND);
    }
    const told = spoken.heard().filter(line => /^Neu, |weitere Meldung/.test(line));
    expect(told.length).toBeLessThanOrEqual(6 * 7);
    expect(told.length).toBeGreaterThan(10);
  });
});

describe('text from outside (security rule 42)', () => {
  test('is heard as text: no byte of it moves a cursor, rings, or begins a line of its own', async () => {
    const hostile = fc.string({unit: 'grapheme', maxLength: 60});
    await fc.assert(
      fc.asyncProperty(hostile, async words => {
        const night = calmNight();
        using spoken = openSpoken(night);
        const evil = text(`\x1b]52;c;aGk=\x07\x9b2J\u202e\r\nNeu, kritisch: ${words}`);
        night.noc.append('berlin', [
          raised({n: 70, customer: 'mueller', host: text(`h\x1b[2J${words}`), summary: evil}),
        ]);
        spoken.heard();
        const lines = await spoken.pass(SECOND);
        expect(lines.filter(line => line.startsWith('Neu, kritisch:'))).toHaveLength(1);
        expect(spoken.bytes()).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
        await spoken.do('list.open');
        expect(spoken.bytes()).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      }),
      {numRuns: 30},
    );
  });
});
