import type {Environment} from './folders.ts';

/** Does the terminal take texts for the clipboard (OSC 52)? `setting`: only when its user allowed it. */
export type ClipboardAbility = 'yes' | 'setting' | 'unknown';

const BY_PROGRAM: Readonly<Record<string, ClipboardAbility>> = {
  'iTerm.app': 'setting',
  WezTerm: 'yes',
  ghostty: 'yes',
  kitty: 'yes',
  vscode: 'yes',
};

/** By the start of TERM. tmux passes it on with `set -s set-clipboard on`, xterm with `disallowedWindowOps`. */
const BY_TERM: readonly (readonly [start: RegExp, ability: ClipboardAbility])[] = [
  [/^tmux|^screen/, 'setting'],
  [/^xterm-(?:kitty|ghostty)|^foot|^alacritty|^contour/, 'yes'],
  [/^linux|^vt\d|^dumb/, 'unknown'],
];

/** What is known of this terminal, by its name; no terminal is asked, as its answer could carry anything (security rule 45). */
export function clipboardOf(env: Environment): ClipboardAbility {
  const term = env.TERM ?? '';
  if ((env.TMUX ?? '') !== '') return 'setting';
  const byTerm = BY_TERM.find(([start]) => start.test(term))?.[1];
  return byTerm ?? BY_PROGRAM[env.TERM_PROGRAM ?? ''] ?? 'unknown';
}
