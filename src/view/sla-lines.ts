import {budgetLeftPercent} from '../domain/report/month-figures.ts';
import {DAY, type Instant, MINUTE} from '../domain/time.ts';
import {type Column, type FittedColumn, fitColumns, tableLine} from './columns.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {linkAgeText, remainingText, spanText} from './durations.ts';
import type {ServiceHours, SlaEntry} from './sla-customers.ts';
import {STALE_SHAPE} from './state-mark.ts';
import {type Line, type Part, part, type Tone} from './tone.ts';

export type SlaColumn =
  | 'due'
  | 'customer'
  | 'tier'
  | 'hours'
  | 'running'
  | 'atRisk'
  | 'breached'
  | 'month'
  | 'availability'
  | 'target'
  | 'budget';

const COLUMNS: readonly Column<SlaColumn>[] = [
  {key: 'due', steps: [7, 7, 7, 7], align: 'left', drop: null},
  {key: 'customer', steps: [10, 16, 24, 40], align: 'left', drop: null},
  {key: 'tier', steps: [6, 8, 10, 16], align: 'left', drop: 6},
  {key: 'hours', steps: [18, 18, 20, 24], align: 'left', drop: null},
  {key: 'running', steps: [6, 6, 6, 6], align: 'right', drop: 4},
  {key: 'atRisk', steps: [9, 9, 9, 9], align: 'right', drop: null},
  {key: 'breached', steps: [8, 8, 8, 8], align: 'right', drop: null},
  {key: 'month', steps: [10, 10, 10, 12], align: 'right', drop: 2},
  {key: 'availability', steps: [9, 9, 9, 9], align: 'right', drop: 3},
  {key: 'target', steps: [7, 7, 7, 7], align: 'right', drop: 5},
  {key: 'budget', steps: [9, 9, 9, 9], align: 'right', drop: 1},
];

/** Less than this of the error budget left is a warning. */
const BUDGET_LOW_PERCENT = 25;

export function slaColumns(width: number): readonly FittedColumn<SlaColumn>[] {
  return fitColumns(COLUMNS, width);
}

export function slaHeadLine(columns: readonly FittedColumn<SlaColumn>[], {t}: DrawContext): Line {
  const head = (key: SlaColumn) => ({line: [part(t(`sla.column.${key}`), 'dim')]});
  return tableLine(columns, {
    due: head('due'),
    customer: head('customer'),
    tier: head('tier'),
    hours: head('hours'),
    running: head('running'),
    atRisk: head('atRisk'),
    breached: head('breached'),
    month: head('month'),
    availability: head('availability'),
    target: head('target'),
    budget: head('budget'),
  });
}

/** One customer: what comes due, under which contract, whether it is service time, clocks, and how this month stands. */
export function slaLine(columns: readonly FittedColumn<SlaColumn>[], entry: SlaEntry, context: DrawContext): Line {
  const {customer, origin, tier, running, atRisk, breached, targetPercent} = entry;
  const {t, format} = context;
  const tone: Tone = origin.isStale ? 'stale' : 'plain';
  const figure = (count: number, at: Tone) => ({line: [count === 0 ? part('·', 'dim') : part(String(count), at)]});
  return tableLine(columns, {
    due: {line: [duePart(entry, context)]},
    customer: {
      line: [part(customer.name, breached + atRisk > 0 && !origin.isStale ? 'strong' : tone)],
      tail: origin.isStale ? [part(` ${STALE_SHAPE}`, 'stale')] : [],
    },
    tier: {line: [tier === null ? part('–', 'dim') : part(tier, tone)]},
    hours: {line: [hoursPart(entry, context)]},
    running: figure(running, tone),
    atRisk: figure(atRisk, origin.isStale ? 'stale' : 'warning'),
    breached: figure(breached, origin.isStale ? 'stale' : 'critical'),
    month: {line: [monthPart(entry, context)]},
    availability: {line: [availabilityPart(entry, context)]},
    target: {
      line: [
        targetPercent === null ? part('–', 'dim') : part(t('view.percent', {n: format.number(targetPercent, 1)}), tone),
      ],
    },
    budget: {line: [budgetPart(entry, context)]},
  });
}

/** What is old, or comes from a collector that is silent, says so by its tone. */
function monthTone({origin, monthAgeMs}: SlaEntry, tone: Tone): Tone {
  return origin.isStale || monthAgeMs !== null ? 'stale' : tone;
}

/** Met of decided: `12 von 13`; when it is old shorter and with its age: `12/13 ○22m`. */
function monthPart(entry: SlaEntry, {t}: DrawContext): Part {
  const {month, monthAgeMs, tier} = entry;
  if (tier === null) return part('–', 'dim');
  if (month === null) return part(t('sla.unknown'), 'dim');
  const {met, breached} = month;
  const decided = met + breached;
  if (monthAgeMs !== null) {
    const count = decided === 0 ? '–' : `${met}/${decided}`;
    return part(`${count} ${STALE_SHAPE}${linkAgeText(monthAgeMs, t)}`, 'stale');
  }
  return decided === 0 ? part('–', 'dim') : part(t('sla.met', {met, of: decided}), monthTone(entry, 'plain'));
}

/** Said of what was not seen for more than 1 % of the service time: `99,93 %*`. Source: AV-4. */
const GAP_MARK = '*';

/** Of the service that was available for the least of its time; rounded down, so that no broken promise looks kept. */
function availabilityPart(entry: SlaEntry, {t, format}: DrawContext): Part {
  const {month, tier, targetPercent} = entry;
  if (tier !== null && month === null) return part(t('sla.unknown'), 'dim');
  if (month === null || month.worst === null) return part('–', 'dim');
  const {percent, hasGaps} = month.worst;
  const isBroken = targetPercent !== null && percent < targetPercent;
  const text = t('view.percent', {n: format.number(Math.floor(percent * 100 + 1e-6) / 100, 2)});
  return part(hasGaps ? text + GAP_MARK : text, monthTone(entry, isBroken ? 'critical' : 'plain'));
}

/** How long that service may still be down this month: `2 h 36`, `−12 min` when it was longer than promised. */
function budgetPart(entry: SlaEntry, {t}: DrawContext): Part {
  const {month, targetPercent} = entry;
  if (targetPercent === null) return part('–', 'dim');
  if (month === null) return part(t('sla.unknown'), 'dim');
  const left = month.worst?.budgetLeftMs ?? null;
  if (left === null) return part('–', 'dim');
  const mark = month.worst?.hasGaps === true ? GAP_MARK : '';
  // Rounded so that it never looks better than it is.
  const minutes = Math.floor(left / MINUTE);
  const text = (minutes < 0 ? `−${spanText(-minutes * MINUTE, t)}` : spanText(minutes * MINUTE, t)) + mark;
  const percent = budgetLeftPercent(month) ?? 0;
  return part(text, monthTone(entry, left < 0 ? 'critical' : percent < BUDGET_LOW_PERCENT ? 'warning' : 'plain'));
}

function duePart({nextDueAt, origin, atRisk, breached}: SlaEntry, {t, now}: DrawContext): Part {
  if (nextDueAt === null) return part('–', 'dim');
  const left = nextDueAt - now;
  if (origin.isStale) return part(remainingText(left, t), 'stale');
  return part(remainingText(left, t), left < 0 || breached > 0 ? 'critical' : atRisk > 0 ? 'warning' : 'plain');
}

/** Within a week the weekday says enough: `17:00`, `Mo 08:00`. */
function changeText(at: Instant, context: DrawContext): string {
  const {format, now} = context;
  const isNear = at - now < 6 * DAY && format.date(at) !== format.date(now);
  return isNear ? `${format.weekday(at)} ${format.clock(at)}` : momentText(at, context);
}

/** `offen bis 17:00`, `zu bis Mo 08:00`, `rund um die Uhr`. */
export function hoursText(hours: ServiceHours | null, context: DrawContext): string {
  const {t} = context;
  if (hours === null) return t('sla.service.none');
  if (hours.changesAt === null) return t(hours.isOpen ? 'sla.service.always' : 'sla.service.never');
  const at = changeText(hours.changesAt, context);
  return t(hours.isOpen ? 'sla.service.openUntil' : 'sla.service.closedUntil', {at});
}

function hoursPart({hours, origin}: SlaEntry, context: DrawContext): Part {
  const tone = hours?.isOpen === true ? 'plain' : 'dim';
  return part(hoursText(hours, context), origin.isStale ? 'stale' : tone);
}
