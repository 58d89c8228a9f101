import {Writable} from 'node:stream';

/** The size of a terminal. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * What Ink takes for a terminal: it writes its frames here, asks for the size, and hears of a new one (`resize`).
 */
export class PaintedStream extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly #onText: (text: string) => void;

  constructor(size: TerminalSize, onText: (text: string) => void) {
    super({decodeStrings: false, defaultEncoding: 'utf8'});
    this.columns = size.columns;
    this.rows = size.rows;
    this.#onText = onText;
  }

  resize({columns, rows}: TerminalSize): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, callback: () => void): void {
    this.#onText(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    callback();
  }
}
