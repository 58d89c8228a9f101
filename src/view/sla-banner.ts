import type {ClockState} from '../domain/sla/clock.ts';
import type {ClockLevel} from '../domain/sla/level.ts';
import type {Instant} from '../domain/time.ts';
import {type AlertEntry, dueAt} from './alert-entry.ts';
import {customerName} from './alert-lines.ts';
import {spread} from './cells.ts';
import type {DrawContext} from './draw-context.ts';
import {remainingText} from './durations.ts';
import {hostName, summaryInWords} from './own-words.ts';
import {type Line, part} from './tone.ts';

const CLOCKS = ['response', 'resolution', 'update'] as const;

/** From 75 percent on a deadline has a row of its own. Source: SL-5. */
const AT_RISK: ReadonlySet<ClockLevel> = new Set<ClockLevel>(['warning', 'critical', 'breached']);

interface NextBreach {
  readonly entry: AlertEntry;
  readonly name: (typeof CLOCKS)[number];
  readonly clock: ClockState;
}

/**
 * The alert whose promise will be broken next, while that is at risk; else the one that has been broken for longest, so that no
 * old breach hides the one that can still be prevented. What a silent collector said last may no longer hold.
 */
export function nextDue(byDeadline: readonly AlertEntry[], now: Instant): AlertEntry | null {
  const running = byDeadline.filter(entry => !entry.origin.isStale && dueAt(entry) !== null);
  const upcoming = running.find(entry => (dueAt(entry) ?? 0) >= now);
  if (upcoming !== undefined && nextBreach(upcoming, now) !== null) return upcoming;
  return running[0] ?? null;
}

/** The clock that comes due next, when little of it is left. */
function nextBreach(entry: AlertEntry, now: Instant): NextBreach | null {
  const clocks = entry.sla?.clocks(now + entry.origin.skewMs);
  for (const name of CLOCKS) {
    const clock = clocks?.[name];
    const isNext = clock?.clock === 'running' && clock.dueAt === clocks?.nextDueAt;
    if (isNext && clock != null && AT_RISK.has(clock.level)) return {entry, name, clock};
  }
  return null;
}

/**
 * `Frist 09:41  Müller Maschinenbau  srv-db-01  Platte /var 97 %       Reaktion P1`: the next promise that will be broken, or the
 * one that was; null while nothing is at risk.
 *
 * @param soonest - As `nextDue` gives it.
 */
export function slaBanner(soonest: AlertEntry | null, width: number, context: DrawContext): Line | null {
  const {t, now} = context;
  const next = soonest === null ? null : nextBreach(soonest, now);
  if (next === null) return null;
  const {entry, name, clock} = next;
  const {alert, origin, sla} = entry;
  const left = remainingText((clock.dueAt ?? 0) - origin.skewMs - now, t);
  const tone = clock.level === 'warning' ? 'warning' : 'critical';
  const words = [customerName(entry, context), hostName(alert.host, t), summaryInWords(alert.summary, t)];
  return spread(
    [part(t('sla.banner', {left}), tone), ...words.flatMap(text => [part('  '), part(text, 'strong')])],
    [part(`  ${t(`view.clock.${name}`)} ${sla?.incident.priority ?? ''}`, tone)],
    width,
  );
}
