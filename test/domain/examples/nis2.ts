import {NIS2_TIME_ZONE, nis2Deadlines} from '../../../src/domain/compliance/nis2.ts';
import {timeZone} from '../../../src/domain/local-time/zone.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant, instantOrNull} from './shapes.ts';

interface Input {
  readonly awareAt: string;
  readonly notificationSubmittedAt?: string | null;
  readonly ongoingAtFinal?: boolean;
  readonly handledAt?: string | null;
  readonly intermediateDueAt?: string | null;
}

export const nis2: ExampleRunner = ({input}) => {
  const {awareAt, notificationSubmittedAt, ongoingAtFinal, handledAt, intermediateDueAt} = input as unknown as Input;
  return nis2Deadlines(
    {
      awareAt: instant(awareAt),
      notificationSubmittedAt: instantOrNull(notificationSubmittedAt),
      isOngoingAtFinal: ongoingAtFinal ?? false,
      handledAt: instantOrNull(handledAt),
      intermediateDueAt: instantOrNull(intermediateDueAt),
    },
    timeZone(NIS2_TIME_ZONE),
  );
};
