import {parseDate} from '../../../src/domain/local-time/civil-date.ts';
import {type HolidayRegion, holidayOn} from '../../../src/domain/sla/holidays.ts';
import type {ExampleRunner} from './example-file.ts';
import {HOLIDAYS} from './shapes.ts';

export const isHoliday: ExampleRunner = ({input}) => {
  const {date, ...region} = input as unknown as HolidayRegion & {date: string};
  const found = holidayOn(HOLIDAYS, region, parseDate(date));
  return {holiday: found !== null, name: found?.name ?? null};
};
