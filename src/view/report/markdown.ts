/** Characters that Markdown reads; text from outside must not format a report, nor put links into it. */
const SPECIAL = /[\\`*_[\]<>|#~]/g;

/** A text that stands in Markdown as it is. */
export function plainMarkdown(text: string): string {
  return text.replace(SPECIAL, '\\$&');
}

/**
 * A table.
 *
 * @param head - Names of the columns with `|` between them, as the catalogue has them.
 * @param rows - Cells that are Markdown already.
 */
export function markdownTable(head: string, rows: readonly (readonly string[])[]): readonly string[] {
  const names = head.split('|');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(names), line(names.map(() => '---')), ...rows.map(line)];
}

export function bulletList(items: readonly string[]): readonly string[] {
  return items.map(item => `- ${item}`);
}
