import type {NocView} from '../client/noc.ts';
import type {Alert, Moment, OccurrenceId} from '../domain/alert.ts';
import {emptyTable, type Table} from '../domain/table.ts';
import type {DurationMs} from '../domain/time.ts';
import {entryKey} from './alert-entry.ts';

/** One thing that happened to one alert. */
export interface FeedEntry {
  readonly key: string;
  /** Of the alert, as in the list of alerts. */
  readonly alertKey: string;
  readonly moment: Moment;
  /** The alert as it was when the moment was first seen. */
  readonly alert: Alert;
  readonly customerName: string;
  readonly skewMs: DurationMs;
  readonly isStale: boolean;
}

/** Older moments fall out; the log of the collector has them. */
const FEED_LENGTH = 300;

interface Followed {
  alerts: Table<OccurrenceId, Alert>;
  /** Ascending by seq. */
  moments: readonly {readonly moment: Moment; readonly alert: Alert}[];
}

/**
 * What happened last on all collectors, newest first.
 *
 * @returns A selector that remembers what it has seen, so that a call costs what is new: keep it as long as the face lives.
 */
export function createFeedSelector(): (view: NocView) => readonly FeedEntry[] {
  const followed = new Map<string, Followed>();
  return view => {
    const entries: FeedEntry[] = [];
    for (const {url, state, skewMs, link} of view.collectors) {
      if (state === null) continue;
      const before = followed.get(url) ?? {alerts: emptyTable<OccurrenceId, Alert>(), moments: []};
      const now = follow(before, state.alerts);
      followed.set(url, now);
      for (const {moment, alert} of now.moments) {
        entries.push({
          key: `${url} ${moment.seq}`,
          alertKey: entryKey({url}, alert),
          moment,
          alert,
          customerName: state.customers.get(alert.customer)?.name ?? alert.customer,
          skewMs,
          isStale: link !== 'live',
        });
      }
    }
    return entries.sort(byTime).slice(0, FEED_LENGTH);
  };
}

function follow(before: Followed, alerts: Table<OccurrenceId, Alert>): Followed {
  const news: {moment: Moment; alert: Alert}[] = [];
  for (const [occurrence, alert] of alerts.changesSince(before.alerts)) {
    // What hides behind an outage is told once, by the alert of what is down.
    if (alert === undefined || alert.suppressed.includes('unreachable')) continue;
    const seen = before.alerts.get(occurrence)?.timeline.at(-1)?.seq ?? 0;
    for (const moment of alert.timeline) if (moment.seq > seen) news.push({moment, alert});
  }
  if (news.length === 0) return {alerts, moments: before.moments};
  news.sort((a, b) => a.moment.seq - b.moment.seq);
  return {alerts, moments: [...before.moments, ...news].slice(-FEED_LENGTH)};
}

function byTime(a: FeedEntry, b: FeedEntry): number {
  return b.moment.at - b.skewMs - (a.moment.at - a.skewMs) || b.moment.seq - a.moment.seq;
}
