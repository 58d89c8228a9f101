/** Keeps the head and the tail of an output of any length: what a plugin says first, and what it ended with. */
export class OutputWindow {
  readonly #half: number;
  readonly #head: Buffer[] = [];
  readonly #tail: Buffer[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #size = 0;

  /** @param bytes - Kept at most, half of them from the start. */
  constructor(bytes: number) {
    this.#half = Math.floor(bytes / 2);
  }

  /** Bytes that were written, kept or not. */
  get size(): number {
    return this.#size;
  }

  push(chunk: Buffer): void {
    this.#size += chunk.length;
    const room = Math.max(0, this.#half - this.#headBytes);
    if (room > 0) {
      this.#head.push(chunk.subarray(0, room));
      this.#headBytes += Math.min(room, chunk.length);
    }
    if (chunk.length <= room) return;
    this.#tail.push(chunk.subarray(room));
    this.#tailBytes += chunk.length - room;
    for (let first = this.#tail[0]; first !== undefined; first = this.#tail[0]) {
      if (this.#tailBytes - first.length < this.#half) break;
      this.#tail.shift();
      this.#tailBytes -= first.length;
    }
  }

  /** What was kept, with a line `…` where something is missing. */
  text(): string {
    const tail = Buffer.concat(this.#tail).subarray(-this.#half);
    const head = Buffer.concat(this.#head).toString('utf8');
    const isWhole = this.#size <= this.#headBytes + tail.length;
    return isWhole ? Buffer.concat([...this.#head, tail]).toString('utf8') : `${head}\n…\n${tail.toString('utf8')}`;
  }
}
