import {readUpdateClock} from '../../../src/domain/sla/update-clock.ts';
import {MINUTE} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {calendarNamed, instant} from './shapes.ts';

interface Input {
  readonly calendar?: string | null;
  /** null: no updates are promised, as for P4 in SL-11. */
  readonly intervalMinutes: number | null;
  readonly start: string;
  readonly updates?: readonly string[] | null;
  readonly resolvedAt?: string | null;
  readonly now: string;
}

export const updateClock: ExampleRunner = ({input}, file) => {
  const {calendar, intervalMinutes, start, updates, resolvedAt, now} = input as unknown as Input;
  const stop =
    resolvedAt === undefined || resolvedAt === null ? [] : [{type: 'stop' as const, at: instant(resolvedAt)}];
  const state = readUpdateClock(
    {
      start: instant(start),
      terms:
        intervalMinutes === null ? null : {calendar: calendarNamed(file, calendar), targetMs: intervalMinutes * MINUTE},
      events: [...(updates ?? []).map(at => ({type: 'update' as const, at: instant(at)})), ...stop],
    },
    instant(now),
  );
  return {nextUpdateDueAt: state?.dueAt ?? null, missed: state?.missed ?? 0};
};
