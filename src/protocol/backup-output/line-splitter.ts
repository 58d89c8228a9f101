/** Longer lines are cut: no tool writes one that matters. */
const MOST_LINE_UNITS = 65_536;

/** Cuts a stream of text into lines and never holds more than one, of at most 64 Ki units. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: string): void {
    let from = 0;
    for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', from)) {
      this.#take(chunk.slice(from, at));
      this.#flush();
      from = at + 1;
    }
    this.#take(chunk.slice(from));
  }

  /** The last line, which may have no end. */
  end(): void {
    if (this.#rest !== '') this.#flush();
  }

  #take(text: string): void {
    if (this.#rest.length < MOST_LINE_UNITS) this.#rest += text.slice(0, MOST_LINE_UNITS - this.#rest.length);
  }

  #flush(): void {
    const line = this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest;
    this.#rest = '';
    if (line !== '') this.#onLine(line);
  }
}
