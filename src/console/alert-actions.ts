import type {CommandBody} from '../domain/command.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import {ownOf} from '../view/alert-rows.ts';
import {onCallFor} from '../view/on-call.ts';
import {onCallNames} from '../view/on-call-line.ts';
import {summaryInWords} from '../view/own-words.ts';
import {rowAtCursor} from './alert-list.ts';
import type {Scene} from './scene.ts';
import type {OutgoingCommand, Question, UndoStep} from './state.ts';
import {type Action, become, type Hands, refuse, type Step} from './step.ts';
import {type AlertVerb, commandFor, objection, subjectOf, targetsOf} from './targets.ts';
import {inverseOf} from './undo.ts';

/** More alerts at once than this are asked about, with their list. */
const ASK_ABOVE = 20;

/** Commands that belong together, and how they are taken back. */
interface Plan {
  readonly commands: readonly OutgoingCommand[];
  readonly undo: UndoStep | null;
}

/** Makes one command for each alert. Nothing can be taken back unless all of it can. */
export function planFor(
  entries: readonly AlertEntry[],
  bodyOf: (entry: AlertEntry) => CommandBody,
  hands: Hands,
): Plan {
  const commands: OutgoingCommand[] = [];
  const back: OutgoingCommand[] = [];
  for (const entry of entries) {
    const body = bodyOf(entry);
    commands.push(commandFor(entry, body));
    const inverse = inverseOf(body, entry);
    if (inverse !== null) back.push({...commandFor(entry, inverse), expectedVersion: null});
  }
  const undo = back.length === commands.length ? {commands: back, doneAt: hands.now} : null;
  return {commands, undo};
}

/** Sends a plan, or asks first when it is about very many alerts. */
export function carryOut(
  scene: Scene,
  plan: Plan,
  question: string | null,
  entries: readonly AlertEntry[],
  {t}: Hands,
): Step {
  const {state} = scene;
  const text =
    entries.length > ASK_ABOVE
      ? t('console.question.many', {count: entries.length, what: verbText(plan, t)})
      : question;
  if (text !== null) return become({...state, prompt: null, question: ask(text, entries, plan, t)});
  return {
    state: {...state, prompt: null, question: null, marks: new Set(), notice: null, undo: plan.undo},
    effects: [{type: 'send', commands: plan.commands}],
  };
}

function verbText({commands}: Plan, t: Hands['t']): string {
  return t(`view.verb.${commands[0]?.body.kind ?? 'ack'}`);
}

function ask(text: string, entries: readonly AlertEntry[], plan: Plan, t: Hands['t']): Question {
  const list =
    entries.length > 1 ? entries.map(({alert}) => `${subjectOf(alert)}  ${summaryInWords(alert.summary, t)}`) : [];
  return {text, list, top: 0, commands: plan.commands, undo: plan.undo};
}

/** The targets for which a verb makes sense, or the refusal that says why it does for none. */
export function fitTargets(
  scene: Scene,
  verb: AlertVerb,
  {t, now}: Hands,
): {readonly entries: readonly AlertEntry[]} | {readonly refusal: Step} {
  const targets = targetsOf(scene);
  const entries = targets.filter(entry => objection(entry, verb, t) === null);
  if (entries.length > 0) return {entries};
  const [only] = targets;
  const why = only === undefined ? t('console.refused.nothing') : (objection(only, verb, t) ?? '');
  return {refusal: refuse(scene, why, now)};
}

/** An action that needs no words. */
function atOnce(
  verb: AlertVerb,
  bodyOf: (entry: AlertEntry) => CommandBody,
  questionOf: (entries: readonly AlertEntry[], scene: Scene, hands: Hands) => string | null,
): Action {
  return (scene, hands) => {
    const fit = fitTargets(scene, verb, hands);
    if ('refusal' in fit) return fit.refusal;
    const plan = planFor(fit.entries, bodyOf, hands);
    return carryOut(scene, plan, questionOf(fit.entries, scene, hands), fit.entries, hands);
  };
}

const NEVER_ASKS = () => null;

export const acknowledge = atOnce(
  'ack',
  ({alert}) => ({kind: 'ack', occurrence: alert.occurrence, note: null, until: null, sticky: false}),
  NEVER_ASKS,
);

/** Somebody else's acknowledgement cannot be given back in his name, so taking it away asks. */
export const release = atOnce(
  'unack',
  ({alert}) => ({kind: 'unack', occurrence: alert.occurrence}),
  (entries, scene, {t}) => {
    const [other] = entries.filter(
      ({alert, origin}) => alert.ack !== null && alert.ack.by !== nameAt(scene, origin.url),
    );
    if (other?.alert.ack === null || other === undefined) return null;
    return t('console.question.release', {by: other.alert.ack.by, subject: subjectOf(other.alert)});
  },
);

/** Wakes people up, which nothing takes back; so the question says who is on call. */
export const escalate = atOnce(
  'escalate',
  ({alert}) => ({kind: 'escalate', occurrence: alert.occurrence, level: null}),
  (entries, {view}, {t, now}) => {
    const [first] = entries;
    if (entries.length !== 1 || first === undefined) return t('console.question.escalateSome', {count: entries.length});
    const level = (first.alert.escalation?.level ?? 1) + 1;
    const question = t('console.question.escalate', {subject: subjectOf(first.alert), level});
    return `${question} ${onCallNames(onCallFor(view, first.alert.customer, now) ?? [], t)}`.trimEnd();
  },
);

export const resolve = atOnce('resolve', ({alert}) => ({kind: 'resolve', occurrence: alert.occurrence}), NEVER_ASKS);

/** The name under which a collector knows us. */
function nameAt(scene: Scene, collector: string): string | null {
  return scene.me ?? scene.view.collectors.find(({url}) => url === collector)?.who?.name ?? null;
}

/** Marks what the row under the cursor acts on, all of a fold; when it is marked already, unmarks it. */
export const mark: Action = scene => {
  const {state, lists} = scene;
  const row = rowAtCursor(scene);
  if (row === null) return become(state);
  const marks = new Set(state.marks);
  const own = ownOf(row);
  const areAll = own.every(({key}) => marks.has(key));
  for (const {key} of own) {
    if (areAll) marks.delete(key);
    else marks.add(key);
  }
  const index = lists.alerts.indexOf(row) + 1;
  const next = lists.alerts[index];
  const moved = next === undefined ? state.lists.alerts : {...state.lists.alerts, cursor: next.key, index};
  return become({...state, marks, detailTop: 0, lists: {...state.lists, alerts: moved}});
};

/** Marks all that the rows act on; when they are all marked, none. */
export const markAll: Action = scene => {
  const {state, lists} = scene;
  const firing = lists.matters
    .flatMap(ownOf)
    .filter(({alert}) => alert.condition === 'firing')
    .map(({key}) => key);
  const areAll = firing.length > 0 && firing.every(key => state.marks.has(key));
  return become({...state, marks: new Set(areAll ? [] : firing)});
};
