import DateHolidays from 'date-holidays';
import {describe, expect, test} from 'vitest';
import {formatDate, parseDate} from '../../../src/domain/local-time/civil-date.ts';
import {type HolidayRegion, holidayOn, holidaysOf} from '../../../src/domain/sla/holidays.ts';
import {HOLIDAYS} from '../examples/shapes.ts';

const YEARS = Array.from({length: 2040 - 1995 + 1}, (_, index) => 1995 + index);

function ours(region: HolidayRegion, year: number): readonly string[] {
  return holidaysOf(HOLIDAYS, region, year).map(({day}) => formatDate(day));
}

const opinions = new Map<string, DateHolidays>();

/** What the package date-holidays says, an independent source. */
function theirs(year: number, state: string, region = ''): readonly string[] {
  const place = `${state} ${region}`;
  const opinion =
    opinions.get(place) ?? (region === '' ? new DateHolidays('DE', state) : new DateHolidays('DE', state, region));
  opinions.set(place, opinion);
  const dates = opinion.getHolidays(year).flatMap(({date, type}) => (type === 'public' ? [date.slice(0, 10)] : []));
  return [...new Set(dates)].sort();
}

describe('public holidays', () => {
  test.each(Object.keys(HOLIDAYS.subdivisions))(
    'of %s are those of date-holidays from 1995 to 2040 (HO-1, HO-2, HO-4)',
    land => {
      for (const year of YEARS)
        expect({year, dates: ours({subdivision: land}, year)}).toEqual({year, dates: theirs(year, land)});
    },
  );

  test.each([
    ['a catholic municipality in Bavaria', {subdivision: 'BY', catholicMunicipality: true}, 'KATH'],
    ['Augsburg, without the other flag', {subdivision: 'BY', augsburg: true}, 'A'],
    ['a catholic municipality in Bautzen', {subdivision: 'SN', catholicMunicipality: true}, 'BZ'],
    ['a catholic municipality in Eichsfeld', {subdivision: 'TH', catholicMunicipality: true}, 'EIC'],
  ] as const)('of %s are those of date-holidays (HO-3)', (_, region, code) => {
    for (const year of [2018, 2024, 2026, 2027, 2038]) {
      expect(ours(region, year)).toEqual(theirs(year, region.subdivision, code));
    }
  });

  test('a flag changes nothing where no rule asks for it (HO-3)', () => {
    for (const subdivision of ['BW', 'BE', 'NW', 'SL', 'HH']) {
      const flagged = {subdivision, catholicMunicipality: true, augsburg: true};
      expect(ours(flagged, 2026)).toEqual(ours({subdivision}, 2026));
    }
  });

  test.each([
    ['2017-10-31', 'HE', 'Reformationstag'],
    ['2018-10-31', 'HE', null],
    ['2020-05-08', 'BE', 'Tag der Befreiung (einmalig)'],
    ['2021-05-08', 'BE', null],
    ['2025-05-08', 'BB', null],
    ['2022-03-08', 'MV', null],
    ['2018-09-20', 'TH', null],
    ['2019-09-20', 'TH', 'Weltkindertag'],
    ['2022-11-16', 'SN', 'Buß- und Bettag'],
    ['2023-11-22', 'SN', 'Buß- und Bettag'],
    ['2026-12-31', 'BY', null],
    ['2026-04-02', 'BY', null],
    ['2026-02-16', 'NW', null],
    ['2038-04-25', 'BB', 'Ostersonntag'],
  ])('%s in %s is %s (HO-2, HO-4, HO-6)', (date, subdivision, name) => {
    expect(holidayOn(HOLIDAYS, {subdivision}, parseDate(date))?.name ?? null).toBe(name);
  });

  test('two on one date are one day: Ascension on 1 May 2008', () => {
    const found = holidaysOf(HOLIDAYS, {subdivision: 'HE'}, 2008).filter(({day}) => formatDate(day) === '2008-05-01');
    expect(found).toHaveLength(1);
  });
});
