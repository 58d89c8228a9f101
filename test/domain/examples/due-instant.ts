import {MINUTE} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {calendarNamed, instant} from './shapes.ts';

export const dueInstant: ExampleRunner = ({input}, file) => {
  const {calendar, start, targetMinutes} = input as {calendar?: string | null; start: string; targetMinutes: number};
  const dueAt = calendarNamed(file, calendar).dueInstant(instant(start), targetMinutes * MINUTE);
  return {dueAt, dueAtUtc: dueAt};
};
