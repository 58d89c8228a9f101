import type {NocView} from '../client/noc.ts';
import type {Instant} from '../domain/time.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import {alertVocabulary} from '../view/alert-vocabulary.ts';
import {CONSOLE_SCOPE, listAlerts, narrowAlerts} from '../view/alerts.ts';
import {arrangeAlerts, groupHeads} from '../view/arrange-alerts.ts';
import {createBackupSelector} from '../view/backups.ts';
import {selectCustomers} from '../view/customers.ts';
import {createFeedSelector} from '../view/feed.ts';
import {type Filter, parseFilter, type Vocabulary} from '../view/filter.ts';
import {foldAlerts} from '../view/fold-alerts.ts';
import {countWaiting} from '../view/header-line.ts';
import type {HostEntry} from '../view/host-entry.ts';
import {createHostSelector, hostVocabulary} from '../view/hosts.ts';
import {nextDue} from '../view/sla-banner.ts';
import {selectSla} from '../view/sla-customers.ts';
import {type Held, withHeld} from './hold-row.ts';
import type {Lists, Totals} from './scene.ts';
import type {ConsoleState} from './state.ts';

/** What the lists depend on beside the picture itself. */
interface Question extends Pick<ConsoleState, 'filters' | 'customer' | 'order' | 'group'> {
  /** Hosts are many: they are listed only where they are seen. */
  readonly wantsHosts: boolean;
  readonly wantsSla: boolean;
}

/** The lists of one moment. */
export interface Derived {
  readonly lists: Lists;
  readonly totals: Totals;
}

/**
 * Makes the lists from the picture. It keeps the indexes that let a frame cost what changed, so it lives as long as the
 * console.
 *
 * @returns A function of the picture, what is asked, the row under the cursor (which stays in sight while it is selected,
 *   whatever becomes of it) and our clock. Its folds are closed.
 */
export function createDeriver(): (view: NocView, asked: Question, held: Held | null, now: Instant) => Derived {
  const selectHosts = createHostSelector();
  const selectFeed = createFeedSelector();
  const judgeBackups = createBackupSelector();
  const alertFilter = keepFilter(alertVocabulary);
  const hostFilter = keepFilter(hostVocabulary);

  return (view, asked, held, now) => {
    const every = listAlerts(view, CONSOLE_SCOPE, now);
    const filter = narrow(alertFilter(asked.filters.alerts), asked.customer);
    const narrowed = narrowAlerts(every, filter, now);
    const folded = foldAlerts(arrangeAlerts(narrowed, asked.order, asked.group), every, asked.group);
    const matters = withHeld(view, folded, held);
    const {customer} = asked;
    const events = selectFeed(view);
    const backups = judgeBackups(view, now);
    return {
      lists: {
        alerts: matters,
        matters,
        alertCount: narrowed.length,
        heads: groupHeads(matters, asked.group),
        customers: selectCustomers(view, every),
        hosts: asked.wantsHosts ? selectHosts(view, ofCustomer(hostFilter(asked.filters.hosts), customer), now) : NONE,
        sla: asked.wantsSla ? selectSla(view, customer, now) : NONE,
        events: customer === null ? events : events.filter(({alert}) => alert.customer === customer),
        backups: customer === null ? backups : backups.filter(entry => entry.customer === customer),
      },
      totals: totalsOf(every, now),
    };
  };
}

const NONE: readonly never[] = [];

function ofCustomer(filter: Filter<HostEntry>, customer: string | null): Filter<HostEntry> {
  if (customer === null) return filter;
  return {
    text: filter.text,
    isEmpty: false,
    matches: (entry, now) => entry.facts.customer === customer && filter.matches(entry, now),
  };
}

/** The filter and the chosen customer as one. A filter that asks for closed or resolved ones is answered with what is kept. */
function narrow(filter: Filter<AlertEntry>, customer: string | null): Filter<AlertEntry> | null {
  if (customer === null) return filter.isEmpty ? null : filter;
  return {
    text: filter.text,
    isEmpty: false,
    matches: (entry, now) => entry.alert.customer === customer && filter.matches(entry, now),
  };
}

/** Parses a text once. What is in the state has been read before, so it can be read. */
function keepFilter<T>(vocabulary: Vocabulary<T>): (text: string) => Filter<T> {
  let filter = parseFilter('', vocabulary);
  let source = '';
  return text => {
    if (text === source) return filter;
    filter = parseFilter(text, vocabulary);
    source = text;
    return filter;
  };
}

/** @param alerts - By deadline. */
function totalsOf(alerts: readonly AlertEntry[], now: Instant): Totals {
  let [open, acked, suppressed] = [0, 0, 0];
  for (const {alert} of alerts) {
    if (alert.condition !== 'firing') continue;
    if (alert.ack !== null) acked++;
    else if (alert.suppressed.length > 0) suppressed++;
    else open++;
  }
  return {open, acked, suppressed, waiting: countWaiting(alerts), nextDue: nextDue(alerts, now)};
}
