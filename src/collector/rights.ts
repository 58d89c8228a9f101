import type {CustomerId, HostKey} from '../domain/address.ts';
import type {CommandKind} from '../domain/command.ts';
import type {Identity, Role} from '../protocol/frames.ts';

/** What somebody may want: `see` what is known of a customer, `ingest` reports about it, read the `metrics`, or a command. */
export type Act = CommandKind | 'see' | 'ingest' | 'metrics';

const COMMANDS: readonly CommandKind[] = [
  'ack',
  'unack',
  'escalate',
  'note',
  'snooze',
  'unsnooze',
  'resolve',
  'reopen',
  'pause',
  'resume',
  'priority',
  'downtime',
  'downtime-cancel',
  'morning-check',
  'restore-test',
];

const ALLOWED: Readonly<Record<Role, ReadonlySet<Act>>> = {
  viewer: new Set<Act>(['see', 'metrics']),
  technician: new Set<Act>(['see', 'metrics', ...COMMANDS]),
  admin: new Set<Act>(['see', 'metrics', 'ingest', ...COMMANDS]),
  ingest: new Set<Act>(['ingest']),
};

/**
 * The one function that decides rights (security rule 19): role × act × customer, no unless it says yes.
 *
 * @param customer - Whose it is; null for what concerns every customer of the collector.
 */
export function isAllowed(who: Identity, act: Act, customer: CustomerId | null): boolean {
  if (!ALLOWED[who.role].has(act)) return false;
  // They count what all customers have, by sources that are often called after one.
  if (act === 'metrics' && who.customers !== null) return false;
  return customer === null || who.customers === null || who.customers.includes(customer);
}

/** The customer that a host's key begins with; `|` and `\` inside it are escaped. */
export function customerOfHost(key: HostKey): CustomerId {
  return /^(?:[^|\\]|\\[|\\])*/.exec(key)?.[0].replace(/\\([|\\])/g, '$1') ?? '';
}
