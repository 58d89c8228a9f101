import {type CheckAddress, hostKey} from '../domain/address.ts';
import {Fault} from '../domain/fault.ts';
import {type DurationMs, HOUR, type Instant} from '../domain/time.ts';
import {parseDuration} from '../runtime/duration.ts';
import {faultText} from '../runtime/fault-text.ts';
import {safeText} from '../runtime/safe-text.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import {alertVocabulary} from '../view/alert-vocabulary.ts';
import {NO_COMPLETION} from '../view/completion.ts';
import {parseFilter} from '../view/filter.ts';
import {hostVocabulary} from '../view/hosts.ts';
import {carryOut, fitTargets, planFor} from './alert-actions.ts';
import {submitRestoreTest} from './backups-actions.ts';
import {focus} from './move-actions.ts';
import {takeOffer, withOffers} from './prompt-offers.ts';
import {editText, insertText, parseSpanAndWords} from './prompt-text.ts';
import type {Scene} from './scene.ts';
import {oneOfEach, submitPause, submitPriority} from './sla-actions.ts';
import type {DowntimePlace, FilteredList, ListState, OutgoingCommand, Prompt} from './state.ts';
import {type Action, become, type Hands, refuse, type Step} from './step.ts';
import {type AlertVerb, entriesOf, objection, targetsOf} from './targets.ts';

/** What Enter alone snoozes for. Nothing stands in the line beforehand: `30m` typed behind `1h` would be an hour and a half. */
const SNOOZE_DEFAULT: DurationMs = HOUR;

/** A line of text, empty or with a start. */
export function openPrompt(
  kind: Prompt['kind'],
  over: Partial<Pick<Prompt, 'targets' | 'places' | 'text' | 'list'>>,
): Prompt {
  const {targets = [], places = [], text = '', list = 'alerts'} = over;
  return {
    kind,
    list,
    targets,
    places,
    text,
    caret: text.length,
    customerVisible: false,
    problem: null,
    before: text,
    offers: {...NO_COMPLETION, at: null},
    past: null,
  };
}

function openFor(kind: Prompt['kind'], verb: AlertVerb): Action {
  return (scene, hands) => {
    const fit = fitTargets(scene, verb, hands);
    if ('refusal' in fit) return fit.refusal;
    const targets = fit.entries.map(({key}) => key);
    return become({...scene.state, notice: null, prompt: openPrompt(kind, {targets})});
  };
}

export const acknowledgeWith = openFor('acknowledge', 'ack');
export const note = openFor('note', 'note');
export const snooze = openFor('snooze', 'snooze');
export const wait = openFor('pause', 'pause');
export const priority = openFor('priority', 'priority');

/** A note that the customer sees, which starts the update clock anew. Source: SL-10. */
export const tell: Action = (scene, hands) => {
  const step = note(scene, hands);
  const {prompt} = step.state;
  return prompt === null ? step : become({...step.state, prompt: {...prompt, customerVisible: true}});
};

/** A maintenance window for the hosts of the alerts, for the host under the cursor, or for the customer in the pane of customers. */
export const downtime: Action = (scene, {t, now}) => {
  const places = downtimePlaces(scene);
  if (places.length === 0) return refuse(scene, t('console.refused.nothing'), now);
  return become({...scene.state, notice: null, prompt: openPrompt('downtime', {places})});
};

/** The list that narrows is the one that is looked at; where it is not in sight it comes there. */
export const filter: Action = scene => {
  const {pane, main} = scene.state;
  const list: FilteredList = pane === 'hosts' || (pane === 'detail' && main === 'hosts') ? 'hosts' : 'alerts';
  const prompt = openPrompt('filter', {text: scene.state.filters[list], list});
  const isInSight = scene.layout.kind !== 'single' && main === list;
  const state = isInSight ? scene.state : focus(scene.state, list);
  return become({...state, notice: null, prompt: withOffers(prompt, scene)});
};

/** One press while a line is typed. Nothing but Enter and Esc leaves it, so no text can act as keys. */
export function pressInPrompt(prompt: Prompt, key: string, scene: Scene, hands: Hands): Step {
  if (key === 'enter') return submit(prompt, scene, hands);
  if (key === 'escape' || key === 'ctrl+c') return cancel(prompt, scene);
  if (key === 'tab' && prompt.kind === 'note') {
    return become({...scene.state, prompt: {...prompt, customerVisible: !prompt.customerVisible}});
  }
  if (key === 'tab' || key === 'shift+tab') {
    return narrowed(takeOffer(prompt, key === 'tab' ? 1 : -1, scene), scene, hands);
  }
  const edited = editText(prompt, key) ?? (isText(key) ? insertText(prompt, key === 'space' ? ' ' : key) : null);
  return edited === null ? become(scene.state) : retype({...prompt, ...edited}, scene, hands);
}

/** Pasted text is typed, whatever it says; without a prompt it does nothing (security rule 47). */
export function pasteInPrompt(prompt: Prompt, text: string, scene: Scene, hands: Hands): Step {
  return retype({...prompt, ...insertText(prompt, text)}, scene, hands);
}

/** Names of keys are longer than one grapheme, or start with their modifier. */
function isText(key: string): boolean {
  return key === 'space' || !/^[a-zA-Z]{2,}$|^(?:ctrl|shift|alt)\+./.test(key);
}

function retype(prompt: Prompt, scene: Scene, hands: Hands): Step {
  return narrowed(withOffers({...prompt, past: null}, scene), scene, hands);
}

/** The list narrows while its filter is typed; a filter that cannot be read yet leaves it as it was. */
function narrowed(prompt: Prompt, scene: Scene, hands: Hands): Step {
  if (prompt.kind !== 'filter') return become({...scene.state, prompt: {...prompt, problem: null}});
  const problem = filterProblem(prompt, hands);
  const state = problem === null ? withFilter(scene, prompt.list, prompt.text) : scene.state;
  return become({...state, prompt: {...prompt, problem}});
}

function filterProblem({list, text}: Prompt, {t}: Hands): string | null {
  try {
    if (list === 'alerts') parseFilter(text, alertVocabulary);
    else parseFilter(text, hostVocabulary);
    return null;
  } catch (error) {
    if (error instanceof Fault) return faultText(error, t);
    throw error;
  }
}

const TOP: Pick<ListState, 'index' | 'top'> = {index: 0, top: 0};

/** Narrows a list. Marks are gone: what cannot be seen must not be acted on. */
export function withFilter({state}: Pick<Scene, 'state'>, list: FilteredList, text: string): Scene['state'] {
  if (state.filters[list] === text.trim()) return state;
  return {
    ...state,
    marks: new Set(),
    filters: {...state.filters, [list]: text.trim()},
    lists: {...state.lists, [list]: {...state.lists[list], ...TOP}},
  };
}

function cancel(prompt: Prompt, scene: Scene): Step {
  const state = prompt.kind === 'filter' ? withFilter(scene, prompt.list, prompt.before) : scene.state;
  return become({...state, prompt: null});
}

function submit(prompt: Prompt, scene: Scene, hands: Hands): Step {
  switch (prompt.kind) {
    case 'filter':
      if (prompt.problem !== null) return become(scene.state);
      return become({...withFilter(scene, prompt.list, prompt.text), prompt: null});
    case 'acknowledge':
      return submitAcknowledge(prompt, scene, hands);
    case 'note':
      return submitNote(prompt, scene, hands);
    case 'snooze':
      return submitSnooze(prompt, scene, hands);
    case 'pause':
      return submitPause(prompt, scene, hands);
    case 'priority':
      return submitPriority(prompt, scene, hands);
    case 'downtime':
      return submitDowntime(prompt, scene, hands);
    case 'restoreTest':
      return submitRestoreTest(prompt, scene, hands);
    case 'command':
      // Carried out where all actions are known, in `press`.
      return become({...scene.state, prompt: null});
    default:
      return prompt.kind satisfies never;
  }
}

function complain(prompt: Prompt, scene: Scene, problem: string): Step {
  return become({...scene.state, prompt: {...prompt, problem}});
}

/** The alerts the prompt was opened for, as they are now; those for which the verb came too late are left out. */
function stillFit(prompt: Prompt, scene: Scene, verb: AlertVerb, {t}: Hands): readonly AlertEntry[] {
  return entriesOf(scene, prompt.targets).filter(entry => objection(entry, verb, t) === null);
}

function tooLate(scene: Scene, {t, now}: Hands): Step {
  const step = refuse(scene, t('console.refused.tooLate'), now);
  return become({...step.state, prompt: null});
}

/** Instants of commands are the collector's: our clock and its skew. */
function collectorTime(entry: AlertEntry, now: Instant, span: DurationMs): Instant {
  return now + entry.origin.skewMs + span;
}

function submitAcknowledge(prompt: Prompt, scene: Scene, hands: Hands): Step {
  const {span, words} = parseSpanAndWords(prompt.text);
  const entries = stillFit(prompt, scene, 'ack', hands);
  if (entries.length === 0) return tooLate(scene, hands);
  const plan = planFor(
    entries,
    entry => ({
      kind: 'ack',
      occurrence: entry.alert.occurrence,
      note: words === '' ? null : safeText(words),
      until: span === null ? null : collectorTime(entry, hands.now, span),
      sticky: false,
    }),
    hands,
  );
  return carryOut(scene, plan, null, entries, hands);
}

function submitNote(prompt: Prompt, scene: Scene, hands: Hands): Step {
  const text = safeText(prompt.text.trim());
  if (text === '') return complain(prompt, scene, hands.t('console.prompt.needsText'));
  const {customerVisible} = prompt;
  const fitting = stillFit(prompt, scene, 'note', hands);
  // The customer is told once of one matter; a note of ours stands where it will be looked for.
  const entries = customerVisible ? oneOfEach(fitting) : fitting;
  if (entries.length === 0) return tooLate(scene, hands);
  const plan = planFor(
    entries,
    ({alert}) => ({kind: 'note', occurrence: alert.occurrence, text, customerVisible}),
    hands,
  );
  return carryOut(scene, plan, null, entries, hands);
}

function submitSnooze(prompt: Prompt, scene: Scene, hands: Hands): Step {
  const text = prompt.text.trim();
  const span = text === '' ? SNOOZE_DEFAULT : parseDuration(text);
  if (span === null || span === 0) return complain(prompt, scene, hands.t('console.prompt.needsDuration'));
  const entries = stillFit(prompt, scene, 'snooze', hands);
  if (entries.length === 0) return tooLate(scene, hands);
  const plan = planFor(
    entries,
    entry => ({kind: 'snooze', occurrence: entry.alert.occurrence, until: collectorTime(entry, hands.now, span)}),
    hands,
  );
  return carryOut(scene, plan, null, entries, hands);
}

/** What a downtime would be for, by where the cursor is. */
function downtimePlaces(scene: Scene): readonly DowntimePlace[] {
  const {state, lists, view} = scene;
  if (state.pane === 'customers') {
    const customer = state.lists.customers.cursor;
    return view.collectors.flatMap(({url, state: known}) => {
      const found = customer === null ? undefined : known?.customers.get(customer);
      if (customer === null || found === undefined) return [];
      return [{collector: url, customer, site: null, host: null, name: found.name}];
    });
  }
  if (state.pane === 'hosts') {
    const entry = lists.hosts.find(({key}) => key === state.lists.hosts.cursor);
    return entry === undefined ? [] : [placeOf(entry.origin.url, entry.facts)];
  }
  const places = new Map<string, DowntimePlace>();
  for (const {origin, alert} of targetsOf(scene))
    places.set(`${origin.url} ${hostKey(alert)}`, placeOf(origin.url, alert));
  return [...places.values()];
}

function placeOf(
  collector: string,
  {customer, site, host}: Pick<CheckAddress, 'customer' | 'site' | 'host'>,
): DowntimePlace {
  return {collector, customer, site, host, name: host};
}

/** How to take it back is only known once it is sent: the id of a downtime is made from that of its command. */
function submitDowntime(prompt: Prompt, scene: Scene, hands: Hands): Step {
  const {span, words} = parseSpanAndWords(prompt.text);
  if (span === null || span === 0 || words === '') {
    return complain(prompt, scene, hands.t('console.prompt.needsDurationAndReason'));
  }
  const comment = safeText(words);
  const commands = prompt.places.map(({collector, customer, site, host, name}): OutgoingCommand => {
    const skewMs = scene.view.collectors.find(({url}) => url === collector)?.skewMs ?? 0;
    const start = hands.now + skewMs;
    return {
      collector,
      body: {kind: 'downtime', customer, site, host, service: null, start, end: start + span, comment},
      expectedVersion: null,
      subject: name,
    };
  });
  return {
    state: {...scene.state, prompt: null, notice: null, marks: new Set(), undo: null},
    effects: [{type: 'send', commands}],
  };
}
