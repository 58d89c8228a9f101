import type {PendingCommand} from '../client/noc.ts';
import {graphemes} from '../runtime/graphemes.ts';
import type {Translate} from '../runtime/i18n.ts';
import {cellWidth, fitLine, lineWidth, spread, truncate, truncateLine} from '../view/cells.ts';
import {type Line, part} from '../view/tone.ts';
import {rowAtCursor} from './alert-list.ts';
import {backupsAside} from './backups-texts.ts';
import {commandNamed} from './command-table.ts';
import {keyLabel} from './help-lines.ts';
import type {Binding} from './keymap.ts';
import {disabledReason} from './press.ts';
import type {Scene} from './scene.ts';
import {type Prompt, UNDO_MS} from './state.ts';

/** The last row: the line that is typed, else the question, else what there is to say, else the keys that work now. */
export function bottomLine(scene: Scene, t: Translate): Line {
  const {state, layout} = scene;
  const {columns} = layout;
  if (state.prompt !== null) return promptLine(state.prompt, columns, t);
  if (state.question !== null) {
    const keys = `   ${keyLabel('enter', t)} ${t('console.question.yes')}  ${keyLabel('escape', t)} ${t('console.question.no')}`;
    return fitLine(
      [...truncateLine([part(state.question.text, 'strong')], columns - cellWidth(keys)), part(keys, 'dim')],
      columns,
    );
  }
  const right = aside(scene, t);
  if (state.notice !== null) {
    const room = columns - lineWidth(right) - 1;
    return spread(truncateLine([part(state.notice.text, state.notice.tone)], room), right, columns);
  }
  const room = columns - lineWidth(right) - 1;
  return spread(state.help === null ? keysLine(scene, room, t) : closeLine(t), right, columns);
}

function closeLine(t: Translate): Line {
  return [part(keyLabel('escape', t), 'key'), part(` ${t('console.key.backShort')}`, 'dim')];
}

/** What must not be forgotten: how many are marked, how many commands wait for a link. */
function aside(scene: Scene, t: Translate): Line {
  const {state, view, isReadOnly} = scene;
  const backups = backupsAside(scene, t);
  const queued = view.commands.filter(({status}: PendingCommand) => status === 'queued').length;
  const texts = [
    ...(isReadOnly ? [t('console.aside.readOnly')] : []),
    ...(state.marks.size > 0 ? [t('console.aside.marked', {count: state.marks.size})] : []),
    ...(queued > 0 ? [t('console.aside.queued', {count: queued})] : []),
    ...(backups === null ? [] : [backups]),
  ];
  return texts.length === 0 ? [] : [part(texts.join('  '), 'strong')];
}

/** The ways out, which are always shown where they lead somewhere. */
const LAST: readonly string[] = ['app.back', 'app.help'];

/** Keys that do something here and now, the most wanted first, whole entries; and at the end the ways out. */
function keysLine(scene: Scene, width: number, t: Translate): Line {
  const offered = scene.keys.bindings
    .filter(binding => binding.footer !== undefined && binding.keys.length > 0 && isOffered(scene, binding, t))
    .toSorted((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
  const itemOf = ({keys, help}: Binding): Line => [
    part(keyLabel(keys[0] ?? '', t), 'key'),
    part(` ${t(`${help}Short`)}`, 'dim'),
  ];
  const last = joined(offered.filter(({action}) => LAST.includes(action)).map(itemOf));
  let line: Line = last;
  const kept: Line[] = [];
  for (const binding of offered.filter(({action}) => !LAST.includes(action))) {
    kept.push(itemOf(binding));
    const longer = joined([...kept, last]);
    if (lineWidth(longer) > width) break;
    line = longer;
  }
  return line;
}

function joined(items: readonly Line[]): Line {
  return items.flatMap((item, index) => (index === 0 ? item : [part('  '), ...item]));
}

function isOffered(scene: Scene, binding: Binding, t: Translate): boolean {
  if (disabledReason(scene, binding, t) !== null) return false;
  const {undo, pane, main, marks, filters, customer} = scene.state;
  switch (binding.action) {
    case 'app.undo':
      return undo !== null && scene.now - undo.doneAt <= UNDO_MS;
    case 'app.back':
      return pane !== 'alerts' || marks.size > 0 || filters.alerts !== '' || customer !== null;
    case 'alerts.openFold':
      return isAtFold(scene, false);
    case 'alerts.closeFold':
      return isAtFold(scene, true);
    case 'list.open':
      return pane !== 'detail' || main === 'hosts';
    case 'list.filter':
      return pane !== 'detail';
    case 'hosts.downtime':
      return pane !== 'alerts' || scene.lists.alerts.length > 0;
    case 'hosts.history':
    case 'hosts.children':
      return pane === 'detail' && main === 'hosts';
    default:
      return true;
  }
}

/** Is the cursor on a closed fold, or on an open one or in it? */
function isAtFold(scene: Scene, isOpen: boolean): boolean {
  const row = rowAtCursor(scene);
  if (row?.type === 'fold') return row.isOpen === isOpen;
  return isOpen && row !== null && row.place !== null;
}

const CARET_BLANK = ' ';

/** Cells for what a line is about; the rest is for what is typed. */
const SUBJECT_CELLS = 24;

/** `Notiz: die Platte ist be▌   Enter …`: what it is about where the cursor does not say it, the label, the text around the caret, and what is wrong or to be known. */
function promptLine(prompt: Prompt, width: number, t: Translate): Line {
  const subject = promptSubject(prompt, t);
  const about = subject === null ? '' : `${truncate(subject, SUBJECT_CELLS)}  `;
  const label = part(`${about}${t(promptLabel(prompt))} `, 'strong');
  const room = width - cellWidth(label.text);
  const before = prompt.text.slice(0, prompt.caret);
  const at = graphemes(prompt.text.slice(prompt.caret))[0] ?? CARET_BLANK;
  const after = prompt.text.slice(
    prompt.caret + (at === CARET_BLANK && prompt.caret === prompt.text.length ? 0 : at.length),
  );
  const typed = cellWidth(prompt.text) + 1;
  const hintRoom = room - typed - 3;
  const aside: Line = hintRoom > 8 ? [part('   '), ...truncateLine(promptAside(prompt, t), hintRoom)] : [];
  return fitLine([label, part(endOf(before, room - 2)), part(at, 'caret'), part(after), ...aside], width);
}

/** What is wrong, or how the word at the caret can go on, or what to type. */
function promptAside(prompt: Prompt, t: Translate): Line {
  const {problem, text, offers} = prompt;
  const isUnfinished = offers.at === null && offers.words.length > 0;
  if (problem !== null && !isUnfinished) return [part(problem, 'warning')];
  if (text === '') return [part(t(promptHint(prompt)), 'dim')];
  if (offers.words.length === 0) return hintWhileTyping(prompt, t);
  return offers.words.flatMap(
    (word, index): Line => [
      ...(index === 0 ? [] : [part('  ')]),
      part(word.trimEnd(), index === offers.at ? 'strong' : 'dim'),
    ],
  );
}

/** Once something is typed an example beside it would look like an offer; what keeps a form does not. */
const ONLY_EXAMPLES: ReadonlySet<Prompt['kind']> = new Set(['filter', 'acknowledge', 'snooze']);

function hintWhileTyping(prompt: Prompt, t: Translate): Line {
  if (prompt.kind === 'command') return commandHint(prompt.text, t);
  return ONLY_EXAMPLES.has(prompt.kind) ? [] : [part(t(promptHint(prompt)), 'dim')];
}

/** `NAME [KEY]  den Filter behalten …`: what the command that stands there takes and does. */
function commandHint(text: string, t: Translate): Line {
  const command = commandNamed(text.trimStart().split(/\s+/)[0] ?? '');
  if (command === undefined) return [];
  return [...(command.argument === null ? [] : [part(`${command.argument}  `)]), part(t(command.help), 'dim')];
}

/** What a line is about: the place of a downtime, or how many alerts; null where the cursor says it. */
export function promptSubject({targets, places, kind}: Prompt, t: Translate): string | null {
  if (kind === 'downtime')
    return places.length === 1 ? (places[0]?.name ?? null) : t('fold.hosts', {count: places.length});
  return kind !== 'command' && targets.length > 1 ? t('fold.alerts', {count: targets.length}) : null;
}

/** Catalogue key of what stands before a line that is typed. */
export function promptLabel({kind, list, customerVisible}: Prompt): string {
  if (kind === 'note' && customerVisible) return 'console.prompt.label.customerNote';
  if (kind === 'pause' || kind === 'priority') return `sla.prompt.label.${kind}`;
  return kind === 'filter' && list === 'hosts' ? 'console.prompt.label.hostFilter' : `console.prompt.label.${kind}`;
}

/** The end of a text that fits, so that the caret behind it stays in sight. */
function endOf(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const cluster of graphemes(text).reverse()) {
    used += cellWidth(cluster);
    if (used > width) break;
    kept = cluster + kept;
  }
  return `…${kept}`;
}

/** Catalogue key of what to type. */
export function promptHint({kind, list, customerVisible}: Prompt): string {
  if (kind === 'note' && customerVisible) return 'console.prompt.hint.customerNote';
  if (kind === 'filter' && list === 'hosts') return 'console.prompt.hint.hostFilter';
  return kind === 'pause' || kind === 'priority' ? `sla.prompt.hint.${kind}` : `console.prompt.hint.${kind}`;
}
