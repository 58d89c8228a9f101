/** Characters that act on a terminal, hide, or reorder what stands beside them; one of each kind. */
export const HOSTILE: readonly string[] = [
  '\u0000',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u009b',
  '\u009d',
  '\u200b',
  '\u202e',
  '\u2066',
  '\u2028',
  '\ufeff',
  '\u{e0041}',
];
