import {type Line, part} from '../view/tone.ts';

/** How many rows of a list or lines of a text lie above and below what is shown. */
export interface OutOfSight {
  readonly above: number;
  readonly below: number;
}

export const ALL_IN_SIGHT: OutOfSight = {above: 0, below: 0};

/** Of `count` rows those from `top` to `end` are shown. */
export function outOfSight(top: number, end: number, count: number): OutOfSight {
  return {above: Math.min(top, count), below: Math.max(0, count - end)};
}

/** `↑ 3  ↓ 12` for the end of a title; empty when all is in sight. */
export function outOfSightLine({above, below}: OutOfSight): Line {
  const texts = [...(above > 0 ? [`↑ ${above}`] : []), ...(below > 0 ? [`↓ ${below}`] : [])];
  return texts.length === 0 ? [] : [part(texts.join('  '), 'strong')];
}
