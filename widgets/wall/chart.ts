import type {BlessedNode, BlessedOptions, BlessedScreen} from './blessed-types.ts';
import type {Area} from './grid.ts';

/** One value a step, oldest first; labels are short and plain (`02`). */
export interface LineData {
  readonly kind: 'line';
  readonly labels: readonly string[];
  /** Finite, as many as labels, two at least. */
  readonly values: readonly number[];
  readonly lowest: number;
  readonly highest: number;
}

/** One bar a step, oldest first; a bar of 0 is not drawn, in place of what is not known stands a dash. */
export interface BarData {
  readonly kind: 'bar';
  readonly labels: readonly string[];
  /** Finite and not negative, or null for what is not known; as many as labels. */
  readonly values: readonly (number | null)[];
}

/** A ring that is filled to `percent`. */
export interface DonutData {
  readonly kind: 'donut';
  /** 0 to 100. */
  readonly percent: number;
  readonly label: string;
}

export type ChartData = LineData | BarData | DonutData;

/** A chart on a page: `id` names the widget that is kept for it while the page is away. */
export interface ChartSlot {
  readonly id: string;
  readonly area: Area;
  readonly data: ChartData;
}

/** A widget of blessed-contrib that was made once and takes new data. */
export interface ChartWidget<Data extends ChartData = ChartData> {
  readonly node: BlessedNode;
  update(data: Data): void;
}

/** Makes a widget in its final place: the canvases of blessed-contrib cannot change their size. */
export type ChartMaker<Data extends ChartData> = (screen: BlessedScreen, area: Area) => ChartWidget<Data>;

/** blessed's options for a place on the screen; content is never searched for tags (security rule 42). */
export function placed(screen: BlessedScreen, area: Area): BlessedOptions {
  return {screen, left: area.x, top: area.y, width: area.width, height: area.height, tags: false, wrap: false};
}
