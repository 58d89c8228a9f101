const MOST_MESSAGES = 20;
const MOST_UNITS = 300;

/** Counts what went wrong and keeps the first of it: a damaged repository tells of thousands. */
export class ErrorsSeen {
  #count = 0;
  readonly #messages: string[] = [];

  add(message: string): void {
    this.#count += 1;
    const text = message.trim();
    if (text !== '' && this.#messages.length < MOST_MESSAGES) this.#messages.push(text.slice(0, MOST_UNITS));
  }

  get count(): number {
    return this.#count;
  }

  get messages(): readonly string[] {
    return this.#messages;
  }
}
