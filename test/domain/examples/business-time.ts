import {difference, totalLength} from '../../../src/domain/sla/spans.ts';
import {MINUTE, SECOND} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {calendarNamed, instant, type Pairs, spans} from './shapes.ts';

interface Input {
  readonly calendar?: string | null;
  readonly from: string;
  readonly to: string;
  readonly pauses?: Pairs | null;
}

export const businessTime: ExampleRunner = ({input}, file) => {
  const {calendar, from, to, pauses} = input as unknown as Input;
  const left = difference([[instant(from), instant(to)]], spans(pauses));
  const length = totalLength(left, calendarNamed(file, calendar).businessTime);
  return {seconds: length / SECOND, minutes: length / MINUTE};
};
