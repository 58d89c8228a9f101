import {readClock} from '../../../src/domain/sla/clock.ts';
import type {Clock, ClockEvent, ClockTerms} from '../../../src/domain/sla/clock-history.ts';
import {union} from '../../../src/domain/sla/spans.ts';
import {MINUTE, SECOND} from '../../../src/domain/time.ts';
import type {ExampleFile, ExampleRunner} from './example-file.ts';
import {calendarNamed, instant, type Pairs, spans} from './shapes.ts';

interface Terms {
  readonly calendar?: string | null;
  readonly targetMinutes: number;
}

interface Input {
  readonly start: string;
  readonly from: Terms;
  readonly changedAt: string;
  readonly to: Terms;
  /** Without it the default of SL-8. */
  readonly mode?: 'retroactive' | 'fromChange';
  readonly pauses?: Pairs | null;
}

function terms(file: ExampleFile, {calendar, targetMinutes}: Terms): ClockTerms {
  return {calendar: calendarNamed(file, calendar), targetMs: targetMinutes * MINUTE};
}

export const slaPriorityChange: ExampleRunner = ({input}, file) => {
  const {start, from, changedAt, to, mode = 'retroactive', pauses} = input as unknown as Input;
  const pausing = union(spans(pauses)).flatMap(([pause, resume]): ClockEvent[] => [
    {type: 'pause', at: pause},
    {type: 'resume', at: resume},
  ]);
  const before: Clock = {start: instant(start), terms: terms(file, from), events: pausing};
  const change: ClockEvent = {type: 'terms', at: instant(changedAt), terms: terms(file, to), mode};
  const after = readClock({...before, events: [...pausing, change]}, instant(changedAt));
  return {
    dueAtBefore: readClock(before, instant(changedAt))?.dueAt,
    dueAtAfter: after?.dueAt,
    elapsedSecondsAtChange: (after?.elapsedMs ?? Number.NaN) / SECOND,
    breachedAtChange: after?.outcome === 'breached',
  };
};
