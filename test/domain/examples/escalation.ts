import {escalationTimeline} from '../../../src/domain/on-call/escalation.ts';
import {MINUTE} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant, instantOrNull} from './shapes.ts';

interface Input {
  readonly policy: {
    readonly levels: readonly {readonly delayMinutes: number; readonly targets: readonly string[]}[];
    readonly repeat?: number;
  };
  readonly openedAt: string;
  readonly ackAt?: string | null;
  readonly until: string;
}

export const escalation: ExampleRunner = ({input}) => {
  const {policy, openedAt, ackAt, until} = input as unknown as Input;
  return escalationTimeline(
    {levels: policy.levels.map(({delayMinutes}) => ({delayMs: delayMinutes * MINUTE})), repeat: policy.repeat ?? 0},
    instant(openedAt),
    instantOrNull(ackAt),
    instant(until),
    level => policy.levels[level - 1]?.targets ?? [],
  );
};
