import {alertState} from '../domain/alert.ts';
import {type AlertEntry, alertAge, shortId} from './alert-entry.ts';
import {cellWidth, lineWidth, truncateLine, wrapText} from './cells.ts';
import {clockLine, serviceLine} from './clock-line.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {ageText} from './durations.ts';
import type {OnCallEntry} from './on-call.ts';
import {onCallLines} from './on-call-line.ts';
import {summaryInWords} from './own-words.ts';
import {paragraph} from './sections.ts';
import {silentText} from './silent-text.ts';
import type {ServiceHours} from './sla-customers.ts';
import {alertMark} from './state-mark.ts';
import {type Line, part, type Tone} from './tone.ts';

/** What the customer of an alert was promised, as far as it is told. */
export interface Promises {
  /** When it is served now; null where nothing is promised, left out it is not told. */
  readonly hours?: ServiceHours | null;
  /** Who is on call for it; left out where no collector has any schedule, it is not told. */
  readonly onCall?: readonly OnCallEntry[] | null;
}

/** What is wrong and since when, what comes due, who has it, what keeps it quiet, and who is on call. */
export function alertHeadLines(
  entry: AlertEntry,
  {hours = null, onCall = null}: Promises,
  width: number,
  context: DrawContext,
): readonly Line[] {
  const {alert, origin} = entry;
  const {t, now} = context;
  const tone: Tone = origin.isStale ? 'stale' : 'plain';
  const mark = alertMark(entry, t);
  const indent = cellWidth(mark.text) + 1;
  const summary = wrapText(summaryInWords(alert.summary, t), Math.max(1, width - indent)).map(
    (text, index): Line => [
      index === 0 ? mark : part(' '.repeat(indent - 1)),
      part(' '),
      part(text, origin.isStale ? 'stale' : 'strong'),
    ],
  );
  const facts = [
    t('view.detail.since', {
      at: momentText(alert.openedAt - origin.skewMs, context),
      age: ageText(alertAge(entry, now), t),
    }),
    t('view.detail.reports', {count: alert.count}),
    ...(alert.reopenCount > 0 ? [t('view.detail.returned', {count: alert.reopenCount})] : []),
    ...(alert.maxSeverity === alert.severity
      ? []
      : [t('view.detail.worst', {severity: t(`view.severity.${alert.maxSeverity}`)})]),
    t('view.detail.id', {id: shortId(entry)}),
  ].join(', ');
  const lines: Line[] = [...summary, ...promiseLines(entry, hours, width, context), ...paragraph(facts, width, tone)];
  for (const text of [ownerText(entry, context), ...stateTexts(entry, context)])
    lines.push(...paragraph(text, width, tone));
  if (onCall !== null) lines.push(...onCallLines(onCall, width, context));
  if (origin.isStale) lines.push(...paragraph(silentText(origin, context), width, 'unknown'));
  return lines;
}

/** The clocks and the hours they run in, in one line where both fit. */
function promiseLines(
  entry: AlertEntry,
  hours: ServiceHours | null,
  width: number,
  context: DrawContext,
): readonly Line[] {
  const clocks = clockLine(entry, context);
  const service = serviceLine(entry, hours, context);
  if (clocks.length === 0) return [];
  const both = [...clocks, part('   '), ...service];
  if (service.length > 0 && lineWidth(both) <= width) return [both];
  return [clocks, service].filter(line => line.length > 0).map(line => truncateLine(line, width));
}

function ownerText({alert, origin}: AlertEntry, context: DrawContext): string {
  const {t} = context;
  const {ack} = alert;
  if (alertState(alert) === 'resolved' || alertState(alert) === 'closed') {
    const at = alert.resolvedAt === null ? '–' : momentText(alert.resolvedAt - origin.skewMs, context);
    return t(alert.resolvedManually ? 'view.detail.resolvedManually' : 'view.detail.resolved', {at});
  }
  if (ack === null) return t('view.detail.nobody');
  const until =
    ack.until === null ? '' : ` ${t('view.detail.until', {at: momentText(ack.until - origin.skewMs, context)})}`;
  const sticky = ack.sticky ? ` ${t('view.detail.sticky')}` : '';
  const words = t('view.detail.owner', {by: ack.by, at: momentText(ack.at - origin.skewMs, context)}) + until + sticky;
  return ack.note === null || ack.note === '' ? words : t('view.moment.quote', {words, text: ack.note});
}

function stateTexts({alert, origin, pending}: AlertEntry, context: DrawContext): readonly string[] {
  const {t} = context;
  const texts = alert.suppressed.map(reason => {
    if (reason !== 'silenced' || alert.silencedUntil === null) return t(`view.detail.suppressed.${reason}`);
    return t('view.detail.suppressed.silencedUntil', {at: momentText(alert.silencedUntil - origin.skewMs, context)});
  });
  const {escalation} = alert;
  if (escalation !== null) {
    const at = momentText(escalation.at - origin.skewMs, context);
    texts.push(t('view.detail.escalation', {level: escalation.level, at, by: escalation.by ?? '–'}));
  }
  for (const command of pending) {
    texts.push(
      t(`view.detail.pending.${command.status === 'queued' ? 'queued' : 'sent'}`, {
        what: t(`view.verb.${command.body.kind}`),
      }),
    );
  }
  return texts;
}
