import type {PendingCommand} from '../client/noc.ts';
import {type Alert, alertState, type Suppression} from '../domain/alert.ts';
import type {ClockLevel} from '../domain/sla/level.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import type {Translate} from '../runtime/i18n.ts';
import {type AlertEntry, alertAge, dueAt, isUnhandled} from './alert-entry.ts';
import {cellWidth, lineWidth, restyle, truncate} from './cells.ts';
import {type Cell, type Column, type FittedColumn, fitColumns, tableLine} from './columns.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {ageText, linkAgeText, remainingText} from './durations.ts';
import {hostName, isOwnWord, nameOfCustomer, summaryInWords} from './own-words.ts';
import {alertMark, STALE_SHAPE} from './state-mark.ts';
import {type Line, type Part, part, type Tone} from './tone.ts';

export type AlertColumn = 'due' | 'priority' | 'state' | 'age' | 'customer' | 'host' | 'what' | 'who';

const COLUMNS: readonly Column<AlertColumn>[] = [
  {key: 'due', steps: [7, 7, 7, 7, 7], align: 'left', drop: 5},
  {key: 'priority', steps: [2, 2, 2, 2, 2], align: 'left', drop: 4},
  {key: 'state', steps: [6, 6, 6, 6, 6], align: 'left', drop: null},
  {key: 'age', steps: [6, 6, 6, 6, 6], align: 'right', drop: 2},
  {key: 'customer', steps: [10, 10, 16, 24, 32], align: 'left', drop: 3},
  {key: 'host', steps: [11, 11, 14, 20, 28], align: 'left', drop: null},
  {key: 'what', steps: [10, 30, 36, 60, 500], align: 'left', drop: null},
  {key: 'who', steps: [9, 9, 13, 16, 18], align: 'left', drop: 1},
];

/** The columns that fit; without the customer where the whole list is one customer's. */
export function alertColumns(width: number, withCustomer: boolean): readonly FittedColumn<AlertColumn>[] {
  return fitColumns(
    COLUMNS.filter(column => withCustomer || column.key !== 'customer'),
    width,
  );
}

export function alertHeadLine(columns: readonly FittedColumn<AlertColumn>[], {t}: DrawContext): Line {
  const head = (key: AlertColumn): Cell => ({line: [part(t(`view.column.${key}`), 'dim')]});
  return tableLine(columns, {
    due: head('due'),
    priority: head('priority'),
    state: head('state'),
    age: head('age'),
    customer: head('customer'),
    host: head('host'),
    what: head('what'),
    who: head('who'),
  });
}

/** One alert as a row of the list. What is known is dim when it is old, and says how old. */
export function alertLine(
  columns: readonly FittedColumn<AlertColumn>[],
  entry: AlertEntry,
  context: DrawContext,
): Line {
  return tableLine(columns, alertCells(columns, entry, [], context));
}

/**
 * What stands in each column for an alert.
 *
 * @param lead - Before what is wrong.
 */
export function alertCells(
  columns: readonly FittedColumn<AlertColumn>[],
  entry: AlertEntry,
  lead: Line,
  context: DrawContext,
): Readonly<Record<AlertColumn, Cell>> {
  const {alert} = entry;
  const {t, now} = context;
  const isDim = isDimmed(entry);
  const tone = rowTone(entry);
  const who = whoLine(entry, context, whoRoom(columns));
  const subject: Tone = isUnhandled(alert) && !isDim ? 'strong' : tone;
  return {
    due: {line: [duePart(entry, context)]},
    priority: {line: [part(entry.sla?.incident.priority ?? '–', entry.sla === null ? 'dim' : tone)]},
    state: {line: [alertMark(entry, t)]},
    age: {line: [part(ageText(shownAge(entry, now), t), tone)]},
    customer: {line: [part(customerName(entry, context), tone)]},
    host: {line: [part(hostName(alert.host, t), subject)]},
    what: whatCell(columns, entry, lead, context),
    who: {line: isDim && entry.pending.length === 0 ? restyle(who, tone) : who},
  };
}

/** Is it over, or only known from before? */
export function isDimmed({origin, alert}: AlertEntry): boolean {
  return origin.isStale || alert.condition !== 'firing';
}

/** The tone of all that does not stand out in its row. */
export function rowTone(entry: AlertEntry): Tone {
  if (entry.origin.isStale) return 'stale';
  return isDimmed(entry) ? 'dim' : 'plain';
}

function whatCell(
  columns: readonly FittedColumn<AlertColumn>[],
  entry: AlertEntry,
  lead: Line,
  context: DrawContext,
): Cell {
  const tail = staleTail(entry, context);
  const room = (columns.find(({key}) => key === 'what')?.width ?? 0) - lineWidth(tail) - lineWidth(lead);
  return {line: [...lead, part(whatText(entry.alert, room, context.t), rowTone(entry))], tail};
}

/** Less than this share of time left needs a hand: the levels of SL-5 from 75 % on. */
const PRESSING: ReadonlySet<ClockLevel> = new Set<ClockLevel>(['warning', 'critical', 'breached']);

/** What is left until the next deadline; `angehalten` while it waits for the customer, `–` where nothing runs. */
export function duePart(entry: AlertEntry, {t, now}: DrawContext): Part {
  const due = dueAt(entry);
  if (due === null) {
    const isPaused = entry.alert.condition === 'firing' && entry.sla?.incident.pausedAt != null;
    return isPaused ? part(t('view.paused'), 'dim') : part('–', 'dim');
  }
  return part(remainingText(due - now, t), dueTone(entry, now));
}

function dueTone(entry: AlertEntry, now: Instant): Tone {
  if (entry.origin.isStale || entry.sla === null) return 'stale';
  const {response, resolution, update, nextDueAt} = entry.sla.clocks(now + entry.origin.skewMs);
  const next = [response, resolution, update].find(clock => clock?.clock === 'running' && clock.dueAt === nextDueAt);
  if (next === undefined || next === null || !PRESSING.has(next.level)) return 'plain';
  return next.level === 'warning' ? 'warning' : 'critical';
}

/** What is wrong; with the service before it where the summary does not name it and there is room for both. */
function whatText(alert: Alert, room: number, t: Translate): string {
  const {service} = alert;
  const summary = summaryInWords(alert.summary, t);
  if (isOwnWord(alert.summary)) return summary;
  if (service === '' || alert.summary.toLowerCase().includes(service.toLowerCase())) return summary;
  const both = `${service} · ${summary}`;
  return cellWidth(both) <= room ? both : summary;
}

export function customerName(entry: Pick<AlertEntry, 'customer' | 'alert'>, {t}: DrawContext): string {
  return nameOfCustomer(entry.customer, entry.alert.customer, t);
}

/** How old is what a silent collector told us: `○ 6m`. */
function staleTail({origin}: AlertEntry, {t, now}: DrawContext): Line {
  if (!origin.isStale) return [];
  const age = origin.heardAt === null ? '–' : linkAgeText(now - origin.heardAt, t);
  return [part(` ${STALE_SHAPE} ${age}`, 'stale')];
}

/** Since it is as it is: of one that is over, since then. */
function shownAge(entry: AlertEntry, now: Instant): DurationMs {
  const {resolvedAt, condition} = entry.alert;
  if (condition === 'firing' || resolvedAt === null) return alertAge(entry, now);
  return Math.max(0, now + entry.origin.skewMs - resolvedAt);
}

/** Nobody has it. */
export const NOBODY: Line = [part('–', 'dim')];
/** Cells of a name that are shown at most. */
export const OWNER_CELLS = 12;
/** A blank and `✓` or `…`. */
const MARK_CELLS = 2;

/**
 * `Jana ✓` has it and the collector knows; `Ben …` is on its way; `–` nobody, or why nobody needs to.
 *
 * @param room - Cells; where it gets narrow the end of a snooze goes first, then the reason beside an owner.
 */
function whoLine(entry: AlertEntry, context: DrawContext, room: number): Line {
  const {alert} = entry;
  const latest = entry.pending.at(-1);
  if (latest !== undefined) return [part(pendingText(latest, context, entry.origin.me, room), 'pending')];
  const reasons = reasonTexts(alert, context).map((text): Line => [part(text, 'dim')]);
  const ack = alertState(alert) === 'acked' ? alert.ack : null;
  const owner = ack === null ? null : part(`${shortName(ack.by, room)} ✓`, 'plain');
  const wordings = owner === null ? reasons : [...reasons.map(reason => [owner, part(' '), ...reason]), [owner]];
  return wordings.find(line => lineWidth(line) <= room) ?? wordings.at(-1) ?? NOBODY;
}

/** The order in which the reasons of a suppression are named: the one that a human made first. */
const REASONS: readonly Suppression[] = ['silenced', 'downtime', 'unreachable', 'flapping'];

/** Why nobody needs to have it, the longest wording first; none where nothing holds it back. */
function reasonTexts(alert: Alert, context: DrawContext): readonly string[] {
  const {t} = context;
  const reason = REASONS.find(candidate => alert.suppressed.includes(candidate));
  if (reason === undefined) return [];
  const until =
    reason === 'silenced' && alert.silencedUntil !== null
      ? [t('view.suppressed.silencedUntil', {until: momentText(alert.silencedUntil, context)})]
      : [];
  return [...until, t(`view.suppressed.${reason}`)];
}

/** Cells of the column that says who has it. */
export function whoRoom(columns: readonly FittedColumn<AlertColumn>[]): number {
  return columns.find(({key}) => key === 'who')?.width ?? 0;
}

/** A name with room for the mark behind it: without `✓` or `…` nobody knows whether it is on disk. */
function shortName(name: string, room: number): string {
  return truncate(name, Math.min(OWNER_CELLS, Math.max(1, room - MARK_CELLS)));
}

/** `Jana …`, `eskalieren …`: what is on its way. */
export function pendingText(command: PendingCommand, {t, me}: DrawContext, token: string | null, room: number): string {
  const {kind} = command.body;
  if (kind === 'ack') return `${shortName(me ?? token ?? t('view.me'), room)} …`;
  return `${t(`view.pending.${kind}`)} …`;
}
