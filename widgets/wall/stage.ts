import {createBarChart} from './bar-chart.ts';
import type {BlessedRow} from './blessed-types.ts';
import type {ChartData, ChartSlot, ChartWidget} from './chart.ts';
import {createDonutChart} from './donut-chart.ts';
import type {Area, Grid} from './grid.ts';
import type {HeadlessScreen} from './headless-screen.ts';
import {createLineChart} from './line-chart.ts';
import {createSurface} from './surface.ts';

/** One picture of the wall: cells, and charts over them. */
export interface Scene {
  readonly grid: Grid;
  readonly charts: readonly ChartSlot[];
}

interface Kept {
  readonly area: Area;
  readonly widget: ChartWidget;
  data: ChartData;
}

/** The blessed screen with everything on it: made once, updated for as long as the wall runs. */
export class Stage {
  readonly #host: HeadlessScreen;
  readonly #surface: ReturnType<typeof createSurface>;
  /** Widgets by slot; those of other pages stay hidden. As many as there are slots, so bounded. */
  readonly #charts = new Map<string, Kept>();

  constructor(host: HeadlessScreen) {
    this.#host = host;
    this.#surface = createSurface(host.screen);
  }

  /** Lets blessed compose `scene`. Rows whose cells were touched are marked dirty; whoever paints them takes the mark off. */
  frame(scene: Scene): readonly BlessedRow[] {
    const {screen} = this.#host;
    this.#surface.update(scene.grid);
    for (const [id, kept] of this.#charts) if (!scene.charts.some(slot => slot.id === id)) kept.widget.node.hide();
    for (const slot of scene.charts) this.#place(slot);
    screen.render();
    return screen.lines;
  }

  /** The terminal has another size now. */
  resize(columns: number, rows: number): void {
    for (const kept of this.#charts.values()) kept.widget.node.destroy();
    this.#charts.clear();
    this.#host.resize(columns, rows);
  }

  close(): void {
    this.#host.screen.destroy();
  }

  #place(slot: ChartSlot): void {
    let kept = this.#charts.get(slot.id);
    if (kept !== undefined && !isSame(kept.area, slot.area)) {
      kept.widget.node.destroy();
      kept = undefined;
    }
    if (kept === undefined) {
      kept = {area: slot.area, widget: this.#make(slot), data: slot.data};
      this.#charts.set(slot.id, kept);
      kept.widget.update(slot.data);
    } else if (!isAlike(kept.data, slot.data)) {
      kept.data = slot.data;
      kept.widget.update(slot.data);
    }
    kept.widget.node.show();
  }

  #make(slot: ChartSlot): ChartWidget {
    switch (slot.data.kind) {
      case 'line':
        return createLineChart(this.#host.screen, slot.area) as ChartWidget;
      case 'bar':
        return createBarChart(this.#host.screen, slot.area) as ChartWidget;
      case 'donut':
        return createDonutChart(this.#host.screen, slot.area) as ChartWidget;
      default:
        return slot.data satisfies never;
    }
  }
}

function isSame(a: Area, b: Area): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** Chart data is small and flat. */
function isAlike(a: ChartData, b: ChartData): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
