import type {CollectorView, NocView} from '../client/noc.ts';
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
 * So are those of which a collector that is silent has told nothing, until it is back.
 *
 * @param before - What the last call returned.
 * @param view - With the link of each collector as its pulse says.
 * @param watchedSince - When this wall first had a whole picture.
 */
export function trendOf(before: Trend, view: NocView, watchedSince: Instant, now: Instant): Trend {
  const known = view.collectors.flatMap(collector => knownOf(collector, now));
  const horizon = known.reduce((oldest, {alerts}) => Math.min(oldest, oldestClosed(alerts)), watchedSince);
  const heardUntil = known.reduce((earliest, {until}) => Math.min(earliest, until), now);
  const current = Math.floor(now / HOUR) * HOUR;
  const remembered = new Map(before.map(hour => [hour.start, hour]));
  const hours: TrendHour[] = [];
  for (let start = current - (TREND_HOURS - 1) * HOUR; start <= current; start += HOUR) {
    const isWhole = start >= horizon || start === current;
    const isHeard = start < heardUntil || heardUntil === now;
    const hour = isWhole && isHeard ? hourOf(known, start) : remembered.get(start);
    if (hour !== undefined) hours.push(hour);
  }
  return hours;
}

/** What one collector knows, by our clock. */
interface Known {
  readonly alerts: readonly Alert[];
  readonly hosts: number;
  /** Now; the last word of one that is silent. What happened after it is not nothing. */
  readonly until: Instant;
}

function knownOf({state, skewMs, link, heardAt}: CollectorView, now: Instant): readonly Known[] {
  if (state === null) return [];
  const alerts = [...state.alerts.values()].map(alert => (skewMs === 0 ? alert : shifted(alert, skewMs)));
  return [{alerts, hosts: state.hosts.size, until: link === 'live' ? now : Math.min(now, heardAt ?? now)}];
}

function oldestClosed(alerts: readonly Alert[]): Instant {
  return alerts.reduce((oldest, {closedAt}) => Math.min(oldest, closedAt ?? oldest), Number.POSITIVE_INFINITY);
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

function hourOf(known: readonly Known[], start: Instant): TrendHour {
  const end = start + HOUR;
  let opened = 0;
  let acknowledged = 0;
  let acknowledgeMs = 0;
  let downMs = 0;
  let baseMs = 0;
  for (const {alerts, hosts, until} of known) {
    const watchedUntil = Math.min(end, until);
    baseMs += hosts * Math.max(0, watchedUntil - start);
    for (const alert of alerts) {
      if (alert.openedAt >= start && alert.openedAt < end) {
        opened++;
        if (alert.firstAckAt !== null && alert.suppressed.length === 0) {
          acknowledged++;
          acknowledgeMs += alert.firstAckAt - alert.openedAt;
        }
      }
      if (alert.service !== '' || hosts === 0) continue;
      const ended = alert.resolvedAt ?? alert.closedAt ?? until;
      const overlap = Math.min(watchedUntil, ended) - Math.max(start, alert.openedAt);
      if (overlap <= 0) continue;
      if (alert.suppressed.length > 0 || alert.severity === 'unknown') baseMs -= overlap;
      else if (alert.severity === 'critical') downMs += overlap;
    }
  }
  return {
    start,
    opened,
    acknowledged,
    acknowledgeMs: acknowledged === 0 ? null : acknowledgeMs / acknowledged,
    availabilityPercent: baseMs <= 0 ? null : Math.max(0, 100 * (1 - downMs / baseMs)),
  };
}
