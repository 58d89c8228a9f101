import {describe, expect, test} from 'vitest';
import {DAY, HOUR} from '../../src/domain/time.ts';
import {parseCollectorConfig} from '../../src/runtime/collector-config-load.ts';
import {problemLine} from '../../src/runtime/config-problem.ts';
import {createTranslate} from '../../src/runtime/i18n.ts';

function read(schedules: string) {
  const people = 'people: {anna: {name: Anna Berg, contact: "+49 171 5550101"}, ben: {name: Ben Krüger}}';
  const text = `collector: {name: berlin}\ncustomers: [{id: mueller}, {id: hofer}]\nonCall:\n  ${people}\n  schedules:\n    - ${schedules}\n`;
  return parseCollectorConfig(text, {folder: '/etc/nocturne', env: {}, sourceTypes: null});
}

function problems(schedules: string): readonly string[] {
  return read(schedules).problems.map(({severity, code, line, column}) => `${severity} ${code} ${line}:${column}`);
}

const LAYER = '{rotation: weekly, start: 2026-03-02, handover: "08:00", people: [anna, ben]}';

describe('onCall: in the configuration (OC-4, OC-5)', () => {
  test('layers and overrides as rotations and instants, people with what is known of them', () => {
    const {config, problems: found} = read(
      `{id: technik, name: Technik, customers: [mueller], layers: [${LAYER}], overrides: [{start: 2026-03-29T01:00, end: 2026-03-29T08:00, person: ben}]}`,
    );
    expect(found).toEqual([]);
    expect(config?.onCall).toEqual([
      {
        id: 'technik',
        name: 'Technik',
        customers: ['mueller'],
        people: [
          {id: 'anna', name: 'Anna Berg', contact: '+49 171 5550101'},
          {id: 'ben', name: 'Ben Krüger', contact: null},
        ],
        schedule: {
          layers: [
            {
              timeZone: 'Europe/Berlin',
              startLocal: '2026-03-02T08:00',
              shiftMs: 7 * DAY,
              participants: ['anna', 'ben'],
            },
          ],
          // Six hours on the clock of that night: it is put forward.
          overrides: [{from: Date.UTC(2026, 2, 29), to: Date.UTC(2026, 2, 29, 6), user: 'ben'}],
        },
      },
    ]);
  });

  test.each([
    ['daily', DAY],
    ['weekly', 7 * DAY],
    ['12h', 12 * HOUR],
    ['3d', 3 * DAY],
    ['2w', 14 * DAY],
  ])('rotation: %s', (rotation, shiftMs) => {
    const {config} = read(
      `{id: a, timezone: Asia/Tokyo, layers: [{rotation: ${rotation}, start: 2026-03-02, handover: "08:00", people: [ben]}]}`,
    );
    expect(config?.onCall[0]).toMatchObject({
      name: 'a',
      customers: null,
      people: [{id: 'ben'}],
      schedule: {layers: [{shiftMs, timeZone: 'Asia/Tokyo'}], overrides: []},
    });
  });

  test.each([
    [`{id: a, customers: [muller], layers: [${LAYER}]}`, 'error CONFIG_UNKNOWN_CUSTOMER 6:27'],
    [`{id: a, customers: [hofer, hofer], layers: [${LAYER}]}`, 'error CONFIG_TWICE 6:34'],
    [`{id: a, customers: some, layers: [${LAYER}]}`, 'error CONFIG_ON_CALL_CUSTOMERS 6:26'],
    [
      `{id: a, layers: [{rotation: daily, start: 2026-03-02, handover: "08:00", people: [bne]}]}`,
      'error CONFIG_UNKNOWN_PERSON 6:89',
    ],
    [
      `{id: a, layers: [{rotation: daily, start: 2026-03-02, handover: "08:00", people: []}]}`,
      'error CONFIG_EMPTY 6:88',
    ],
    [
      `{id: a, layers: [{rotation: monthly, start: 2026-03-02, handover: "08:00", people: [ben]}]}`,
      'error CONFIG_ROTATION 6:35',
    ],
    [
      `{id: a, layers: [{rotation: daily, start: 2026-02-30, handover: "08:00", people: [ben]}]}`,
      'error CONFIG_DATE 6:49',
    ],
    [
      `{id: a, layers: [{rotation: daily, start: 2026-03-02, handover: "24:00", people: [ben]}]}`,
      'error CONFIG_TIME 6:71',
    ],
    [`{id: a, timezone: Europe/Berln, layers: [${LAYER}]}`, 'error CONFIG_TIMEZONE 6:25'],
    [
      '{id: a, overrides: [{start: 2026-03-02T08:00, end: 2026-03-02T08:00, person: ben}]}',
      'error CONFIG_END_BEFORE_START 6:58',
    ],
    ['{id: a, overrides: [{start: 2026-03-02, end: 2026-03-03T08:00, person: ben}]}', 'error CONFIG_LOCAL_TIME 6:35'],
    ['{id: a, overrides: [{start: 2026-02-30T08:00, end: 2026-03-03T08:00, person: ben}]}', 'error CONFIG_DATE 6:35'],
    [
      '{id: a, overrides: [{start: 2026-03-01T08:00, end: 2026-03-03T08:00, person: zoe}]}',
      'error CONFIG_UNKNOWN_PERSON 6:84',
    ],
    ['{id: a, name: leer}', 'error CONFIG_ON_CALL_EMPTY 6:12'],
    [`{id: a, layers: [${LAYER}]}\n    - {id: a, layers: [${LAYER}]}`, 'error CONFIG_TWICE 7:12'],
    [
      '{id: a, overrides: [{start: 2026-03-02T08:00, end: 2026-03-03T08:00, person: ben}, {start: 2026-03-03T07:59, end: 2026-03-04T08:00, person: anna}]}',
      'warning CONFIG_OVERRIDES_OVERLAP 6:98',
    ],
  ])('%s: %s', (written, wanted) => {
    expect(problems(written)).toEqual([wanted]);
  });

  test('two who follow each other do not overlap', () => {
    const overrides =
      '[{start: 2026-03-02T08:00, end: 2026-03-03T08:00, person: ben}, {start: 2026-03-03T08:00, end: 2026-03-04T08:00, person: anna}]';
    expect(problems(`{id: a, overrides: ${overrides}}`)).toEqual([]);
  });

  test('a schedule too large for a frame is refused (rule 20)', () => {
    const pad = 'x'.repeat(64);
    const load = (layers: number) => {
      const ids = Array.from({length: layers * 50}, (_, index) => `p${index}`);
      const people = ids.map(id => `${id}: {name: ${pad}, contact: ${pad}}`);
      const written = Array.from({length: layers}, (_, layer) => {
        const turns = ids.slice(layer * 50, layer * 50 + 50);
        return `{rotation: daily, start: 2026-03-02, handover: "08:00", people: [${turns}]}`;
      });
      const text = `collector: {name: b}\nonCall: {people: {${people}}, schedules: [{id: a, layers: [${written}]}]}\n`;
      return parseCollectorConfig(text, {folder: '/', env: {}, sourceTypes: null});
    };
    expect(load(4).problems).toEqual([]);
    expect(load(8).problems.map(({code}) => code)).toEqual(['CONFIG_ON_CALL_LONG']);
  });

  test('a name that is not known is told with what was probably meant, in both languages', () => {
    const [problem] = read(
      '{id: a, layers: [{rotation: daily, start: 2026-03-02, handover: "08:00", people: [benn]}]}',
    ).problems;
    const line = (lang: 'de' | 'en') => problem && problemLine('c.yaml', problem, createTranslate(lang));
    expect(line('de')).toBe('c.yaml:6:89: unter onCall.people steht kein „benn“ (gemeint ist vielleicht „ben“)');
    expect(line('en')).toBe('c.yaml:6:89: there is no "benn" under onCall.people (did you mean "ben"?)');
  });
});
