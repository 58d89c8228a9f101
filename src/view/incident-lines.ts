import type {IncidentMoment} from '../domain/incident.ts';
import type {Translate} from '../runtime/i18n.ts';
import type {AlertEntry} from './alert-entry.ts';
import type {AlertFold} from './alert-rows.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {ageText} from './durations.ts';
import {foldAge, foldFacts} from './fold-facts.ts';

/** What the alerts of a fold come to together, in sentences: how many, on what, since when, and who has them. */
export function foldTexts(fold: AlertFold, context: DrawContext): readonly string[] {
  const {t} = context;
  const {origin, sla} = fold.lead;
  const {hosts, since, acked, firing, owners} = foldFacts(fold);
  const values = {
    id: sla === null ? '' : `${origin.prefix}${sla.incident.id}`,
    alerts: t('fold.alerts', {count: fold.own.length}),
    hosts: t('fold.hosts', {count: hosts.length}),
    at: momentText(since - origin.skewMs, context),
    age: ageText(foldAge(fold, context.now), t),
  };
  const affected = fold.affected.length === 0 ? '' : `, ${t('view.affected', {count: fold.affected.length})}`;
  const summary = t(sla === null ? 'fold.matter' : 'fold.summary', values) + affected;
  if (firing < 2) return [summary];
  return [summary, acked === 0 ? t('fold.nobody') : t('fold.acked', {acked, firing, names: owners.join(', ')})];
}

/** More of them the log has. */
const MOST_MOMENTS = 6;

/** What was done for the incident of an alert that no alert tells by itself: why its clocks stand, how urgent it is, what the customer knows. Newest first. */
export function incidentMoments(
  {sla, origin}: AlertEntry,
  context: DrawContext,
): readonly {readonly at: string; readonly text: string}[] {
  const told: {readonly at: string; readonly text: string}[] = [];
  for (const moment of sla?.incident.moments.toReversed() ?? []) {
    const words = wordsOf(moment, context.t);
    if (words === null) continue;
    const text = moment.text === null ? words : context.t('view.moment.quote', {words, text: moment.text});
    if (told.push({at: momentText(moment.at - origin.skewMs, context), text}) === MOST_MOMENTS) break;
  }
  return told;
}

/** null for what the alerts themselves tell. */
function wordsOf(moment: IncidentMoment, t: Translate): string | null {
  const by = moment.by ?? '–';
  switch (moment.type) {
    case 'paused':
    case 'resumed':
    case 'informed':
      return t(`fold.moment.${moment.type}`, {by});
    case 'priority': {
      const {priority} = moment;
      return moment.by === null ? t('fold.moment.raised', {priority}) : t('fold.moment.priority', {by, priority});
    }
    case 'responded':
    case 'resolved':
    case 'reopened':
      return null;
    default:
      return moment satisfies never;
  }
}
