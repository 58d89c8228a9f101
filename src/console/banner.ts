import type {DrawContext} from '../view/draw-context.ts';
import {slaBanner} from '../view/sla-banner.ts';
import type {Line} from '../view/tone.ts';
import type {Scene} from './scene.ts';

/** The row below the header: the next deadline while it is at risk; null without one, and while something lies over the list. */
export function bannerLine(
  {state, totals}: Pick<Scene, 'state' | 'totals'>,
  columns: number,
  context: DrawContext,
): Line | null {
  if (state.help !== null || (state.question !== null && state.question.list.length > 0)) return null;
  return slaBanner(totals.nextDue, columns, context);
}
