/** Something that happens at an instant of the play, which it is told. */
type Act = (atMs: number) => void;

/** What is still to happen, soonest first; equal instants in the order they were entered. A play holds some dozens at once. */
export class Agenda {
  readonly #entries: {readonly atMs: number; readonly act: Act}[] = [];

  at(atMs: number, act: Act): void {
    const after = this.#entries.findIndex(entry => entry.atMs > atMs);
    this.#entries.splice(after === -1 ? this.#entries.length : after, 0, {atMs, act});
  }

  /** Lets the soonest happen; nothing when there is none. */
  runNext(): void {
    const first = this.#entries.shift();
    first?.act(first.atMs);
  }
}
