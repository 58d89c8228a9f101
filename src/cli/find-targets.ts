import type {CollectorView, NocView} from '../client/noc.ts';
import type {OccurrenceId} from '../domain/alert.ts';
import {Fault} from '../domain/fault.ts';
import type {Instant} from '../domain/time.ts';
import {shortId} from '../view/alert-entry.ts';
import {alertVocabulary} from '../view/alert-vocabulary.ts';
import {OPEN_SCOPE, selectAlerts} from '../view/alerts.ts';
import {parseFilter} from '../view/filter.ts';
import {candidates, type Target} from './targets.ts';

/** One alert that a target names, or `alert` null for one that was not found. */
export interface Found {
  /** As the user is to see it: with the tag where several collectors are connected. */
  readonly label: string;
  readonly alert: {readonly collector: string; readonly occurrence: OccurrenceId} | null;
}

/**
 * Finds what targets name in the pictures of the collectors, each alert once, in the order typed.
 *
 * @throws {Fault} `TARGET_AMBIGUOUS` for an id that two collectors know, `TARGET_SEVERAL` for a filter that matches several
 *   alerts without `--all`, and those of `parseFilter`.
 */
export function findTargets(
  view: NocView,
  targets: readonly Target[],
  takesSeveral: boolean,
  now: Instant,
): readonly Found[] {
  const found = targets.flatMap(target =>
    target.type === 'id' ? [findId(view, target)] : findFilter(view, target.text, takesSeveral, now),
  );
  const seen = new Set<string>();
  return found.filter(({label}) => !seen.has(label) && seen.add(label));
}

function findId(view: NocView, target: Extract<Target, {type: 'id'}>): Found {
  const isOnlyOne = view.collectors.length === 1;
  const matches = view.collectors.flatMap(collector => {
    const occurrence = candidates(target, collector.tag, isOnlyOne).find(id => collector.state?.alerts.has(id));
    return occurrence === undefined ? [] : [{collector, occurrence}];
  });
  const [match, another] = matches;
  if (match === undefined) return {label: target.typed, alert: null};
  if (another !== undefined) {
    const choices = matches.map(({collector, occurrence}) => labelOf(collector, occurrence, false)).join(', ');
    throw new Fault('TARGET_AMBIGUOUS', `${target.typed} may be ${choices}`, {given: target.typed, choices});
  }
  const {collector, occurrence} = match;
  return {label: labelOf(collector, occurrence, isOnlyOne), alert: {collector: collector.url, occurrence}};
}

/** The short id of an alert as the faces show it. */
function labelOf(collector: Pick<CollectorView, 'tag'>, occurrence: OccurrenceId, isOnlyOne: boolean): string {
  return isOnlyOne ? occurrence : `${collector.tag}${occurrence}`;
}

function findFilter(view: NocView, text: string, takesSeveral: boolean, now: Instant): readonly Found[] {
  const entries = selectAlerts(view, parseFilter(text, alertVocabulary), OPEN_SCOPE, now);
  if (entries.length > 1 && !takesSeveral) {
    const ids = entries.map(shortId).join(' ');
    throw new Fault('TARGET_SEVERAL', `${text} matches ${entries.length} alerts; add --all to take all of them`, {
      filter: text,
      count: entries.length,
      ids,
    });
  }
  if (entries.length === 0) return [{label: text, alert: null}];
  return entries.map(entry => ({
    label: shortId(entry),
    alert: {collector: entry.origin.url, occurrence: entry.alert.occurrence},
  }));
}
