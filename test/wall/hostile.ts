import type {SafeText} from '../../src/domain/text.ts';
import {safeText} from '../../src/runtime/safe-text.ts';

/** What an attacker puts into a name, after it went through the one door that every outside text goes through. */
export const HOSTILE_TEXTS: readonly SafeText[] = [
  '{red-fg}{bold}Müller{/}',
  '{open}{close}{|}{center}x{/center}',
  '\x1b]0;owned\x07Müller',
  '\x1b[31mrot\x1b[2J\x1b[H',
  '\u009d0;owned\u009c',
  '\u202eEGAREMOTSUC\u202c',
  'a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308b',
  '👩‍🚒⚠️🇩🇪 漢字',
  '\x1bP$q"p\x1b\\\x1b[6n',
].map(text => safeText(text));
