import {describe, expect, test} from 'vitest';
import {hostKey} from '../../src/domain/address.ts';
import {HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {type OpenConsole, openConsole} from '../support/console.tsx';
import {text} from '../support/frames.ts';
import {acknowledged, busyNight, calmNight, floodNight, type Night} from './night.ts';

interface Case {
  readonly name: string;
  readonly night?: () => Night;
  /** What is done before the screen is compared. */
  readonly act?: (console: OpenConsole, night: Night) => Promise<void>;
  readonly isReadOnly?: boolean;
}

const CASES: readonly Case[] = [
  {name: 'night'},
  {name: 'calm', night: calmNight},
  {name: 'customers', act: console => console.do('pane.customers')},
  {
    name: 'customer',
    act: async console => {
      await console.do('pane.customers');
      await console.press('down', 'enter');
    },
  },
  {name: 'hosts', act: console => console.do('pane.hosts')},
  {
    name: 'hosts-filtered',
    act: async console => {
      await console.do('pane.hosts');
      await console.do('list.filter');
      await console.type('gibtesnicht');
      await console.press('enter');
    },
  },
  {name: 'detail', act: console => console.do('list.open')},
  {name: 'events', act: console => console.do('pane.events')},
  {
    name: 'pending',
    act: console => console.do('alerts.acknowledge'),
  },
  {
    name: 'settled',
    act: async (console, {noc}) => {
      await console.do('alerts.acknowledge');
      noc.decide();
      await console.pass(100);
    },
  },
  {
    name: 'conflict',
    act: async (console, {noc, outside}) => {
      await console.do('alerts.acknowledge');
      const at = outside.clock.now() - 6 * MINUTE;
      noc.append('berlin', [acknowledged(6, 'Ben', at)], {by: 'Ben', at});
      noc.decide();
      await console.pass(100);
    },
  },
  {name: 'marked', act: console => console.do('alerts.markAll')},
  {name: 'read-only', isReadOnly: true, act: console => console.do('alerts.acknowledge')},
  {name: 'flood', night: floodNight},
];

const LINKS: readonly Case[] = [
  {
    name: 'silent',
    night: calmNight,
    act: async (console, {noc, outside}) => {
      const now = outside.clock.now();
      const reason = {code: 'TIMEOUT', message: text('keine Antwort')};
      noc.change('kassel', {link: 'down', since: now - 6 * MINUTE, heardAt: now - 6 * MINUTE, reason});
      await console.pass(11 * SECOND);
    },
  },
  {
    name: 'loading',
    night: calmNight,
    act: async (console, {noc}) => {
      noc.change('kassel', {link: 'loading', state: null, heardAt: null});
      noc.change('hamburg', {link: 'connecting', state: null, heardAt: null});
      await console.pass(100);
    },
  },
  {
    name: 'refused',
    night: calmNight,
    act: async (console, {noc}) => {
      const reason = {code: 'REVOKED', message: text('the token has been revoked or has expired')};
      noc.change('kassel', {link: 'refused', reason});
      await console.pass(100);
    },
  },
  {
    name: 'silent-source',
    night: calmNight,
    act: async (console, {noc}) => {
      const source = {name: 'alertmanager', type: 'alertmanager', capabilities: ['push']};
      noc.append('berlin', [
        {type: 'source.defined', source},
        {type: 'source.freshness', name: 'alertmanager', freshness: 'stale'},
      ]);
      await console.pass(100);
    },
  },
  {
    name: 'unheard',
    night: calmNight,
    act: async (console, {noc}) => {
      const reason = {code: 'REFUSED', message: text('connect ECONNREFUSED')};
      for (const name of ['berlin', 'hamburg', 'kassel']) {
        noc.change(name, {link: 'down', state: null, heardAt: null, reason});
      }
      await console.pass(100);
    },
  },
  {
    name: 'queued',
    act: async (console, {noc, outside}) => {
      noc.change('berlin', {link: 'down', heardAt: outside.clock.now() - 3 * HOUR});
      await console.pass(12 * SECOND);
      await console.do('alerts.acknowledge');
    },
  },
];

const LANGUAGES: readonly Language[] = ['de', 'en'];

const all = LANGUAGES.flatMap(lang => [...CASES, ...LINKS].map(one => ({...one, lang})));

describe('frames', () => {
  test.each(all)('$name in $lang', async one => {
    const {name, night: open = busyNight, act, lang, isReadOnly = false} = one;
    const night = open();
    const {noc, outside} = night;
    noc.history = async (_, host) => ({
      t: 'history',
      id: 1,
      host,
      stepMs: 2 * MINUTE,
      until: outside.clock.now(),
      series: {
        cpu: TREND.map(value => (host === hostKey({customer: 'mueller', site: '', host: 'fw-01'}) ? null : value)),
        memory: TREND.map(value => value / 2 + 40),
        disk: TREND.map((_value, index) => 90 + index / 4),
        load: [],
        latency: [],
      },
    });
    using console = openConsole({store: noc, outside, lang, isReadOnly});
    await act?.(console, night);
    await console.toMatchFrames(name);
  });

  test.each([
    [39, 24],
    [80, 9],
    [20, 6],
  ])('too small: %i x %i says so, and shows the worst all the same', async (columns, rows) => {
    for (const lang of LANGUAGES) {
      const {noc, outside} = busyNight();
      using console = openConsole({store: noc, outside, columns, rows, lang});
      await console.toMatchFrame(`small-${columns}x${rows}-${lang}`);
      expect((await console.frame())[0]).toContain('srv-db-01'.slice(0, columns - 10));
    }
  });

  test.each(LANGUAGES)('just large enough: 40 x 10 in %s', async lang => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside, columns: 40, rows: 10, lang});
    await console.toMatchFrame(`least-40x10-${lang}`);
  });
});

const TREND: readonly number[] = Array.from({length: 30}, (_, index) => Math.round(50 + 45 * Math.sin(index / 3)));
