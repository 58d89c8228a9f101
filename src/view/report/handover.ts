import type {NocView} from '../../client/noc.ts';
import {alertState} from '../../domain/alert.ts';
import {DAY, type DurationMs, HOUR, type Instant} from '../../domain/time.ts';
import {type AlertEntry, dueAt, shortId} from '../alert-entry.ts';
import {customerName} from '../alert-lines.ts';
import {ALL_SCOPE, selectAlerts} from '../alerts.ts';
import {type DrawContext, momentText} from '../draw-context.ts';
import {ageText, spanText} from '../durations.ts';
import {type HostEntry, isHostStale} from '../host-entry.ts';
import {originOf} from '../origin.ts';
import {hostName, inWords, summaryInWords} from '../own-words.ts';
import {onCallSection} from './handover-on-call.ts';
import {bulletList, markdownTable, plainMarkdown} from './markdown.ts';

const DUE_SOON_MS: DurationMs = 8 * HOUR;
const MAINTENANCE_MS: DurationMs = DAY;

/** What a shift leaves behind. */
export interface Shift {
  readonly view: NocView;
  readonly hosts: readonly HostEntry[];
  /** When it began, by our clock. */
  readonly since: Instant;
}

type Rows = readonly (readonly string[])[];

/** Host and service, and what is wrong; the service once, where the words begin with it. */
function what({alert}: AlertEntry, {t}: DrawContext): string {
  const [host, service, summary] = [
    hostName(alert.host, t),
    inWords(alert.service, t),
    summaryInWords(alert.summary, t),
  ];
  const isNamed = service === '' || summary.toLowerCase().startsWith(service.toLowerCase());
  return plainMarkdown(`${isNamed ? host : `${host} / ${service}`}: ${summary}`);
}

/** A deadline that has passed is no time to come. */
function dueText(due: Instant, context: DrawContext): string {
  const at = momentText(due, context);
  return due < context.now ? context.t('report.handover.overdue', {at}) : at;
}

function owner({alert}: AlertEntry, {t}: DrawContext): string {
  return alert.ack === null ? t('report.handover.nobody') : plainMarkdown(alert.ack.by);
}

function nextClock(entry: AlertEntry, now: Instant): 'response' | 'resolution' | 'update' | null {
  const clocks = entry.sla?.clocks(now + entry.origin.skewMs);
  const names = ['response', 'resolution', 'update'] as const;
  return names.find(name => clocks?.[name]?.clock === 'running' && clocks[name].dueAt === clocks.nextDueAt) ?? null;
}

function urgentRows(firing: readonly AlertEntry[], context: DrawContext): Rows {
  return firing
    .filter(({sla}) => sla?.incident.priority === 'P1' || sla?.incident.priority === 'P2')
    .map(entry => {
      const due = dueAt(entry);
      const note = entry.alert.notes.at(-1);
      return [
        shortId(entry),
        entry.sla?.incident.priority ?? '–',
        plainMarkdown(customerName(entry, context)),
        what(entry, context),
        owner(entry, context),
        momentText(entry.alert.openedAt - entry.origin.skewMs, context),
        note === undefined ? '–' : plainMarkdown(`${note.by}: ${note.text}`),
        due === null ? '–' : dueText(due, context),
      ];
    });
}

function dueRows(firing: readonly AlertEntry[], context: DrawContext): Rows {
  const {now, t} = context;
  return firing.flatMap(entry => {
    const due = dueAt(entry);
    if (due === null || due - now > DUE_SOON_MS) return [];
    const clock = nextClock(entry, now);
    const name = clock === null ? '–' : t(`view.clock.${clock}`);
    return [
      [dueText(due, context), shortId(entry), plainMarkdown(customerName(entry, context)), what(entry, context), name],
    ];
  });
}

function takenRows(firing: readonly AlertEntry[], context: DrawContext): Rows {
  const {t} = context;
  return firing
    .filter(({alert}) => alert.ack !== null || alert.suppressed.length > 0)
    .map(entry => {
      const {alert, origin} = entry;
      const states = [
        ...(alert.ack === null ? [] : [t('report.handover.acked', {by: plainMarkdown(alert.ack.by)})]),
        ...alert.suppressed.map(reason => t(`view.suppressed.${reason}`)),
      ];
      const until = alert.silencedUntil ?? alert.ack?.until ?? null;
      return [
        shortId(entry),
        plainMarkdown(customerName(entry, context)),
        what(entry, context),
        states.join(', '),
        until === null ? '–' : momentText(until - origin.skewMs, context),
      ];
    });
}

function downtimeRows({view}: Shift, context: DrawContext): Rows {
  return view.collectors.flatMap(collector => {
    const {skewMs} = originOf(collector, view.collectors.length === 1);
    const now = context.now + skewMs;
    return [...(collector.state?.downtimes.values() ?? [])]
      .filter(({state, start, end}) => {
        return (state === 'scheduled' || state === 'active') && end > now && start < now + MAINTENANCE_MS;
      })
      .sort((a, b) => a.start - b.start)
      .map(({start, end, customer, site, host, service, comment}) => [
        momentText(start - skewMs, context),
        momentText(end - skewMs, context),
        plainMarkdown(customer),
        plainMarkdown([site, host, service].filter(Boolean).join(' / ')) || context.t('report.maintenance.all'),
        plainMarkdown(comment),
      ]);
  });
}

function gapLines({view, hosts}: Shift, {t, now}: DrawContext): readonly string[] {
  const silent = view.collectors
    .filter(({link}) => link !== 'live')
    .map(({name, heardAt}) => {
      const since = heardAt === null ? t('report.handover.noLink') : ageText(now - heardAt, t);
      return t('report.handover.gapCollector', {name: plainMarkdown(name), since});
    });
  const stale = hosts.filter(isHostStale).map(({facts}) => {
    return t('report.handover.gapHost', {customer: plainMarkdown(facts.customer), host: plainMarkdown(facts.host)});
  });
  return [...silent, ...stale];
}

function numberLines(every: readonly AlertEntry[], since: Instant, {t}: DrawContext): readonly string[] {
  const isIn = (at: Instant | null | undefined, {origin}: AlertEntry) => at != null && at - origin.skewMs >= since;
  const opened = every.filter(entry => isIn(entry.alert.openedAt, entry));
  const resolved = every.filter(entry => isIn(entry.alert.resolvedAt, entry));
  const escalated = every.filter(entry => isIn(entry.alert.escalation?.at, entry));
  const waits = opened.flatMap(({alert}) => (alert.firstAckAt === null ? [] : [alert.firstAckAt - alert.openedAt]));
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  return [
    t('report.handover.opened', {count: opened.length}),
    t('report.handover.closed', {count: resolved.length}),
    t('report.handover.escalated', {count: escalated.length}),
    waits.length === 0
      ? t('report.handover.noMtta')
      : t('report.handover.mtta', {mean: spanText(mean, t), count: waits.length}),
  ];
}

/** The handover of a shift in Markdown, with the sections of HD-1 that the picture can fill; it names those it cannot. */
export function handoverReport(shift: Shift, context: DrawContext): readonly string[] {
  const {t, now} = context;
  const every = selectAlerts(shift.view, null, ALL_SCOPE, now);
  const firing = every.filter(({alert}) => alertState(alert) === 'open' || alertState(alert) === 'acked');
  const section = (name: string, lines: readonly string[]) => ['', `## ${t(`report.handover.${name}`)}`, '', ...lines];
  const table = (head: string, rows: Rows) =>
    rows.length === 0 ? [t('report.none')] : markdownTable(t(`report.handover.${head}`), rows);
  const gaps = gapLines(shift, context);
  return [
    `# ${t('report.handover.title')}`,
    ...section('period', [
      t('report.handover.span', {from: momentText(shift.since, context), to: momentText(now, context)}),
    ]),
    ...section('urgent', table('urgentHead', urgentRows(firing, context))),
    ...section('due', table('dueHead', dueRows(firing, context))),
    ...section('taken', table('takenHead', takenRows(firing, context))),
    ...section('downtimes', table('downtimeHead', downtimeRows(shift, context))),
    ...section('gaps', gaps.length === 0 ? [t('report.none')] : bulletList(gaps)),
    ...section('onCall', onCallSection(shift.view, context)),
    ...section('numbers', bulletList(numberLines(every, shift.since, context))),
    '',
    t('report.handover.unknown'),
    '',
    t('report.handover.signature'),
  ];
}
