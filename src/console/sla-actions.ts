import type {Priority} from '../domain/sla/priority.ts';
import {safeText} from '../runtime/safe-text.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import {carryOut, fitTargets, planFor} from './alert-actions.ts';
import type {Scene} from './scene.ts';
import type {Prompt} from './state.ts';
import {type Action, become, type Hands, refuse, type Step} from './step.ts';
import {type AlertVerb, entriesOf, objection} from './targets.ts';

/** Between the question for the customer and the reason for us. */
const BETWEEN = '//';

/** `P1`, `p1` or `1`, and the reason. */
const PRIORITY = /^[Pp]?([1-4])\s+(\S.*)$/;

/** One command is enough for an incident, however many of its alerts it is for. */
export function oneOfEach(entries: readonly AlertEntry[]): readonly AlertEntry[] {
  const seen = new Set<string>();
  return entries.filter(({origin, alert, sla}) => {
    const key = `${origin.url} ${sla?.incident.id ?? alert.occurrence}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** `W`: the customer has answered, the clock goes on. */
export const resume: Action = (scene, hands) => {
  const fit = fitTargets(scene, 'resume', hands);
  if ('refusal' in fit) return fit.refusal;
  const entries = oneOfEach(fit.entries);
  const plan = planFor(entries, ({alert}) => ({kind: 'resume', occurrence: alert.occurrence}), hands);
  return carryOut(scene, plan, null, entries, hands);
};

function stillFit(prompt: Prompt, scene: Scene, verb: AlertVerb, {t}: Hands): readonly AlertEntry[] {
  return oneOfEach(entriesOf(scene, prompt.targets).filter(entry => objection(entry, verb, t) === null));
}

function complain(prompt: Prompt, scene: Scene, problem: string): Step {
  return become({...scene.state, prompt: {...prompt, problem}});
}

function tooLate(scene: Scene, {t, now}: Hands): Step {
  const step = refuse(scene, t('console.refused.tooLate'), now);
  return become({...step.state, prompt: null});
}

/** What was typed after `w`: the question, which the customer sees, and after `//` the reason, which stays with us. Source: SL-6. */
export function submitPause(prompt: Prompt, scene: Scene, hands: Hands): Step {
  const at = prompt.text.indexOf(BETWEEN);
  const asked = (at < 0 ? prompt.text : prompt.text.slice(0, at)).trim();
  const why = at < 0 ? '' : prompt.text.slice(at + BETWEEN.length).trim();
  if (asked === '') return complain(prompt, scene, hands.t('sla.prompt.needsQuestion'));
  const entries = stillFit(prompt, scene, 'pause', hands);
  if (entries.length === 0) return tooLate(scene, hands);
  const question = safeText(asked);
  const reason = safeText(why === '' ? hands.t('sla.prompt.waitsForCustomer') : why);
  const plan = planFor(entries, ({alert}) => ({kind: 'pause', occurrence: alert.occurrence, reason, question}), hands);
  return carryOut(scene, plan, null, entries, hands);
}

/** What was typed after `P`: the priority and why; it counts from the start of the incident. Source: SL-8. */
export function submitPriority(prompt: Prompt, scene: Scene, hands: Hands): Step {
  const [, number, why] = PRIORITY.exec(prompt.text.trim()) ?? [];
  if (number === undefined || why === undefined) return complain(prompt, scene, hands.t('sla.prompt.needsPriority'));
  const entries = stillFit(prompt, scene, 'priority', hands);
  if (entries.length === 0) return tooLate(scene, hands);
  const priority = `P${number}` as Priority;
  const reason = safeText(why);
  const plan = planFor(
    entries,
    ({alert}) => ({kind: 'priority', occurrence: alert.occurrence, priority, mode: 'retroactive', reason}),
    hands,
  );
  return carryOut(scene, plan, null, entries, hands);
}
