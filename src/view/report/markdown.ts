import {cellWidth} from '../cells.ts';

/** Characters that Markdown reads; text from outside must not format a report, nor put links into it. */
const SPECIAL = /[\\`*_[\]<>|#~]/g;

/** A text that stands in Markdown as it is. */
export function plainMarkdown(text: string): string {
  return text.replace(SPECIAL, '\\$&');
}

/**
 * A table, whose columns also stand below each other where nobody makes a page of it: in a terminal or a ticket.
 *
 * @param head - Names of the columns with `|` between them, as the catalogue has them.
 * @param rows - Cells that are Markdown already.
 */
export function markdownTable(head: string, rows: readonly (readonly string[])[]): readonly string[] {
  const names = head.split('|');
  const widths = names.map((name, column) =>
    Math.max(3, ...[name, ...rows.map(row => row[column] ?? '')].map(cellWidth)),
  );
  const padded = (text: string, column: number) =>
    text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - cellWidth(text)));
  const line = (cells: readonly string[]) => `| ${cells.map(padded).join(' | ')} |`;
  return [line(names), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)];
}

export function bulletList(items: readonly string[]): readonly string[] {
  return items.map(item => `- ${item}`);
}
