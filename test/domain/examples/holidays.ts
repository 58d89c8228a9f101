import {formatDate} from '../../../src/domain/local-time/civil-date.ts';
import {type HolidayRegion, holidaysOf} from '../../../src/domain/sla/holidays.ts';
import type {ExampleRunner} from './example-file.ts';
import {HOLIDAYS} from './shapes.ts';

export const holidays: ExampleRunner = ({input}) => {
  const {year, ...region} = input as unknown as HolidayRegion & {year: number};
  const dates = holidaysOf(HOLIDAYS, region, year).map(({day, name}) => ({date: formatDate(day), name}));
  return {count: dates.length, dates};
};
