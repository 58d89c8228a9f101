import blessed from 'blessed';
import {createBarChart} from './bar-chart.ts';
import type {BlessedScreen} from './blessed-types.ts';
import type {ChartData, ChartSlot, ChartWidget} from './chart.ts';
import {createDonutChart} from './donut-chart.ts';
import type {Area, Grid} from './grid.ts';
import {HeadlessProgram} from './headless-program.ts';
import {createLineChart} from './line-chart.ts';
import {Painter} from './painter.ts';
import type {Palette} from './palette.ts';
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
  readonly #painter: Painter;
  /** Widgets by slot; those of other pages stay hidden. As many as there are slots, so bounded. */
  readonly #charts = new Map<string, Kept>();

  constructor(columns: number, rows: number, palette: Palette) {
    this.#program = new HeadlessProgram(columns, rows);
    this.#screen = blessed.screen({
      program: this.#program,
      smartCSR: true,
      forceUnicode: true,
      fullUnicode: true,
      tags: false,
    });
    // The bytes are the painter's, see `frame`; and there is no terminal that blessed would have to give back.
    this.#screen.draw = () => {};
    this.#screen.leave = () => {};
    this.#screen.alloc();
    this.#surface = createSurface(this.#screen);
    this.#painter = new Painter(palette);
  }

  /** Draws `scene` and returns the bytes that bring the terminal there; empty when nothing changed. */
  frame(scene: Scene): string {
    this.#surface.update(scene.grid);
    for (const [id, kept] of this.#charts) if (!scene.charts.some(slot => slot.id === id)) kept.widget.node.hide();
    for (const slot of scene.charts) this.#place(slot);
    this.#screen.render();
    return this.#painter.paint(this.#screen.lines);
  }

  /** The terminal has another size now. The next frame is drawn whole. */
  resize(columns: number, rows: number): void {
    this.#program.cols = columns;
    this.#program.rows = rows;
    this.#screen.alloc();
    for (const kept of this.#charts.values()) kept.widget.node.destroy();
    this.#charts.clear();
    this.#painter.forget();
  }

  /** The next frame is drawn whole. */
  repaint(): void {
    this.#painter.forget();
  }

  setPalette(palette: Palette): void {
    this.#painter.setPalette(palette);
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
