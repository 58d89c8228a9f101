import type {DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {type DurationMs, HOUR, type Instant, MINUTE, SECOND} from '../../src/domain/time.ts';
import {NIGHT} from '../support/clock.ts';
import {acknowledged, checked, customerDefined, hostDefined, raised, resolved, type Trouble} from '../support/facts.ts';
import {MemoryStore} from './memory-store.ts';

/** Customers of the night, by id. */
const CUSTOMERS = {
  mueller: 'Müller Maschinenbau GmbH',
  baecker: 'Bäcker AG',
  fulda: 'Stadtwerke Fulda',
  hofer: 'Hofer KG',
  kassel: 'Kassel Logistik',
  praxis: 'Praxis Dr. Öztürk',
  kanzlei: 'Kanzlei Weiß & Söhne',
  tokyo: '東京ホテル Düsseldorf',
} as const;

export {acknowledged, customerDefined, hostDefined, raised, resolved, type Trouble};

/** The host's own check, heard just now. */
export function hostChecked(customer: string, host: string, state: 'ok' | 'critical'): DomainEvent {
  return checked(customer, host, '', state);
}

export function closed(n: number): DomainEvent {
  return {type: 'alert.closed', occurrence: occurrenceId(n), reason: 'settled'};
}

const PAST: readonly (Trouble & {
  readonly agoMs: DurationMs;
  readonly ackAfterMs?: DurationMs;
  readonly endsAfterMs?: DurationMs;
})[] = [
  ...Array.from({length: 14}, (_, index) => ({
    n: 100 + index,
    customer: index % 2 === 0 ? 'hofer' : 'fulda',
    host: index % 3 === 0 ? 'nas-01' : 'web-02',
    service: index % 3 === 0 ? '' : 'load',
    severity: index % 3 === 0 ? ('critical' as const) : ('warning' as const),
    summary: 'Last hoch',
    agoMs: (1 + index * 0.7) * HOUR,
    ackAfterMs: (2 + ((index * 7) % 11)) * MINUTE,
    endsAfterMs: 30 * MINUTE,
  })),
  {
    n: 1,
    customer: 'mueller',
    host: 'vm-host-3',
    service: 'raid',
    severity: 'critical',
    summary: 'RAID degradiert',
    agoMs: 48 * MINUTE,
    ackAfterMs: 4 * MINUTE,
  },
  {
    n: 2,
    customer: 'fulda',
    host: 'web-02',
    service: 'tls',
    severity: 'warning',
    summary: 'Zertifikat läuft in 6 Tagen ab',
    agoMs: 21 * MINUTE,
  },
  {
    n: 3,
    customer: 'baecker',
    host: 'fw-01',
    service: '',
    severity: 'critical',
    summary: 'nicht erreichbar',
    agoMs: 8 * MINUTE,
  },
  {
    n: 4,
    customer: 'mueller',
    host: 'srv-db-01',
    service: 'disk',
    severity: 'critical',
    summary: 'Platte /var 97 %, voll in 6 h',
    agoMs: 5 * MINUTE,
  },
  {
    n: 5,
    customer: 'tokyo',
    host: 'フロント-01',
    service: 'http',
    severity: 'unknown',
    summary: '予約システム antwortet nicht',
    agoMs: 3 * MINUTE,
  },
];

/**
 * A night at a small provider, at `NIGHT`: two collectors, eight customers, twenty hosts, five open alerts of which one is taken,
 * and fourteen that are over.
 */
export function nightStore(now: Instant = NIGHT): MemoryStore {
  const store = new MemoryStore();
  const ofHamburg = (customer: string): boolean => customer === 'kassel' || customer === 'kanzlei';
  store.addCollector('berlin', now - DAY_BEFORE);
  store.addCollector('hamburg', now - DAY_BEFORE);
  for (const [id, name] of Object.entries(CUSTOMERS)) {
    const hosts = ['fw-01', 'srv-db-01', 'web-02'].slice(0, id === 'praxis' ? 1 : 3);
    const events = [
      customerDefined(id, name),
      ...hosts.flatMap(host => [hostDefined(id, host), hostChecked(id, host, 'ok')]),
    ];
    store.append(ofHamburg(id) ? 'hamburg' : 'berlin', now - DAY_BEFORE, events);
  }
  for (const {agoMs, ackAfterMs, endsAfterMs, ...trouble} of [...PAST].sort((a, b) => b.agoMs - a.agoMs)) {
    const at = now - agoMs;
    const {customer, host, service, severity} = trouble;
    const isDown = service === '' && severity === 'critical' && endsAfterMs === undefined;
    store.append('berlin', at, [raised(trouble), ...(isDown ? [hostChecked(customer, host, 'critical')] : [])]);
    if (ackAfterMs !== undefined)
      store.append('berlin', at + ackAfterMs, [acknowledged(trouble.n, 'Jana', at + ackAfterMs)]);
    if (endsAfterMs === undefined) continue;
    store.append('berlin', at + endsAfterMs, [resolved(trouble.n)]);
    store.append('berlin', at + endsAfterMs + REOPEN_WINDOW, [closed(trouble.n)]);
  }
  store.heard('berlin', now - 2 * SECOND);
  store.heard('hamburg', now - 4 * SECOND);
  return store;
}

const DAY_BEFORE = 26 * HOUR;
const REOPEN_WINDOW = 15 * MINUTE;
