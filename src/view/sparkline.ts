const BARS = '▁▂▃▄▅▆▇█';

/**
 * The newest figures as bars, one cell each, the newest at the right.
 *
 * @param values - Oldest first; null where nothing was heard, drawn as a gap.
 * @param top - What fills a whole bar; null takes the largest of them.
 */
export function sparkline(values: readonly (number | null)[], width: number, top: number | null = null): string {
  const shown = values.slice(-width);
  const most = top ?? Math.max(0, ...shown.map(value => value ?? 0));
  const bars = shown.map(value => {
    if (value === null) return ' ';
    const step = most <= 0 ? 0 : Math.round((Math.min(value, most) / most) * (BARS.length - 1));
    return BARS[Math.max(0, step)] ?? ' ';
  });
  return bars.join('').padStart(width);
}
