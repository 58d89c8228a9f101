import {Fault} from '../../domain/fault.ts';

/** What a body may hold at most (security rule 31). */
const MOST_DEPTH = 32;
/** Of one object. */
const MOST_KEYS = 1000;
const MOST_STRING_BYTES = 65_536;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/**
 * Index of the quote that ends the string whose text starts at `from`; the length of `bytes` when none does. Byte by byte: most
 * strings are shorter than a call of `indexOf` takes.
 */
function endOfString(bytes: Buffer, from: number): number {
  for (let index = from; index < bytes.length; index++) {
    if (bytes[index] === QUOTE) return index;
    if (bytes[index] === BACKSLASH) index++;
  }
  return bytes.length;
}

/**
 * Refuses JSON that is too deep, too wide or has too long a string, in one pass over the bytes and before anything is built of
 * them. Whether it is JSON at all is for the parser.
 *
 * @throws {Fault} `JSON_LIMITS`
 */
export function checkJsonLimits(bytes: Buffer): void {
  const keys: number[] = [];
  for (let index = 0; index < bytes.length; index++) {
    switch (bytes[index]) {
      case QUOTE: {
        const end = endOfString(bytes, index + 1);
        if (end - index - 1 > MOST_STRING_BYTES) {
          throw new Fault('JSON_LIMITS', `a string is longer than ${MOST_STRING_BYTES} bytes`);
        }
        index = end;
        break;
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (keys.push(0) > MOST_DEPTH) throw new Fault('JSON_LIMITS', `it is nested deeper than ${MOST_DEPTH} levels`);
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        keys.pop();
        break;
      case COLON: {
        const count = (keys.at(-1) ?? 0) + 1;
        if (count > MOST_KEYS) throw new Fault('JSON_LIMITS', `an object has more than ${MOST_KEYS} keys`);
        keys[keys.length - 1] = count;
        break;
      }
      default:
    }
  }
}
