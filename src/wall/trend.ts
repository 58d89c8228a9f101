import type {NocView} from '../client/noc.ts';
import type {Alert} from '../domain/alert.ts';
import {type DurationMs, HOUR, type Instant} from '../domain/time.ts';

/** Hours that the wall looks back. */
export const TREND_HOURS = 24;

/** What happened in one full or running hour. */
export interface TrendHour {
  readonly start: Instant;
  /** Alerts opened, suppressed ones too: they happened. */
  readonly opened: number;
  /** Mean from opened to the first acknowledgement, of the alerts opened in this hour; null without one. Source: AV-3. */
  readonly acknowledgeMs: DurationMs | null;
  readonly acknowledged: number;
  /**
   * Share of the hosts' time that was not down; null when nothing was watched. From the hosts' own alerts: maintenance,
   * silence and what stood behind a parent that was down are no part of the time. Source: AV-1, AV-4.
   */
  readonly availabilityPercent: number | null;
}

/** Hours known so far, oldest first, without gaps filled in. At most `TREND_HOURS`. */
export type Trend = readonly TrendHour[];

/**
 * The last day by hours, as far as it is known.
 *
 * The collectors keep closed alerts for a while: back to the oldest that is still there, and to when this wall was switched on,
 * the picture is whole. Hours before that are those remembered from earlier calls, or missing: a missing hour is not a quiet one.
 *
 * @param before - What the last call returned.
 * @param watchedSince - When this wall first had a whole picture.
 */
export function trendOf(before: Trend, view: NocView, watchedSince: Instant, now: Instant): Trend {
  const alerts = everyAlert(view);
  const horizon = alerts.reduce((oldest, {closedAt}) => Math.min(oldest, closedAt ?? oldest), watchedSince);
  const hosts = view.collectors.reduce((sum, {state}) => sum + (state?.hosts.size ?? 0), 0);
  const current = Math.floor(now / HOUR) * HOUR;
  const remembered = new Map(before.map(hour => [hour.start, hour]));
  const hours: TrendHour[] = [];
  for (let start = current - (TREND_HOURS - 1) * HOUR; start <= current; start += HOUR) {
    const known = start >= horizon || start === current ? hourOf(alerts, hosts, start, now) : remembered.get(start);
    if (known !== undefined) hours.push(known);
  }
  return hours;
}

/** Alerts of all collectors, their instants moved to our clock. */
function everyAlert(view: NocView): readonly Alert[] {
  const all: Alert[] = [];
  for (const {state, skewMs} of view.collectors) {
    for (const alert of state?.alerts.values() ?? []) all.push(skewMs === 0 ? alert : shifted(alert, skewMs));
  }
  return all;
}

function shifted(alert: Alert, skewMs: DurationMs): Alert {
  const back = (at: Instant | null): Instant | null => (at === null ? null : at - skewMs);
  return {
    ...alert,
    openedAt: alert.openedAt - skewMs,
    firstAckAt: back(alert.firstAckAt),
    resolvedAt: back(alert.resolvedAt),
    closedAt: back(alert.closedAt),
  };
}

function hourOf(alerts: readonly Alert[], hosts: number, start: Instant, now: Instant): TrendHour {
  const end = start + HOUR;
  let opened = 0;
  let acknowledged = 0;
  let acknowledgeMs = 0;
  let downMs = 0;
  let unwatchedMs = 0;
  const watchedUntil = Math.min(end, now);
  for (const alert of alerts) {
    if (alert.openedAt >= start && alert.openedAt < end) {
      opened++;
      if (alert.firstAckAt !== null && alert.suppressed.length === 0) {
        acknowledged++;
        acknowledgeMs += alert.firstAckAt - alert.openedAt;
      }
    }
    if (alert.service !== '' || hosts === 0) continue;
    const overlap = Math.min(watchedUntil, alert.resolvedAt ?? alert.closedAt ?? now) - Math.max(start, alert.openedAt);
    if (overlap <= 0) continue;
    if (alert.suppressed.length > 0 || alert.severity === 'unknown') unwatchedMs += overlap;
    else if (alert.severity === 'critical') downMs += overlap;
  }
  const baseMs = hosts * (watchedUntil - start) - unwatchedMs;
  return {
    start,
    opened,
    acknowledged,
    acknowledgeMs: acknowledged === 0 ? null : acknowledgeMs / acknowledged,
    availabilityPercent: baseMs <= 0 ? null : Math.max(0, 100 * (1 - downMs / baseMs)),
  };
}
