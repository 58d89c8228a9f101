import type {SafeText} from '../../domain/text.ts';
import type {Environment} from '../../runtime/folders.ts';

/** How a terminal is told to notify: iTerm2's OSC 9, rxvt's OSC 777, kitty's OSC 99. */
export type NotificationForm = 'osc9' | 'osc777' | 'osc99';

/** By TERM_PROGRAM, as the terminals set it. */
const BY_PROGRAM: Readonly<Record<string, NotificationForm>> = {
  'iTerm.app': 'osc9',
  WezTerm: 'osc777',
  ghostty: 'osc777',
  kitty: 'osc99',
};

/** By the start of TERM. */
const BY_TERM: readonly (readonly [start: RegExp, form: NotificationForm])[] = [
  [/^xterm-kitty/, 'osc99'],
  [/^xterm-ghostty/, 'osc777'],
  [/^foot/, 'osc777'],
  [/^rxvt-unicode/, 'osc777'],
];

/** The form that this terminal is known to understand; null for all others, and inside tmux and screen, which keep it to themselves. */
export function notificationForm(env: Environment): NotificationForm | null {
  const term = env.TERM ?? '';
  if ((env.TMUX ?? '') !== '' || (env.STY ?? '') !== '' || /^(?:tmux|screen)/.test(term)) return null;
  return BY_PROGRAM[env.TERM_PROGRAM ?? ''] ?? BY_TERM.find(([start]) => start.test(term))?.[1] ?? null;
}

const END = '\x1b\\';

/** The bytes of one notification. Safe texts hold nothing that could end the sequence (security rule 42). */
export function notificationSequence(form: NotificationForm, title: SafeText, body: SafeText): string {
  switch (form) {
    case 'osc9':
      return `\x1b]9;${title}: ${body}${END}`;
    case 'osc777':
      return `\x1b]777;notify;${title.replaceAll(';', ',')};${body.replaceAll(';', ',')}${END}`;
    case 'osc99': {
      const encoded = (text: string) => Buffer.from(text).toString('base64');
      return `\x1b]99;i=nocturne:d=0:e=1;${encoded(title)}${END}\x1b]99;i=nocturne:d=1:e=1:p=body;${encoded(body)}${END}`;
    }
    default:
      return form satisfies never;
  }
}
