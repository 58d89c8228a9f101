/**
 * A refusal or failure that somebody outside will read.
 *
 * `code` is stable, upper snake case, and documented in `docs/protocol.md`; `message` says what is wrong and what to do,
 * never a stack, path or SQL text (security rule 54).
 */
export class Fault extends Error {
  readonly code: string;
  /** Values for the translated text of `code`, for example `{line: 3}`. */
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: string, message: string, values: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.name = 'Fault';
    this.code = code;
    this.values = values;
  }
}
