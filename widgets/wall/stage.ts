import blessed from 'blessed';
import {createBarChart} from './bar-chart.ts';
import type {BlessedRow, BlessedScreen} from './blessed-types.ts';
import type {ChartData, ChartSlot, ChartWidget} from './chart.ts';
import {createDonutChart} from './donut-chart.ts';
import type {Area, Grid} from './grid.ts';
import {HeadlessProgram} from './headless-program.ts';
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
  readonly #program: HeadlessProgram;
  readonly #screen: BlessedScreen;
  readonly #surface: ReturnType<typeof createSurface>;
  /** Widgets by slot; those of other pages stay hidden. As many as there are slots, so bounded. */
  readonly #charts = new Map<string, Kept>();

  constructor(columns: number, rows: number) {
    this.#program = new HeadlessProgram(columns, rows);
    this.#screen = blessed.screen({
      program: this.#program,
      smartCSR: true,
      forceUnicode: true,
      fullUnicode: true,
      tags: false,
    });
    // The bytes are not blessed's, see `frame`; and there is no terminal that blessed would have to give back.
    this.#screen.draw = () => {};
    this.#screen.leave = () => {};
    this.#screen.alloc();
    this.#surface = createSurface(this.#screen);
  }

  /** Lets blessed compose `scene`. Rows whose cells were touched are marked dirty; whoever paints them takes the mark off. */
  frame(scene: Scene): readonly BlessedRow[] {
    this.#surface.update(scene.grid);
    for (const [id, kept] of this.#charts) if (!scene.charts.some(slot => slot.id === id)) kept.widget.node.hide();
    for (const slot of scene.charts) this.#place(slot);
    this.#screen.render();
    return this.#screen.lines;
  }

  /** The terminal has another size now. */
  resize(columns: number, rows: number): void {
    this.#program.cols = columns;
    this.#program.rows = rows;
    this.#screen.alloc();
    for (const kept of this.#charts.values()) kept.widget.node.destroy();
    this.#charts.clear();
  }

  close(): void {
    this.#screen.destroy();
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
        return createLineChart(this.#screen, slot.area) as ChartWidget;
      case 'bar':
        return createBarChart(this.#screen, slot.area) as ChartWidget;
      case 'donut':
        return createDonutChart(this.#screen, slot.area) as ChartWidget;
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
