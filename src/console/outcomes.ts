import type {NocView, PendingCommand} from '../client/noc.ts';
import type {CommandId} from '../domain/command.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import type {Format} from '../runtime/format.ts';
import type {Translate} from '../runtime/i18n.ts';
import type {DrawContext} from '../view/draw-context.ts';
import type {Notice, OutgoingCommand} from './state.ts';
import {notice} from './step.ts';

/** Follows own commands until their verdict is there; says what did not go as it was meant, and that what no row shows is done. */
export interface OutcomeWatch {
  sent(cid: CommandId, command: OutgoingCommand): void;
  /** What to tell of the verdicts that are new in this picture; null while all is as it was meant and can be seen. */
  news(view: NocView, context: Pick<DrawContext, 't' | 'format'>, now: Instant): Notice | null;
}

/** Bad news stands longer than a hint: somebody thinks it is done. */
const OUTCOME_MS: DurationMs = 15_000;

/** Of these the last row said that they are on their way; it must not go on saying so. */
const TOLD_WHEN_DONE: ReadonlySet<string> = new Set(['morning-check', 'restore-test']);

export function createOutcomeWatch(): OutcomeWatch {
  const open = new Map<CommandId, OutgoingCommand>();
  return {
    sent: (cid, command) => void open.set(cid, command),
    news(view, {t, format}, now) {
      const texts: string[] = [];
      const done: string[] = [];
      for (const command of view.commands) {
        const mine = open.get(command.cid);
        if (mine === undefined || command.status !== 'settled') continue;
        open.delete(command.cid);
        const skewMs = view.collectors.find(({url}) => url === command.collector)?.skewMs ?? 0;
        const text = outcomeText(command, mine, skewMs, t, format);
        if (text !== null) texts.push(text);
        else if (TOLD_WHEN_DONE.has(command.body.kind))
          done.push(t(`console.outcome.done.${command.body.kind}`, {subject: mine.subject}));
      }
      const [first, ...others] = texts;
      if (first === undefined) return done.length === 0 ? null : notice(done.join(' '), now);
      const text = others.length === 0 ? first : t('console.outcome.andMore', {text: first, count: others.length});
      return {text, tone: 'warning', until: now + OUTCOME_MS};
    },
  };
}

/** What became of a command, by name where somebody else was faster; null when it did what it should. */
function outcomeText(
  {verdict, body}: PendingCommand,
  {subject}: OutgoingCommand,
  skewMs: DurationMs,
  t: Translate,
  format: Format,
): string | null {
  if (verdict === null || verdict.outcome === 'applied') return null;
  const values = {
    subject,
    what: t(`view.verb.${body.kind}`),
    by: verdict.by ?? '–',
    at: verdict.at === null ? '–' : format.clock(verdict.at - skewMs),
  };
  switch (verdict.code) {
    case 'ALREADY':
      return t(verdict.by === null ? 'console.outcome.already' : `console.outcome.alreadyBy.${body.kind}`, values);
    case 'CONFLICT':
      return t(verdict.by === null ? 'console.outcome.changed' : 'console.outcome.changedBy', values);
    case 'OK':
    case 'NOT_FOUND':
    case 'INVALID_TRANSITION':
    case 'FORBIDDEN':
    case 'EXPIRED':
    case 'CID_REUSED':
    case 'INVALID':
      return t(`console.outcome.code.${verdict.code}`, values);
    default:
      return verdict.code satisfies never;
  }
}
