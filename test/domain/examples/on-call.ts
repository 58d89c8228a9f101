import {onCallAt} from '../../../src/domain/on-call/rotation.ts';
import {DAY, HOUR} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant} from './shapes.ts';

interface Input {
  readonly rotation: {
    readonly timeZone: string;
    readonly startLocal: string;
    readonly shiftDays?: number;
    readonly shiftHours?: number;
    readonly participants: readonly string[];
  };
  readonly at: string;
  readonly overrides?: readonly {readonly from: string; readonly to: string; readonly user: string}[] | null;
}

export const onCall: ExampleRunner = ({input}) => {
  const {rotation, at, overrides} = input as unknown as Input;
  const {timeZone, startLocal, participants, shiftDays = 0, shiftHours = 0} = rotation;
  return onCallAt(
    {
      layers: [{timeZone, startLocal, participants, shiftMs: shiftDays * DAY + shiftHours * HOUR}],
      overrides: (overrides ?? []).map(({from, to, user}) => ({from: instant(from), to: instant(to), user})),
    },
    instant(at),
  );
};
