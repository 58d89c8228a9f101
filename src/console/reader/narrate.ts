import type {PendingCommand} from '../../client/noc.ts';
import type {Translate} from '../../runtime/i18n.ts';
import type {DrawContext} from '../../view/draw-context.ts';
import {promptHint, promptLabel, promptSubject} from '../bottom-line.ts';
import {keyLabel} from '../help-lines.ts';
import type {Keys} from '../keys.ts';
import {panesOf, rowsIn} from '../layout.ts';
import type {Scene} from '../scene.ts';
import type {Prompt} from '../state.ts';
import {subjectWords} from './spoken-alert.ts';
import {detailWords, spokenRow, spokenTitle} from './spoken-row.ts';

/**
 * What is to be said of the step from one scene to the next, a line each: an answer to a key, or what news did to where the
 * technician stands. What happened elsewhere is told as news.
 *
 * @param stood - The last scene in which no line was typed and no question was open: what changed meanwhile is said when they are done.
 */
export function narrate(before: Scene, after: Scene, stood: Scene, context: DrawContext): readonly string[] {
  const {t} = context;
  const [was, is] = [before.state, after.state];
  const lines: string[] = [...commandLines(before, after, t)];
  if (is.question !== null && is.question !== was.question) lines.push(...questionLines(after, t));
  if (is.notice !== null && is.notice !== was.notice) lines.push(is.notice.text);
  return is.prompt !== null || is.question !== null ? lines : [...lines, ...placeLines(stood, after, context)];
}

/** What is new about where the technician stands. */
function placeLines(stood: Scene, after: Scene, context: DrawContext): readonly string[] {
  const [was, is] = [stood.state, after.state];
  if (isElsewhere(stood, after)) return [spokenTitle(after, context), ...spokenRow(after, context)];
  const {pane} = is;
  if (pane === 'detail') return detailNews(stood, after, context);
  if (is.lists[pane].cursor !== was.lists[pane].cursor) return spokenRow(after, context);
  if (isSameSet(is.marks, was.marks)) return [];
  return [context.t('reader.marks', {count: is.marks.size}), ...spokenRow(after, context)];
}

/** Another pane, or the same one narrowed or ordered in another way. */
function isElsewhere({state: was}: Scene, {state: is}: Scene): boolean {
  return (
    is.pane !== was.pane ||
    is.main !== was.main ||
    is.customer !== was.customer ||
    is.filters !== was.filters ||
    is.order !== was.order ||
    is.group !== was.group
  );
}

/** The lines that came into the window of the detail, and figures that were still on their way before. */
function detailNews(before: Scene, after: Scene, context: DrawContext): readonly string[] {
  const [from, to] = [before.state.detailTop, after.state.detailTop];
  if (before.course === 'waiting' && after.course !== 'waiting') return newLines(before, after, context);
  const [box] = panesOf(after.layout);
  if (from === to || box === undefined) return [];
  const lines = detailWords(after, context);
  const rows = rowsIn(box);
  const fresh =
    to > from ? lines.slice(Math.max(to, from + rows), to + rows) : lines.slice(to, Math.min(from, to + rows));
  return fresh.filter(Boolean);
}

/** What the detail says now and did not say before. */
function newLines(before: Scene, after: Scene, context: DrawContext): readonly string[] {
  const known = new Set(detailWords(before, context));
  return detailWords(after, context).filter(line => line !== '' && !known.has(line));
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every(key => b.has(key));
}

function questionLines({state: {question}}: Scene, t: Translate): readonly string[] {
  if (question === null) return [];
  const keys = `${keyLabel('enter', t)}: ${t('console.question.yes')}, ${keyLabel('escape', t)}: ${t('console.question.no')}`;
  return [question.text, ...question.list, keys];
}

/** What became of own commands; what did not go as it was meant is told by a notice. */
function commandLines(before: Scene, after: Scene, t: Translate): readonly string[] {
  if (before.view.commands === after.view.commands) return [];
  const known = new Map(before.view.commands.map(command => [command.cid, command.status]));
  return after.view.commands.flatMap(command => {
    if (known.get(command.cid) === command.status) return [];
    const values = {what: t(`view.verb.${command.body.kind}`), subject: subjectOfCommand(command, after, t)};
    switch (command.status) {
      case 'queued':
        return [];
      case 'sent':
        return [t('reader.command.sent', values)];
      case 'settled':
        return command.verdict?.outcome === 'applied' ? [t('reader.command.done', values)] : [];
      default:
        return command.status satisfies never;
    }
  });
}

function subjectOfCommand({body, collector}: PendingCommand, {view}: Scene, t: Translate): string {
  const state = view.collectors.find(({url}) => url === collector)?.state ?? null;
  const alert = 'occurrence' in body ? state?.alerts.get(body.occurrence) : undefined;
  if (alert !== undefined) return subjectWords(alert, t);
  return 'customer' in body ? body.customer : '';
}

/** `Notiz: die Platte`, as it stands while it is typed. */
export function promptWords(prompt: Prompt, t: Translate): string {
  const about = promptSubject(prompt, t);
  return `${about === null ? '' : `${about}: `}${t(promptLabel(prompt))} ${prompt.text}`;
}

/** What to type, or how to go on. */
export function promptHelp(prompt: Prompt, t: Translate): string {
  return t(promptHint(prompt));
}

/** Every key and what it does, a line each. */
export function keyWords(keys: Keys, t: Translate): readonly string[] {
  return keys.bindings
    .filter(binding => binding.keys.length > 0)
    .map(binding => `${binding.keys.map(key => keyLabel(key, t)).join(', ')}: ${t(binding.help)}`);
}
