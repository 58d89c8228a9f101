import line from 'blessed-contrib/lib/widget/charts/line.js';
import type {ContribLine} from './blessed-types.ts';
import {type ChartMaker, type LineData, placed} from './chart.ts';
import {INK} from './look.ts';

/** blessed-contrib's line chart, in braille dots. */
export const createLineChart: ChartMaker<LineData> = (screen, area) => {
  const node: ContribLine = line({
    ...placed(screen, area),
    style: {line: INK.accent, text: INK.dim, baseline: INK.track},
    numYLabels: 4,
    xPadding: 10,
    xLabelPadding: 6,
  });
  screen.append(node);
  return {
    node,
    update(data) {
      node.options.minY = data.lowest;
      node.options.maxY = data.highest;
      node.setData([{title: '', x: data.labels, y: data.values, style: {line: INK.accent}}]);
    },
  };
};
