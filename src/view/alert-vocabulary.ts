import {type Alert, alertState} from '../domain/alert.ts';
import {type AlertEntry, alertAge, shortId} from './alert-entry.ts';
import type {Vocabulary} from './filter.ts';
import {foldText} from './fold-text.ts';
import {everyWording} from './own-words.ts';

/** `fw-01` also names `fw-01.mueller.example`. */
export function hostNames(host: string): readonly string[] {
  const dot = host.indexOf('.');
  return dot > 0 ? [host, host.slice(0, dot)] : [host];
}

function owner(alert: Alert): readonly string[] {
  return alert.ack === null ? [] : [alert.ack.by];
}

/** What a filter can ask about an alert. Source: contract.md, TARGET and FILTER. */
export const alertVocabulary: Vocabulary<AlertEntry> = {
  fields: {
    customer: {
      kind: 'name',
      of: ({alert, customer}) => (customer === null ? [alert.customer] : [alert.customer, customer.name]),
    },
    site: {kind: 'name', of: ({alert}) => [alert.site]},
    host: {kind: 'name', of: ({alert}) => hostNames(alert.host)},
    service: {kind: 'name', of: ({alert}) => [alert.service]},
    source: {kind: 'name', of: ({alert}) => [alert.source]},
    collector: {kind: 'name', of: ({origin}) => [origin.name]},
    id: {kind: 'name', of: entry => [entry.alert.occurrence, shortId(entry)]},
    state: {kind: 'name', of: ({alert}) => [alertState(alert)]},
    suppressed: {kind: 'name', of: ({alert}) => alert.suppressed},
    owner: {kind: 'name', of: ({alert}) => owner(alert)},
    severity: {kind: 'rank', words: ['warning', 'unknown', 'critical'], of: ({alert}) => alert.severity},
    summary: {kind: 'text', of: ({alert}) => everyWording(alert.summary)},
    output: {kind: 'text', of: ({alert}) => (alert.output === null ? [] : everyWording(alert.output))},
    note: {kind: 'text', of: ({alert}) => alert.notes.map(note => note.text)},
    age: {kind: 'duration', of: alertAge},
    count: {kind: 'count', of: ({alert}) => alert.count},
    level: {kind: 'count', of: ({alert}) => alert.escalation?.level ?? null},
  },
  flags: {
    open: ({alert}) => alertState(alert) === 'open',
    acked: ({alert}) => alertState(alert) === 'acked',
    resolved: ({alert}) => alert.condition === 'resolved',
    closed: ({alert}) => alert.condition === 'closed',
    suppressed: ({alert}) => alert.suppressed.length > 0,
    downtime: ({alert}) => alert.suppressed.includes('downtime'),
    unreachable: ({alert}) => alert.suppressed.includes('unreachable'),
    flapping: ({alert}) => alert.suppressed.includes('flapping'),
    silenced: ({alert}) => alert.suppressed.includes('silenced'),
    stale: ({origin}) => origin.isStale,
  },
  label: ({alert}, name) => (Object.hasOwn(alert.labels, name) ? alert.labels[name] : undefined),
  haystack: entry => {
    const known = haystacks.get(entry.alert);
    if (known !== undefined) return known;
    const {alert, customer} = entry;
    const parts = [
      customer?.name ?? '',
      alert.customer,
      alert.site,
      alert.host,
      alert.service,
      ...everyWording(alert.summary),
    ];
    const text = foldText([...parts, ...owner(alert), alert.occurrence].join(' '));
    haystacks.set(alert, text);
    return text;
  },
};

/** Folded text of each record, which lives as long as the record does. */
const haystacks = new WeakMap<Alert, string>();
