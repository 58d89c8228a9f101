import {describe, expect, test} from 'vitest';
import {SECOND} from '../../src/domain/time.ts';
import {createFormat} from '../../src/runtime/format.ts';
import type {Language} from '../../src/runtime/i18n.ts';
import {createTranslate} from '../../src/runtime/i18n.ts';
import {compose, type Showing} from '../../src/wall/compose.ts';
import type {Figures, NightResult} from '../../src/wall/figures.ts';
import {FramePainter} from '../../src/wall/frame-painter.ts';
import {layoutOf} from '../../src/wall/layout.ts';
import {createPicture} from '../../src/wall/picture.ts';
import {PAGES, type Page} from '../../src/wall/rotation.ts';
import {trendOf} from '../../src/wall/trend.ts';
import {createHeadlessScreen} from '../../widgets/wall/headless-screen.ts';
import {Stage} from '../../widgets/wall/stage.ts';
import {NIGHT} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {headlessTerminal} from '../support/headless-terminal.ts';
import {nightStore, raised} from './night.ts';
import {onCallStore} from './on-call-night.ts';
import {wallOf} from './open-wall.ts';

const SIZES = [
  [80, 24],
  [120, 40],
  [200, 60],
] as const;
const LANGUAGES: readonly Language[] = ['de', 'en'];

/** A frame as a file: what stands on the screen, an end mark on each row so that blanks are seen. */
function frame(lines: readonly string[]): string {
  return `${lines.map(line => `${line}|`).join('\n')}\n`;
}

const cases = SIZES.flatMap(([columns, rows]) =>
  LANGUAGES.flatMap(lang => PAGES.map(page => ({columns, rows, lang, page}))),
);

describe('the pages of the wall', () => {
  test.each(cases)('$page at $columns x $rows in $lang', async ({columns, rows, lang, page}) => {
    const wall = wallOf({store: nightStore(), columns, rows, lang, flags: {pages: page}});
    await expect(frame(await wall.lines())).toMatchFileSnapshot(
      `../frames/wall/${page}-${columns}x${rows}-${lang}.txt`,
    );
  });

  test('lists in big letters on a very large screen', async () => {
    const wall = wallOf({store: nightStore(), columns: 400, rows: 120, flags: {pages: 'now'}});
    await expect(frame(await wall.lines())).toMatchFileSnapshot('../frames/wall/now-400x120-de.txt');
  });

  test.each(SIZES)('a new critical alert takes the band of the page at %i x %i', async (columns, rows) => {
    const store = nightStore();
    const wall = wallOf({store, columns, rows});
    const trouble = {
      customer: 'kanzlei',
      host: 'srv-01',
      service: 'raid',
      severity: 'critical',
      summary: 'RAID ausgefallen',
    } as const;
    store.append('hamburg', NIGHT + SECOND, [raised({n: 900, ...trouble})]);
    wall.outside.advance(2 * SECOND);
    await expect(frame(await wall.lines())).toMatchFileSnapshot(`../frames/wall/urgent-${columns}x${rows}-de.txt`);
  });

  test.each(SIZES)('says over the whole screen that nobody answers at %i x %i', async (columns, rows) => {
    const wall = wallOf({store: nightStore(), columns, rows});
    wall.outside.advance(75 * SECOND);
    await expect(frame(await wall.lines())).toMatchFileSnapshot(`../frames/wall/blind-${columns}x${rows}-de.txt`);
  });
});

const nights = (last: NightResult): readonly NightResult[] => [
  ...Array.from({length: 11}, (): NightResult => 'success'),
  'warning',
  'late',
  last,
];

/** What later collectors will say: then the same pages show it. */
const figures: Figures = {
  sla: {
    next: {
      dueAt: NIGHT + 581 * SECOND,
      level: 'critical',
      clock: 'response',
      customer: text('Müller Maschinenbau GmbH'),
      host: text('srv-db-01'),
      what: text('Platte /var 97 %'),
    },
    compliancePercent: () => 97.95,
    budgetLeftPercent: () => 41,
    nextByCustomer: new Map([
      ['mueller', NIGHT + 581 * SECOND],
      ['baecker', NIGHT + 52 * 60 * SECOND],
    ]),
  },
  backups: () => ({
    rows: [
      {
        customer: 'fulda',
        name: text('Stadtwerke Fulda'),
        nights: nights('missed'),
        isRuleMet: false,
        oldestGoodAgeMs: 3 * 86_400_000,
        isStale: false,
      },
      {
        customer: 'hofer',
        name: text('Hofer KG'),
        nights: nights('failed'),
        isRuleMet: null,
        oldestGoodAgeMs: null,
        isStale: false,
      },
      {
        customer: 'mueller',
        name: text('Müller Maschinenbau GmbH'),
        nights: nights('success'),
        isRuleMet: true,
        oldestGoodAgeMs: 7_200_000,
        isStale: false,
      },
    ],
  }),
  onCall: () => null,
};

async function composed(page: Page, columns: number, rows: number, lang: Language): Promise<readonly string[]> {
  const picture = {...createPicture(null)(nightStore().getSnapshot(), NIGHT), figures};
  const t = createTranslate(lang);
  const layout = layoutOf(columns, rows, null);
  const showing: Showing = {
    page,
    leaf: 0,
    pages: PAGES,
    isPaused: true,
    urgent: [],
    trend: trendOf([], picture.view, NIGHT, NIGHT),
    title: 'Nocturne',
  };
  const context = {t, format: createFormat(lang, t), now: NIGHT, me: null, scale: layout.scale, hasDots: true};
  const stage = new Stage(createHeadlessScreen(columns, rows));
  const terminal = headlessTerminal(columns, rows);
  const painter = new FramePainter('xterm-256color', 'true');
  await terminal.write(painter.paint(stage.frame(compose(picture, showing, layout, context))));
  const lines = terminal.lines();
  stage.close();
  terminal.dispose();
  return lines;
}

describe('the pages with figures of SLA and backups', () => {
  test.each(cases.filter(({lang, page}) => lang === 'de' && page !== 'onCall'))(
    '$page at $columns x $rows',
    async ({columns, rows, lang, page}) => {
      const lines = await composed(page, columns, rows, lang);
      await expect(frame(lines)).toMatchFileSnapshot(`../frames/wall/figures-${page}-${columns}x${rows}-${lang}.txt`);
    },
  );
});

describe('the page of who is on call (OC-2, OC-4)', () => {
  test.each(cases.filter(({page}) => page === 'onCall'))(
    'at $columns x $rows in $lang',
    async ({columns, rows, lang, page}) => {
      const wall = wallOf({store: onCallStore(), columns, rows, lang, flags: {pages: page}});
      await expect(frame(await wall.lines())).toMatchFileSnapshot(
        `../frames/wall/schedules-${columns}x${rows}-${lang}.txt`,
      );
    },
  );

  test.each(SIZES)(
    'writes the one who answers in big letters where there is room, at %i x %i',
    async (columns, rows) => {
      const wall = wallOf({store: onCallStore(), columns, rows, flags: {pages: 'onCall'}, customer: 'mueller'});
      await expect(frame(await wall.lines())).toMatchFileSnapshot(
        `../frames/wall/schedule-of-one-${columns}x${rows}-de.txt`,
      );
    },
  );
});
