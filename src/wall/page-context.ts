import type {DrawContext} from '../view/draw-context.ts';

/** What every page draws with. */
export interface PageContext extends DrawContext {
  /** 1 to 4, see `Layout`. */
  readonly scale: number;
  /** The terminal's font has braille dots and quadrants; that of a Linux console has not. */
  readonly hasDots: boolean;
}
