import type {NocView} from '../client/noc.ts';
import type {CustomerId} from '../domain/address.ts';
import type {Instant} from '../domain/time.ts';
import {selectOnCall, withoutOnCall} from '../view/on-call.ts';
import type {OnCallFigures} from './figures.ts';

/** Who is on call for what the wall shows; null when no collector has a schedule for it. */
export function selectOnCallFigures(
  view: NocView,
  isOurs: (customer: CustomerId) => boolean,
  now: Instant,
): OnCallFigures | null {
  const rows = selectOnCall(view, isOurs, now);
  return rows.length === 0 ? null : {rows, without: withoutOnCall(view, isOurs)};
}
