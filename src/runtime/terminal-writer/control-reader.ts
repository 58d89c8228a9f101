/** A control character or `CSI … final`. */
export interface Control {
  /** `\n`, `\r`, `\b`, or the last character of a sequence. */
  readonly final: string;
  /** As written, between `CSI` and the final. */
  readonly parameters: string;
  readonly numbers: readonly number[];
  /** Starts with `?`. */
  readonly isPrivate: boolean;
}

/** Cuts a stream of terminal output into texts and controls; a sequence may be spread over several reads. */
export interface ControlReader {
  read(data: string): Iterable<string | Control>;
}

/** Longer than any sequence that we write; a longer one never ends, and is dropped. */
const LONGEST_SEQUENCE = 4096;

/** The start of a sequence whose end has not come yet. */
const UNFINISHED = /^\x1b(?:\[[\x20-\x3f]*|[\]PX^_][^\x07\x1b\x18\x1a]*\x1b?|[\x20-\x2f]*)$/;

/** Text · CSI · a string sequence (OSC, DCS, APC, PM, SOS) with its end · another escape · one control character. */
const TOKEN =
  /[^\x00-\x1f\x7f-\x9f]+|\x1b\[([\x20-\x3f]*)([\x40-\x7e])|\x1b[\]PX^_][^\x07\x1b\x18\x1a]*(?:\x07|\x1b\\|\x18|\x1a)|\x1b[\x20-\x2f]*[\x30-\x5a\x5c\x5e-\x7e]|[\x00-\x1a\x1c-\x1f\x7f-\x9f]/y;

const IS_TEXT = /^[^\x00-\x1f\x7f-\x9f]/;
const CONTROLS = new Set(['\n', '\r', '\b']);

function parse([token, parameters, final]: readonly (string | undefined)[]): string | Control | null {
  if (token === undefined) return null;
  if (final !== undefined && parameters !== undefined) {
    const isPrivate = parameters.startsWith('?');
    const numbers = (isPrivate ? parameters.slice(1) : parameters).split(';').map(Number);
    return {final, parameters, numbers: parameters === '' ? [] : numbers, isPrivate};
  }
  if (CONTROLS.has(token)) return {final: token, parameters: '', numbers: [], isPrivate: false};
  return IS_TEXT.test(token) ? token : null;
}

export function createControlReader(): ControlReader {
  let rest = '';
  return {
    *read(data) {
      const all = rest + data;
      let at = 0;
      while (at < all.length) {
        TOKEN.lastIndex = at;
        const match = TOKEN.exec(all);
        if (match === null) {
          if (all.length - at < LONGEST_SEQUENCE && UNFINISHED.test(all.slice(at))) break;
          at++;
          continue;
        }
        at = TOKEN.lastIndex;
        const part = parse(match);
        if (part !== null) yield part;
      }
      rest = all.slice(at);
    },
  };
}
