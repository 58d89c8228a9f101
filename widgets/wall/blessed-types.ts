/**
 * The part of blessed 0.1.81 and blessed-contrib 4.11 that the wall stands on; the packages bring no types of their own
 * that fit (see `blessed.d.ts`).
 */

/** `flags << 18 | foreground << 9 | background`, and the character: blessed's own packing of a cell. */
export type BlessedCell = [look: number, character: string];
export type BlessedRow = BlessedCell[] & {dirty: boolean};

export interface BlessedNode {
  hide(): void;
  show(): void;
  render(): unknown;
  destroy(): void;
}

export interface BlessedScreen extends BlessedNode {
  /** What the elements have drawn. */
  readonly lines: readonly BlessedRow[];
  append(node: BlessedNode): void;
  /** Both buffers anew, in the size that the program now has. */
  alloc(): void;
  /** Called by `render` after every element has drawn itself into `lines`. */
  draw(start: number, end: number): void;
  /** Called when it is destroyed, also by blessed's own listener for the end of the process. */
  leave(): void;
}

export type BlessedOptions = Readonly<Record<string, unknown>>;

interface LineSeries {
  readonly title: string;
  readonly x: readonly string[];
  readonly y: readonly number[];
  readonly style: {readonly line: number};
}

export interface ContribLine extends BlessedNode {
  readonly options: {minY: number; maxY: number};
  setData(series: readonly LineSeries[]): void;
}

export interface ContribBar extends BlessedNode {
  setData(bars: {readonly titles: readonly string[]; readonly data: readonly (number | {valueOf(): number})[]}): void;
}

interface DonutRing {
  /** 0 to 1. */
  readonly percent: number;
  readonly label: string;
  readonly color: number;
}

export interface ContribDonut extends BlessedNode {
  setData(rings: readonly DonutRing[]): void;
}
