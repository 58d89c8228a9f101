import {Fault} from '../../domain/fault.ts';

/** What a body may hold at most (security rule 31). */
const MOST_DEPTH = 32;
/** Of one object. */
const MOST_KEYS = 1000;
/** Of one list: ten thousand items that cannot be read are told one by one, and that is work. */
const MOST_ELEMENTS = 10_000;
const MOST_STRING_BYTES = 65_536;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
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

/** Counts one more at the innermost level. @returns How many there are now; 0 outside of every level, where no JSON has any. */
function counted(levels: number[]): number {
  const top = levels.length - 1;
  if (top < 0) return 0;
  const count = (levels[top] ?? 0) + 1;
  levels[top] = count;
  return count;
}

/**
 * Refuses JSON that is too deep, too wide or has too long a string, in one pass over the bytes and before anything is built of
 * them. Whether it is JSON at all is for the parser.
 *
 * @throws {Fault} `JSON_LIMITS`
 */
export function checkJsonLimits(bytes: Buffer): void {
  // Of each level: colons stand in objects alone, commas in lists and objects.
  const keys: number[] = [];
  const commas: number[] = [];
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
        commas.push(0);
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        keys.pop();
        commas.pop();
        break;
      case COLON:
        if (counted(keys) > MOST_KEYS) throw new Fault('JSON_LIMITS', `an object has more than ${MOST_KEYS} keys`);
        break;
      case COMMA:
        if (counted(commas) >= MOST_ELEMENTS) {
          throw new Fault('JSON_LIMITS', `a list has more than ${MOST_ELEMENTS} items`);
        }
        break;
      default:
    }
  }
}
