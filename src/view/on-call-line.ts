import type {Translate} from '../runtime/i18n.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import type {OnCallEntry} from './on-call.ts';
import {STALE_SHAPE, severityShape} from './state-mark.ts';
import {type Line, type Part, part} from './tone.ts';

/**
 * `Bereitschaft: Ben Krüger +49 171 5550102 bis 22:39`: who answers for one customer now. The schedule stands before the name
 * where there are several; nobody is a shape and a word (OC-2), and without a schedule that is said.
 */
export function onCallLine(entries: readonly OnCallEntry[], context: DrawContext): Line {
  const {t} = context;
  const label = part(`${t('view.onCall.label')} `, 'dim');
  if (entries.length === 0) return [label, part(t('view.onCall.none'), 'dim')];
  const isNamed = entries.length > 1;
  return [
    label,
    ...entries.flatMap((entry, index) => [part(index === 0 ? '' : '   '), ...entryParts(entry, isNamed, context)]),
  ];
}

function entryParts(entry: OnCallEntry, isNamed: boolean, context: DrawContext): readonly Part[] {
  const {t} = context;
  const {who, until, origin, schedule} = entry;
  const tone = origin.isStale ? 'stale' : 'plain';
  const end = until === null ? '' : ` ${t('view.onCall.until', {at: momentText(until, context)})}`;
  const contact = who === null || who.contact === null ? '' : ` ${who.contact}`;
  return [
    part(isNamed ? `${schedule} ` : '', 'dim'),
    part(origin.isStale ? `${STALE_SHAPE} ` : '', 'stale'),
    who === null ? part(nobody(t), origin.isStale ? 'stale' : 'critical') : part(`${who.name}${contact}`, tone),
    part(end, origin.isStale ? 'stale' : 'dim'),
  ];
}

/** The same without times, for a question: `Bereitschaft: Ben Krüger, ▲ niemand`; empty without a schedule. */
export function onCallNames(entries: readonly OnCallEntry[], t: Translate): string {
  if (entries.length === 0) return '';
  return `${t('view.onCall.label')} ${entries.map(({who}) => who?.name ?? nobody(t)).join(', ')}`;
}

function nobody(t: Translate): string {
  return `${severityShape('critical')} ${t('view.onCall.nobody')}`;
}
