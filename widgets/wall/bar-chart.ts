import bar from 'blessed-contrib/lib/widget/charts/bar.js';
import type {ContribBar} from './blessed-types.ts';
import {type BarData, type ChartMaker, placed} from './chart.ts';
import type {Area} from './grid.ts';
import {INK} from './look.ts';

/** Cells of a bar, and from one bar to the next: blessed-contrib wants three between them. */
const BAR_WIDTH = 3;
const BAR_STEP = 6;
const LEFT = 1;

/** What blessed-contrib leaves free at the right edge. */
const RIGHT = 2;

/** No bar, and a dash where its value would stand: blessed-contrib reckons with the one and writes the other. */
const NOT_KNOWN = {valueOf: () => 0, toString: () => '–'};

/** How many bars stand in `area`. */
export function barsIn(area: Area): number {
  return Math.max(0, Math.floor((area.width - LEFT - RIGHT - BAR_WIDTH) / BAR_STEP) + 1);
}

/** blessed-contrib's bar chart, in coloured cells. */
export const createBarChart: ChartMaker<BarData> = (screen, area) => {
  const node: ContribBar = bar({
    ...placed(screen, area),
    barWidth: BAR_WIDTH,
    barSpacing: BAR_STEP,
    xOffset: LEFT,
    maxHeight: 1,
    barBgColor: INK.accent,
    barFgColor: INK.light,
    labelColor: INK.dim,
  });
  screen.append(node);
  return {
    node,
    update(data) {
      node.setData({titles: data.labels, data: data.values.map(value => value ?? NOT_KNOWN)});
    },
  };
};
