import type {OnCallSchedule, Rotation} from '../../../src/domain/on-call/rotation.ts';
import {DAY} from '../../../src/domain/time.ts';

/** Anna, Ben and Cem by the week, handing over on Mondays at 08:00 on the wall. */
export const weekly: Rotation = {
  timeZone: 'Europe/Berlin',
  startLocal: '2026-03-02T08:00:00',
  shiftMs: 7 * DAY,
  participants: ['anna', 'ben', 'cem'],
};

/** Nobody stands in for anybody. */
export const only = (...layers: readonly Rotation[]): OnCallSchedule => ({layers, overrides: []});
