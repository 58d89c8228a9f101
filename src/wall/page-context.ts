import type {DrawContext} from '../view/draw-context.ts';

/** What every page draws with. */
export interface PageContext extends DrawContext {
  /** 1 to 4, see `Layout`. */
  readonly scale: number;
  /** The terminal's font has braille dots; a Linux console's has not. */
  readonly hasBraille: boolean;
}
