import {describe, expect, test} from 'vitest';
import {HOUR} from '../../src/domain/time.ts';
import {createFormat} from '../../src/runtime/format.ts';
import {createTranslate, type Language} from '../../src/runtime/i18n.ts';
import {lineWidth} from '../../src/view/cells.ts';
import {onCallFor, selectOnCall, withoutOnCall} from '../../src/view/on-call.ts';
import {onCallJson} from '../../src/view/on-call-json.ts';
import {onCallLines, onCallNames} from '../../src/view/on-call-line.ts';
import {onCallSection} from '../../src/view/report/handover-on-call.ts';
import {NIGHT} from '../support/clock.ts';
import {nightStore} from '../wall/night.ts';
import {onCallDefined, onCallStore} from '../wall/on-call-night.ts';

// Clocks stand there in the zone of the machine.
process.env.TZ = 'Europe/Berlin';

const all = () => true;
const only = (customer: string) => (id: string) => id === customer;

function names(isMeant: (customer: string) => boolean, now = NIGHT): readonly string[] {
  return selectOnCall(onCallStore().getSnapshot(), isMeant, now).map(
    ({schedule, who, next}) => `${schedule}: ${who?.name ?? 'nobody'}, ${next?.name ?? 'nobody'}`,
  );
}

describe('who is on call (OC-2, OC-4, OC-5)', () => {
  test('those without anybody first, then by name; a schedule is one entry, however many it serves', () => {
    expect(names(all)).toEqual([
      'Leitung: nobody, Jana Berg',
      'Technik: Çağla Öztürk, Jana Berg',
      'ホテル: 東京 太郎, nobody',
    ]);
    expect(names(all, NIGHT + 5 * HOUR)[0]).toBe('Leitung: Jana Berg, nobody');
  });

  test('a customer is served by its own schedules and by those for all of its collector, and by no other', () => {
    expect(names(only('tokyo'))).toEqual(['Technik: Çağla Öztürk, Jana Berg', 'ホテル: 東京 太郎, nobody']);
    expect(names(only('mueller'))).toEqual(['Technik: Çağla Öztürk, Jana Berg']);
    expect(names(only('kassel'))).toEqual(['Leitung: nobody, Jana Berg']);
    expect(names(only('kanzlei'))).toEqual([]);
  });

  test('a handover at eight is one at eight, however far the clock of the collector is from ours', () => {
    for (const skewMs of [-4, 3, 120_000]) {
      const store = onCallStore();
      store.change('berlin', {skewMs});
      const [technik] = selectOnCall(store.getSnapshot(), only('mueller'), NIGHT);
      expect(technik?.until).toBe(Date.parse('2026-11-23T08:00:00+01:00'));
    }
  });

  test('customers without any schedule are told, those of nobody are none', () => {
    expect(withoutOnCall(onCallStore().getSnapshot(), all)).toEqual(['Kanzlei Weiß & Söhne']);
    expect(withoutOnCall(nightStore().getSnapshot(), only('mueller'))).toEqual(['Müller Maschinenbau GmbH']);
  });
});

describe('who is on call for one customer, in a line', () => {
  const store = onCallStore();
  const lines = (customer: string, lang: Language = 'de', width = 120) => {
    const t = createTranslate(lang);
    const context = {t, format: createFormat(lang, t), now: NIGHT, me: null};
    return onCallLines(onCallFor(store.getSnapshot(), customer, NIGHT) ?? [], width, context);
  };
  const words = (...given: Parameters<typeof lines>) =>
    lines(...given)
      .map(line => line.map(({text}) => text).join(''))
      .join('\n');

  test('who, how to reach them and until when; the schedule before it where there are several', () => {
    expect(words('mueller')).toBe('Bereitschaft: Çağla Öztürk +49 171 5550103 bis Mo 23.11. 08:00');
    expect(words('mueller', 'en')).toBe('On call: Çağla Öztürk +49 171 5550103 until Mon 11-23 08:00');
    expect(words('tokyo')).toBe(
      'Bereitschaft: Technik Çağla Öztürk +49 171 5550103 bis Mo 23.11. 08:00   ホテル 東京 太郎 bis So 22.11. 08:47',
    );
  });

  test('schedules that do not fit beside each other stand below each other, none wider than the pane', () => {
    expect(words('tokyo', 'de', 76)).toBe(
      [
        'Bereitschaft: Technik Çağla Öztürk +49 171 5550103 bis Mo 23.11. 08:00',
        '              ホテル 東京 太郎 bis So 22.11. 08:47',
      ].join('\n'),
    );
    for (let width = 1; width < 100; width++) {
      for (const line of lines('tokyo', 'de', width)) expect(lineWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  test('nobody by word and shape, in the colour of what needs a hand; no schedule in words (OC-2)', () => {
    expect(words('kassel')).toBe('Bereitschaft: ▲ niemand bis 07:47');
    expect(lines('kassel')[0]?.find(({text}) => text.includes('niemand'))?.tone).toBe('critical');
    expect(words('kanzlei')).toBe('Bereitschaft: kein Bereitschaftsplan hinterlegt');
    expect(words('kanzlei', 'en')).toBe('On call: no on-call schedule');
  });

  test('what a silent collector said last is marked as such', () => {
    const silent = onCallStore();
    silent.change('hamburg', {link: 'down'});
    const t = createTranslate('de');
    const context = {t, format: createFormat('de', t), now: NIGHT, me: null};
    const [parts = []] = onCallLines(onCallFor(silent.getSnapshot(), 'kassel', NIGHT) ?? [], 80, context);
    expect(parts.map(({text}) => text).join('')).toBe('Bereitschaft: ○ ▲ niemand bis 07:47');
    expect(parts.map(({tone}) => tone)).not.toContain('critical');
  });

  test('where nobody has a schedule, none is missed', () => {
    expect(onCallFor(nightStore().getSnapshot(), 'mueller', NIGHT)).toBeNull();
  });

  test('names alone for a question', () => {
    const names = (customer: string) => {
      const entries = onCallFor(store.getSnapshot(), customer, NIGHT) ?? [];
      return onCallNames(entries, createTranslate('de'));
    };
    expect(names('tokyo')).toBe('Bereitschaft: Çağla Öztürk, 東京 太郎');
    expect(names('kassel')).toBe('Bereitschaft: ▲ niemand');
    expect(names('kanzlei')).toBe('');
  });

  test('as JSON: null where there is nobody, instants in UTC', () => {
    const json = (customer: string) => selectOnCall(store.getSnapshot(), only(customer), NIGHT).map(onCallJson);
    expect(json('mueller')).toEqual([
      {
        schedule: 'Technik',
        who: 'Çağla Öztürk',
        contact: '+49 171 5550103',
        until: '2026-11-23T07:00:00Z',
        next: 'Jana Berg',
      },
    ]);
    expect(json('kassel')).toEqual([
      {schedule: 'Leitung', who: null, contact: null, until: '2026-11-21T06:47:00Z', next: 'Jana Berg'},
    ]);
  });
});

describe('who is on call, in the handover (HD-1)', () => {
  const section = (store: ReturnType<typeof onCallStore>, lang: Language = 'de') => {
    const t = createTranslate(lang);
    return onCallSection(store.getSnapshot(), {t, format: createFormat(lang, t), now: NIGHT, me: null});
  };

  test('now and next with how to reach them, gaps of the next fortnight, and who has no schedule', () => {
    expect(section(onCallStore())).toEqual([
      '| Plan    | Für                                      | Jetzt                        | Bis             | Danach                    |',
      '| ------- | ---------------------------------------- | ---------------------------- | --------------- | ------------------------- |',
      '| Leitung | Kassel Logistik                          | **niemand**                  | 07:47           | Jana Berg +49 171 5550101 |',
      '| Technik | alle Kunden                              | Çağla Öztürk +49 171 5550103 | Mo 23.11. 08:00 | Jana Berg +49 171 5550101 |',
      '| ホテル  | Praxis Dr. Öztürk, 東京ホテル Düsseldorf | 東京 太郎                    | So 22.11. 08:47 | **niemand**               |',
      '',
      '- ホテル: So 22.11. 08:47 bis So 22.11. 18:47 niemand',
      '- Ohne Bereitschaftsplan: Kanzlei Weiß & Söhne',
    ]);
  });

  test('says so without any schedule, and of a silent collector', () => {
    expect(section(nightStore(), 'en')).toEqual(['no on-call schedule']);
    const endless = onCallStore();
    const overrides = [{from: NIGHT, to: NIGHT + HOUR, user: 'ben'}];
    endless.append('hamburg', NIGHT, onCallDefined({id: 'n', name: 'Nacht', customers: ['kanzlei'], overrides}));
    expect(section(endless)).toContain('- Nacht: ab 03:47 niemand');
    const silent = onCallStore();
    silent.change('hamburg', {link: 'down'});
    expect(section(silent)[2]).toContain('| Leitung (Sammler stumm) |');
  });
});
