import type {ClockState} from '../domain/sla/clock.ts';
import type {Instant} from '../domain/time.ts';
import type {Translate} from '../runtime/i18n.ts';
import type {AlertEntry} from './alert-entry.ts';
import type {DrawContext} from './draw-context.ts';
import {remainingText, spanText} from './durations.ts';
import type {ServiceHours} from './sla-customers.ts';
import {hoursText} from './sla-lines.ts';
import {type Line, type Part, part, type Tone} from './tone.ts';

const CLOCKS = ['response', 'resolution', 'update'] as const;

/**
 * `P1   Reaktion 09:41 von 15 min   Lösung 3 h 54   Kunde informieren 54 min`: what was promised and how it stands; empty
 * without an incident. The clock that comes due next says of how much.
 */
export function clockLine({sla, origin}: AlertEntry, context: DrawContext): Line {
  const {t, now} = context;
  if (sla === null) return [];
  const clocks = sla.clocks(now + origin.skewMs);
  const parts = CLOCKS.flatMap((name): Part[] => {
    const clock = clocks[name];
    if (clock === null) return [];
    const isNext = clock.clock === 'running' && clock.dueAt === clocks.nextDueAt;
    const target = spanText(clock.elapsedMs + clock.remainingMs, t);
    return [
      part(`   ${t(`view.clock.${name}`)} `, 'dim'),
      clockPart(clock, now + origin.skewMs, origin.isStale, t),
      ...(isNext ? [part(` ${t('sla.of', {target})}`, 'dim')] : []),
    ];
  });
  const head = part(`${sla.incident.priority}`, origin.isStale ? 'stale' : 'strong');
  return parts.length === 0 ? [head, part(`   ${t('view.clock.none')}`, 'dim')] : [head, ...parts];
}

/** `Servicezeit rund um die Uhr (gold)`; empty where nothing is promised. */
export function serviceLine({customer}: AlertEntry, hours: ServiceHours | null, context: DrawContext): Line {
  const tier = customer?.contract?.tier ?? null;
  if (hours === null || tier === null) return [];
  return [part(context.t('sla.hours', {hours: hoursText(hours, context), tier}), 'dim')];
}

function clockPart(clock: ClockState, now: Instant, isStale: boolean, t: Translate): Part {
  if (clock.clock === 'stopped' && clock.outcome === 'met') return part(t('view.clock.met'), 'dim');
  if (clock.clock === 'stopped') return part(t('view.clock.breached'), 'dim');
  if (clock.clock === 'paused') return part(t('view.paused'), 'dim');
  // The deadline by the calendar is what a person can plan with; service time alone is not.
  const left = clock.dueAt === null ? clock.remainingMs : clock.dueAt - now;
  return part(remainingText(left, t), isStale ? 'stale' : toneOf(clock));
}

function toneOf({level}: ClockState): Tone {
  switch (level) {
    case 'ok':
    case 'notice':
      return 'plain';
    case 'warning':
      return 'warning';
    case 'critical':
    case 'breached':
      return 'critical';
    default:
      return level satisfies never;
  }
}
