import {readClock} from '../../../src/domain/sla/clock.ts';
import {MINUTE, SECOND} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {calendarNamed, instant} from './shapes.ts';

interface Input {
  readonly calendar?: string | null;
  readonly targetMinutes: number;
  readonly start: string;
  readonly events?: readonly {readonly at: string; readonly type: 'pause' | 'resume' | 'stop' | 'reopen'}[] | null;
  readonly now: string;
}

export const slaClock: ExampleRunner = ({input}, file) => {
  const {calendar, targetMinutes, start, events, now} = input as unknown as Input;
  const state = readClock(
    {
      start: instant(start),
      terms: {calendar: calendarNamed(file, calendar), targetMs: targetMinutes * MINUTE},
      events: (events ?? []).map(({type, at}) => ({type, at: instant(at)})),
    },
    instant(now),
  );
  if (state === null) return null;
  return {...state, elapsedSeconds: state.elapsedMs / SECOND, remainingSeconds: state.remainingMs / SECOND};
};
