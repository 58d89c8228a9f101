import type {SafeText} from '../../../src/domain/text.ts';

/** Text of a test, known to be harmless. */
export function plain(text: string): SafeText {
  return text as SafeText;
}
