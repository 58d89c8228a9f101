import blessed from 'blessed';
import type {BlessedScreen} from './blessed-types.ts';
import {HeadlessProgram} from './headless-program.ts';

/** blessed's screen without a terminal: elements draw into its `lines`, and nothing is written. */
export interface HeadlessScreen {
  readonly screen: BlessedScreen;
  /** Another size; what was drawn is gone. */
  resize(columns: number, rows: number): void;
}

export function createHeadlessScreen(columns: number, rows: number): HeadlessScreen {
  const program = new HeadlessProgram(columns, rows);
  const screen = blessed.screen({program, smartCSR: true, forceUnicode: true, fullUnicode: true, tags: false});
  // The bytes are not blessed's, and there is no terminal that it would have to give back.
  screen.draw = () => {};
  screen.leave = () => {};
  screen.alloc();
  return {
    screen,
    resize(toColumns, toRows) {
      program.cols = toColumns;
      program.rows = toRows;
      screen.alloc();
    },
  };
}
