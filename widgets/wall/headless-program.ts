import {EventEmitter} from 'node:events';

/**
 * Stands where blessed expects its `program`: a terminal without a terminal. blessed lays out and composes; what
 * it composed is painted by `src/runtime/terminal-writer`, and the terminal is held by `src/runtime/terminal-session.ts`. So blessed reads no terminfo,
 * starts no `tmux -V`, compiles no capability with `new Function`, and never writes by itself.
 *
 * The fields are those that `blessed/lib/widgets/screen.js` and `element.js` (0.1.81) look at.
 */
export class HeadlessProgram extends EventEmitter {
  cols: number;
  rows: number;
  /** As if it were on the alternate screen already: blessed then does not switch. */
  isAlt = true;
  useBuffer = true;
  zero = true;
  readonly isiTerm2 = false;
  readonly options: Record<string, unknown> = {};
  readonly tput = {
    unicode: true,
    colors: 256,
    features: {} as Record<string, unknown>,
    numbers: {U8: 1},
    strings: {},
    bools: {},
  };

  constructor(columns: number, rows: number) {
    super();
    this.cols = columns;
    this.rows = rows;
  }

  setupTput(): void {}
  clear(): void {}
  flush(): void {}

  /** Called by blessed when its screen goes. */
  destroy(): void {
    this.removeAllListeners();
  }
}
