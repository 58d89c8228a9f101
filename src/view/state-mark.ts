import {type Alert, alertState} from '../domain/alert.ts';
import type {Severity} from '../domain/severity.ts';
import type {Translate} from '../runtime/i18n.ts';
import {type AlertEntry, isUnhandled} from './alert-entry.ts';
import type {HostEntry} from './host-entry.ts';
import {isHostStale} from './host-entry.ts';
import {type Part, part, type Tone} from './tone.ts';

/** State is always shape and word; colour only comes on top. */
const SHAPE: Readonly<Record<Severity, string>> = {critical: '▲', warning: '●', unknown: '◆', ok: '✓', pending: '·'};
export const STALE_SHAPE = '○';

const TONE: Readonly<Record<Severity, Tone>> = {
  critical: 'critical',
  warning: 'warning',
  unknown: 'unknown',
  ok: 'ok',
  pending: 'dim',
};

export function severityShape(severity: Severity): string {
  return SHAPE[severity];
}

export function severityTone(severity: Severity): Tone {
  return TONE[severity];
}

/** `▲ KRIT`, six cells in both languages. Coloured only while it needs a hand; `○` where we cannot know. */
export function alertMark(entry: Pick<AlertEntry, 'alert' | 'origin'>, t: Translate): Part {
  const {alert, origin} = entry;
  if (alertState(alert) === 'resolved' || alertState(alert) === 'closed') {
    return part(
      `${origin.isStale ? STALE_SHAPE : SHAPE.ok} ${t('view.severity.ok')}`,
      origin.isStale ? 'stale' : 'dim',
    );
  }
  const word = t(`view.severity.${alert.severity}`);
  if (origin.isStale) return part(`${STALE_SHAPE} ${word}`, 'stale');
  return part(`${SHAPE[alert.severity]} ${word}`, alertTone(alert));
}

/** The colour of an alert that is known to be so now. */
function alertTone(alert: Alert): Tone {
  return isUnhandled(alert) ? TONE[alert.severity] : 'plain';
}

/** `▲ AUS`, `✓ OK`: what a host is, by its own check. */
export function hostMark(entry: Pick<HostEntry, 'facts' | 'origin'>, t: Translate): Part {
  const {state} = entry.facts;
  const word = t(`view.host.${state}`);
  if (isHostStale(entry)) return part(`${STALE_SHAPE} ${word}`, 'stale');
  switch (state) {
    case 'up':
      return part(`${SHAPE.ok} ${word}`, 'ok');
    case 'down':
      return part(`${SHAPE.critical} ${word}`, 'critical');
    case 'unreachable':
      return part(`${STALE_SHAPE} ${word}`, 'dim');
    case 'unknown':
      return part(`${SHAPE.unknown} ${word}`, 'unknown');
    default:
      return state satisfies never;
  }
}
