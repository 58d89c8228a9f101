import {foldText} from './fold-text.ts';

/** How a text can go on: each of `words` would stand from `from` to the caret. */
export interface Completion {
  readonly from: number;
  readonly words: readonly string[];
}

/** More than these nobody reads. */
const MOST_WORDS = 30;

export const NO_COMPLETION: Completion = {from: 0, words: []};

/** The candidates that start as typed, then those that contain it; without case, `muell` finds `Müller`. */
export function fitting(typed: string, candidates: Iterable<string>): readonly string[] {
  const wanted = foldText(typed);
  const starting: string[] = [];
  const containing: string[] = [];
  for (const candidate of new Set(candidates)) {
    const folded = foldText(candidate);
    if (folded.startsWith(wanted)) starting.push(candidate);
    else if (wanted.length > 1 && folded.includes(wanted)) containing.push(candidate);
  }
  return [...starting, ...containing].slice(0, MOST_WORDS);
}
