/** Same plain data, however nested; keys in the same order, as the same code writes them. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
