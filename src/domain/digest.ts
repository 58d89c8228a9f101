import type {MaySee} from './snapshot.ts';
import type {NocState} from './state.ts';

/** FNV-1a over `text`, going on from `hash`. */
function hashText(text: string, hash: number): number {
  let next = hash;
  for (let index = 0; index < text.length; index++) next = Math.imul(next ^ text.charCodeAt(index), 0x01000193);
  return next;
}

/** The last steps of MurmurHash3: every bit of the input moves every bit of the output. */
function mix(hash: number): number {
  let next = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  next = Math.imul(next ^ (next >>> 13), 0xc2b2ae35);
  return next ^ (next >>> 16);
}

/** A different start for each kind, so that a host and a check of one key do not look alike. */
const KIND = {
  customer: 0x811c9dc5,
  source: 0x1b873593,
  host: 0x2545f491,
  check: 0x3c6ef372,
  alert: 0x5be0cd19,
  downtime: 0x6a09e667,
};

/** A sum of record hashes, in two lanes of 32 bits: the order of the records does not matter, each record does. */
class Sum {
  #low = 0;
  #high = 0;

  add(keyHash: number, version: number): void {
    const hash = mix(keyHash ^ Math.imul(version, 0x9e3779b1));
    this.#low = (this.#low + hash) | 0;
    this.#high = (this.#high + mix(hash ^ keyHash)) | 0;
  }

  toString(): string {
    const lane = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
    return lane(this.#high) + lane(this.#low);
  }
}

interface Versioned {
  readonly customer: string;
  readonly version: number;
}

function addTable(sum: Sum, kind: number, records: Iterable<readonly [string, Versioned]>, maySee: MaySee): void {
  for (const [key, record] of records) if (maySee(record.customer)) sum.add(hashText(key, kind), record.version);
}

/**
 * Fingerprint of every record that may be seen, for telling whether a face holds what its collector holds: kind, key and
 * version of each, without regard to order. Records without a version of their own count by their content.
 *
 * Not a defence against forgery: it finds lost and doubled entries, not attackers.
 */
export function digest(state: NocState, maySee: MaySee): string {
  const sum = new Sum();
  const seen = new Map<string, boolean>();
  const maySeeCustomer: MaySee = customer => {
    if (customer === null) return maySee(null);
    let may = seen.get(customer);
    if (may === undefined) {
      may = maySee(customer);
      seen.set(customer, may);
    }
    return may;
  };
  for (const it of state.customers.values()) {
    const content = JSON.stringify([it.id, it.name, it.state, it.timezone, it.tier]);
    if (maySeeCustomer(it.id)) sum.add(hashText(content, KIND.customer), 0);
  }
  for (const it of state.sources.values()) {
    const content = JSON.stringify([it.name, it.type, it.capabilities, it.freshness]);
    if (maySee(null)) sum.add(hashText(content, KIND.source), 0);
  }
  addTable(sum, KIND.host, state.hosts.entries(), maySeeCustomer);
  addTable(sum, KIND.check, state.checks.entries(), maySeeCustomer);
  addTable(sum, KIND.alert, state.alerts.entries(), maySeeCustomer);
  addTable(sum, KIND.downtime, state.downtimes.entries(), maySeeCustomer);
  return sum.toString();
}
