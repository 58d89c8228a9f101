/** Edits (insert, delete, replace, swap of neighbours) that lead from one word to the other. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({length: to.length + 1}, (_, column) => column)];
  const cell = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= from.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column++) {
      const replaced = cell(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwapped ? cell(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY;
      rows[row]?.push(Math.min(cell(row - 1, column) + 1, cell(row, column - 1) + 1, replaced, swapped));
    }
  }
  return cell(from.length, to.length);
}

/** Longest word compared, so that a hostile one costs nothing. */
const LONGEST = 64;

/** The choice that was probably meant, at most a third of its letters away; null when none is near. */
export function didYouMean(word: string, choices: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const choice of choices) {
    const edits = distance(word.toLowerCase(), choice.toLowerCase());
    if (edits < least && edits <= Math.max(1, Math.floor(choice.length / 3))) [best, least] = [choice, edits];
  }
  return best;
}
