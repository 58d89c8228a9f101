import type {CustomerId} from '../../src/domain/address.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import type {OnCallOverride, Rotation} from '../../src/domain/on-call/rotation.ts';
import {DAY, HOUR} from '../../src/domain/time.ts';
import {safeText} from '../../src/runtime/safe-text.ts';
import {NIGHT} from '../support/clock.ts';
import type {MemoryStore} from './memory-store.ts';
import {nightStore} from './night.ts';

/** Names by the ids that rotations name. */
const PEOPLE: Readonly<Record<string, {readonly name: string; readonly contact?: string}>> = {
  jana: {name: 'Jana Berg', contact: '+49 171 5550101'},
  ben: {name: 'Ben Krüger', contact: '+49 171 5550102'},
  cagla: {name: 'Çağla Öztürk', contact: '+49 171 5550103'},
  taro: {name: '東京 太郎'},
};

/** A schedule of the tests: people are those of the night, or named as they are. */
export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly customers: readonly CustomerId[] | null;
  readonly layers?: readonly Omit<Rotation, 'timeZone'>[];
  readonly overrides?: readonly OnCallOverride[];
}

/** The entries that tell of it, one for each customer. */
export function onCallDefined({id, name, customers, layers = [], overrides = []}: Schedule): readonly DomainEvent[] {
  const users = [...layers.flatMap(({participants}) => participants), ...overrides.map(({user}) => user)];
  const people = [...new Set(users)].map(user => {
    const {name: known = user, contact} = PEOPLE[user] ?? {};
    return {id: user, name: safeText(known), contact: contact === undefined ? null : safeText(contact)};
  });
  const schedule = {layers: layers.map(layer => ({timeZone: 'Europe/Berlin', ...layer})), overrides};
  return (customers ?? [null]).map(customer => ({
    type: 'onCall.defined',
    plan: {customer, id, name: safeText(name), people, schedule},
  }));
}

/** Berlin hands over on Mondays at eight, and looks after a hotel until Sunday; of Hamburg's two customers one has nobody now, one no schedule. */
export function onCallStore(): MemoryStore {
  const store = nightStore();
  const weekly = {startLocal: '2026-11-02T08:00', shiftMs: 7 * DAY, participants: ['jana', 'ben', 'cagla']};
  store.append('berlin', NIGHT - DAY, [
    ...onCallDefined({id: 'technik', name: 'Technik', customers: null, layers: [weekly]}),
    ...onCallDefined({
      id: 'hotel',
      name: 'ホテル',
      customers: ['tokyo', 'praxis'],
      overrides: [
        {from: NIGHT - HOUR, to: NIGHT + 30 * HOUR, user: 'taro'},
        {from: NIGHT + 40 * HOUR, to: NIGHT + 20 * DAY, user: 'ben'},
      ],
    }),
  ]);
  const tomorrow = [{from: NIGHT + 5 * HOUR, to: NIGHT + 30 * DAY, user: 'jana'}];
  store.append(
    'hamburg',
    NIGHT - DAY,
    onCallDefined({id: 'leitung', name: 'Leitung', customers: ['kassel'], overrides: tomorrow}),
  );
  store.heard('berlin', NIGHT - 2000);
  store.heard('hamburg', NIGHT - 4000);
  return store;
}
