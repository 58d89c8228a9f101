import type {NocView} from '../../client/noc.ts';
import type {OnCallPerson} from '../../domain/on-call/plan.ts';
import {type DrawContext, momentText} from '../draw-context.ts';
import {type OnCallEntry, selectOnCall, withoutOnCall} from '../on-call.ts';
import {bulletList, markdownTable, plainMarkdown} from './markdown.ts';

const EVERYBODY = () => true;

/** Section 8 of a handover: who is on call now and next, how to reach them, and where nobody is. Source: HD-1, OC-4. */
export function onCallSection(view: NocView, context: DrawContext): readonly string[] {
  const {t, now} = context;
  const entries = selectOnCall(view, EVERYBODY, now);
  if (entries.length === 0) return [t('view.onCall.none')];
  const without = withoutOnCall(view, EVERYBODY).map(plainMarkdown);
  const missing = without.length === 0 ? [] : [t('report.handover.withoutOnCall', {names: without.join(', ')})];
  const notes = [...entries.flatMap(entry => gapNote(entry, context)), ...missing];
  const table = markdownTable(
    t('report.handover.onCallHead'),
    entries.map(entry => row(entry, context)),
  );
  return notes.length === 0 ? table : [...table, '', ...bulletList(notes)];
}

function row({schedule, customers, who, until, next, origin}: OnCallEntry, context: DrawContext): readonly string[] {
  const {t} = context;
  const isUnsure = origin.isStale ? ` (${t('report.handover.onCallStale')})` : '';
  return [
    plainMarkdown(schedule) + isUnsure,
    customers === null ? t('report.handover.everybody') : plainMarkdown(customers.join(', ')),
    person(who, context),
    until === null ? '–' : momentText(until, context),
    until === null ? '–' : person(next, context),
  ];
}

function person(who: OnCallPerson | null, {t}: DrawContext): string {
  if (who === null) return t('report.handover.nobody');
  return plainMarkdown(who.contact === null ? who.name : `${who.name} ${who.contact}`);
}

function gapNote({schedule, gap}: OnCallEntry, context: DrawContext): readonly string[] {
  if (gap === null) return [];
  const values = {schedule: plainMarkdown(schedule), from: momentText(gap.from, context)};
  if (gap.to === null) return [context.t('report.handover.onCallGapFrom', values)];
  return [context.t('report.handover.onCallGap', {...values, to: momentText(gap.to, context)})];
}
