import type {ListState} from './state.ts';

/**
 * Brings a list state in line with what is listed now: the cursor stays on its record wherever that went; when the record is
 * gone, it goes to the one that took its row. The window moves no more than it must.
 *
 * @param height - Rows of the window; null while the list is not on the screen: it is found again as it was left.
 * @param rowsOf - Rows that the record of an index takes.
 * @returns The same object when nothing changed.
 */
export function settleList(
  list: ListState,
  records: readonly {readonly key: string}[],
  height: number | null,
  rowsOf: (index: number) => number,
): ListState {
  if (records.length === 0) return list.top === 0 ? list : {...list, top: 0};
  const found =
    records[list.index]?.key === list.cursor ? list.index : records.findIndex(({key}) => key === list.cursor);
  const index = found >= 0 ? found : Math.min(list.index, records.length - 1);
  const cursor = records[index]?.key ?? null;
  const top = height === null ? Math.min(list.top, index) : windowTop(list.top, index, records.length, height, rowsOf);
  return cursor === list.cursor && index === list.index && top === list.top ? list : {cursor, index, top};
}

function windowTop(
  before: number,
  cursor: number,
  count: number,
  height: number,
  rowsOf: (index: number) => number,
): number {
  let top = Math.min(before, cursor);
  let used = 0;
  for (let index = top; index <= cursor; index++) used += rowsOf(index);
  while (used > height && top < cursor) used -= rowsOf(top++);
  // No blank rows at the end while there is something above to show.
  for (let index = cursor + 1; index < count && used <= height; index++) used += rowsOf(index);
  while (top > 0 && used + rowsOf(top - 1) <= height) used += rowsOf(--top);
  return top;
}

/** Records that the window shows, first and one past the last. */
export function windowEnd(top: number, count: number, height: number, rowsOf: (index: number) => number): number {
  let used = 0;
  let end = top;
  while (end < count && used + rowsOf(end) <= height) used += rowsOf(end++);
  return Math.max(end, Math.min(top + 1, count));
}
