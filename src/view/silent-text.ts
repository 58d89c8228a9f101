import {type DrawContext, momentText} from './draw-context.ts';
import {ageText} from './durations.ts';
import type {Origin} from './origin.ts';

/** Why nothing of a collector that is not live is of now: since when it has been silent, or that it was never heard. */
export function silentText({name, heardAt}: Origin, context: DrawContext): string {
  if (heardAt === null) return context.t('view.detail.neverHeard', {name});
  const age = ageText(Math.max(0, context.now - heardAt), context.t);
  return context.t('view.detail.stale', {name, at: momentText(heardAt, context), age});
}
