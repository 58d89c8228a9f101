import {type Fingerprint, fingerprint} from '../../domain/address.ts';
import {type BackupKey, backupKey} from '../../domain/backup/backup-record.ts';
import {nextBackupChange} from '../../domain/backup/next-change.ts';
import {dueOfAlert, dueOfCheck, dueOfDowntime, dueOfIncident, type Timed} from '../../domain/due.ts';
import type {DomainEvent, LogEntry} from '../../domain/event.ts';
import type {Rules} from '../../domain/rules.ts';
import {type DurationMs, type Instant, MINUTE} from '../../domain/time.ts';
import type {Picture} from '../store/snapshot-file.ts';
import {DueHeap} from './due-heap.ts';

/** How long something waits that is due and that time does not change. */
const POSTPONED_MS: DurationMs = MINUTE;

/** Key of a timed thing in the heap; its first letter is its kind. */
function keyOf(timed: Timed): string {
  switch (timed.kind) {
    case 'alert':
      return `a${timed.occurrence}`;
    case 'downtime':
      return `d${timed.id}`;
    case 'incident':
      return `i${timed.id}`;
    case 'backup':
      return `b${timed.key}`;
    case 'check':
      return `c${timed.fingerprint}`;
    default:
      return timed satisfies never;
  }
}

function timedOf(key: string): Timed {
  const rest = key.slice(1);
  if (key.startsWith('a')) return {kind: 'alert', occurrence: rest};
  if (key.startsWith('b')) return {kind: 'backup', key: rest};
  if (key.startsWith('i')) return {kind: 'incident', id: rest};
  return key.startsWith('d') ? {kind: 'downtime', id: rest} : {kind: 'check', fingerprint: rest};
}

function backupOf(event: DomainEvent): BackupKey | null {
  if (event.type === 'backup.expected') return backupKey(event.plan);
  return event.type.startsWith('backup.') && 'object' in event ? backupKey(event) : null;
}

/** What an event is about, as far as time changes it. */
function timedBy(event: DomainEvent): Timed | null {
  if ('incident' in event) return {kind: 'incident', id: event.incident};
  if ('occurrence' in event) return {kind: 'alert', occurrence: event.occurrence};
  if (event.type === 'downtime.scheduled') return {kind: 'downtime', id: event.downtime.id};
  if (event.type.startsWith('downtime.') && 'id' in event) return {kind: 'downtime', id: event.id};
  const backup = backupOf(event);
  if (backup !== null) return {kind: 'backup', key: backup};
  if (event.type === 'check.changed') return {kind: 'check', fingerprint: fingerprint(event.address)};
  return event.type === 'check.removed' ? {kind: 'check', fingerprint: event.fingerprint} : null;
}

/** When time will change what: acknowledgements and snoozes that run out, alerts that close, checks that go silent. */
export class Timetable {
  readonly #rules: Rules;
  readonly #heap = new DueHeap();

  constructor(picture: Picture, rules: Rules) {
    this.#rules = rules;
    const {alerts, incidents, downtimes, checks, backups} = picture.state;
    for (const occurrence of alerts.keys()) this.#ask({kind: 'alert', occurrence}, picture, null);
    for (const id of incidents.keys()) this.#ask({kind: 'incident', id}, picture, null);
    for (const id of downtimes.keys()) this.#ask({kind: 'downtime', id}, picture, null);
    for (const key of backups.keys()) this.#ask({kind: 'backup', key}, picture, null);
    for (const key of checks.keys()) this.#ask({kind: 'check', fingerprint: key}, picture, null);
  }

  next(): Instant | null {
    return this.#heap.next();
  }

  /** Takes out what is due, up to `limit` things. */
  take(now: Instant, limit: number): readonly Timed[] {
    const due: Timed[] = [];
    while (due.length < limit) {
      const key = this.#heap.take(now);
      if (key === null) break;
      due.push(timedOf(key));
    }
    return due;
  }

  /** Puts back what was taken out and has not happened after all. */
  putBack(due: readonly Timed[], now: Instant): void {
    for (const timed of due) this.#heap.set(keyOf(timed), now);
  }

  /** Follows what has been committed. */
  follow(
    picture: Picture,
    entries: readonly LogEntry[],
    checks: Iterable<Fingerprint>,
    done: readonly Timed[],
    now: Instant,
  ): void {
    const changed = new Set<string>();
    for (const {event} of entries) {
      const timed = timedBy(event);
      if (timed === null) continue;
      changed.add(keyOf(timed));
      this.#ask(timed, picture, null);
    }
    for (const key of checks) this.#ask({kind: 'check', fingerprint: key}, picture, null);
    for (const timed of done) {
      this.#ask(timed, picture, now);
      const key = keyOf(timed);
      // Time was asked and changed nothing, and yet is due: not again at once, or nothing else would ever be done.
      if (!changed.has(key) && (this.#heap.at(key) ?? Number.POSITIVE_INFINITY) <= now) {
        this.#heap.set(key, now + POSTPONED_MS);
      }
    }
  }

  /** @param after - When it was last asked to change. */
  #ask(timed: Timed, {state, memory}: Picture, after: Instant | null): void {
    const key = keyOf(timed);
    switch (timed.kind) {
      case 'alert': {
        const alert = state.alerts.get(timed.occurrence);
        this.#heap.set(key, alert === undefined ? null : dueOfAlert(alert, this.#rules));
        return;
      }
      case 'incident': {
        const incident = state.incidents.get(timed.id);
        this.#heap.set(key, incident === undefined ? null : dueOfIncident(state, incident, after));
        return;
      }
      case 'downtime': {
        const downtime = state.downtimes.get(timed.id);
        this.#heap.set(key, downtime === undefined ? null : dueOfDowntime(downtime, after, this.#rules));
        return;
      }
      case 'backup': {
        const backup = state.backups.get(timed.key);
        this.#heap.set(key, backup === undefined ? null : nextBackupChange(backup, after));
        return;
      }
      case 'check': {
        const check = state.checks.get(timed.fingerprint);
        const due = check && dueOfCheck(check, memory.get(timed.fingerprint), this.#rules);
        // A check that is heard in time only moves its instant on: the heap asks again when the old one is there.
        const known = this.#heap.at(key);
        if (due === undefined || due === null) this.#heap.set(key, null);
        else if (known === undefined || due < known) this.#heap.set(key, due);
        return;
      }
      default:
        timed satisfies never;
    }
  }
}
