import type {Translate} from '../runtime/i18n.ts';
import {cellWidth, lineWidth, truncateLine} from './cells.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import type {OnCallEntry} from './on-call.ts';
import {STALE_SHAPE, severityShape} from './state-mark.ts';
import {type Line, type Part, part} from './tone.ts';

/**
 * `Bereitschaft: Ben Krüger +49 171 5550102 bis 22:39`: who answers for one customer now, in one line where all fit, else in one
 * for each schedule. The schedule stands before the name where there are several; nobody is a shape and a word (OC-2), and
 * without a schedule that is said.
 */
export function onCallLines(entries: readonly OnCallEntry[], width: number, context: DrawContext): readonly Line[] {
  const label = part(`${context.t('view.onCall.label')} `, 'dim');
  if (entries.length === 0) return [truncateLine([label, part(context.t('view.onCall.none'), 'dim')], width)];
  const items = entries.map(entry => entryParts(entry, entries.length > 1, context));
  const all = [label, ...items.flatMap((item, index) => (index === 0 ? item : [part('   '), ...item]))];
  if (lineWidth(all) <= width) return [all];
  const indent = part(' '.repeat(cellWidth(label.text)));
  return items.map((item, index) => truncateLine([index === 0 ? label : indent, ...item], width));
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
