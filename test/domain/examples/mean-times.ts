import {meanTimes as measure} from '../../../src/domain/sla/mean-times.ts';
import {MINUTE} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant, instantOrNull} from './shapes.ts';

interface Input {
  readonly incidents: readonly {
    readonly openedAt: string;
    readonly ackAt: string | null;
    readonly resolvedAt: string | null;
    readonly excluded?: string | null;
  }[];
}

function minutes(timeMs: number | null): number | null {
  return timeMs === null ? null : timeMs / MINUTE;
}

export const meanTimes: ExampleRunner = ({input}) => {
  const {incidents} = input as unknown as Input;
  const {toAcknowledge, toResolve, selfHealed} = measure(
    incidents.map(({openedAt, ackAt, resolvedAt, excluded}) => ({
      openedAt: instant(openedAt),
      ackAt: instantOrNull(ackAt),
      resolvedAt: instantOrNull(resolvedAt),
      excluded: excluded ?? null,
    })),
  );
  return {
    mttaMinutes: minutes(toAcknowledge.meanMs),
    mttrMinutes: minutes(toResolve.meanMs),
    medianTtaMinutes: minutes(toAcknowledge.medianMs),
    medianTtrMinutes: minutes(toResolve.medianMs),
    selfHealed,
  };
};
