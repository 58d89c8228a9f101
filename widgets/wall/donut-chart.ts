import donut from 'blessed-contrib/lib/widget/donut.js';
import type {ContribDonut} from './blessed-types.ts';
import {type ChartMaker, type DonutData, placed} from './chart.ts';
import {INK} from './look.ts';

/** blessed-contrib's ring, in braille dots; it writes the percentage into its middle and the label below. */
export const createDonutChart: ChartMaker<DonutData> = (screen, area) => {
  const radius = Math.max(4, Math.min(area.height * 2 - 10, area.width - 6, 40));
  const node: ContribDonut = donut({
    ...placed(screen, area),
    radius,
    arcWidth: Math.max(2, Math.round(radius / 4)),
    yPadding: 2,
    remainColor: INK.track,
    stroke: INK.accent,
    fill: INK.light,
  });
  screen.append(node);
  return {
    node,
    update(data) {
      node.setData([{percent: data.percent / 100, label: data.label, color: INK.accent}]);
    },
  };
};
