import type {NocView} from '../client/noc.ts';
import type {Instant} from '../domain/time.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import type {AlertRow} from '../view/alert-rows.ts';
import type {GroupHead} from '../view/arrange-alerts.ts';
import type {BackupEntry} from '../view/backups.ts';
import type {CustomerEntry} from '../view/customers.ts';
import type {FeedEntry} from '../view/feed.ts';
import type {WaitingCounts} from '../view/header-line.ts';
import type {HostCourse} from '../view/host-course.ts';
import type {HostEntry} from '../view/host-entry.ts';
import type {SlaEntry} from '../view/sla-customers.ts';
import type {Keys} from './keys.ts';
import type {Layout} from './layout.ts';
import type {ConsoleState, ListName} from './state.ts';
import type {HostTrends} from './trends.ts';

/** Everything listed now, in the order of the screen. */
export interface Lists {
  readonly alerts: readonly AlertRow[];
  /** The rows of `alerts` with every fold closed. */
  readonly matters: readonly AlertRow[];
  /** How many alerts the filter leaves. */
  readonly alertCount: number;
  /** What stands above the first row of a group, by that row's key. */
  readonly heads: ReadonlyMap<string, GroupHead>;
  readonly customers: readonly CustomerEntry[];
  readonly hosts: readonly HostEntry[];
  readonly events: readonly FeedEntry[];
  /** Only while it is looked at. */
  readonly sla: readonly SlaEntry[];
  readonly backups: readonly BackupEntry[];
}

/** What the whole picture amounts to, whatever is filtered. */
export interface Totals {
  /** Nobody has them, and nothing holds them back. */
  readonly open: number;
  readonly acked: number;
  /** In downtime, snoozed, flapping, or behind something that is down, and not acknowledged. */
  readonly suppressed: number;
  readonly waiting: WaitingCounts;
  /** Whose deadline comes first; null while nothing runs. */
  readonly nextDue: AlertEntry | null;
}

/** One moment of the console: what a frame is painted from, and what a key is judged by. */
export interface Scene {
  readonly state: ConsoleState;
  readonly view: NocView;
  readonly lists: Lists;
  readonly totals: Totals;
  /** Our clock, by the second; only the header may use it. */
  readonly now: Instant;
  /** Our clock when the rows last changed: by the minute while nothing happens. */
  readonly rowNow: Instant;
  readonly layout: Layout;
  readonly trends: HostTrends;
  /** Of the host in the detail. */
  readonly course: HostCourse | 'waiting';
  /** The person at the keyboard; null: the token's own name. */
  readonly me: string | null;
  readonly isReadOnly: boolean;
  /** Read aloud: nothing is drawn that only the eye can use. */
  readonly isSpoken: boolean;
  readonly keys: Keys;
}

/** Keys of a list's records, in the order of the screen. */
export function keysOf(lists: Lists, list: ListName): readonly {readonly key: string}[] {
  switch (list) {
    case 'customers':
      return lists.customers.map(({id}) => ({key: id}));
    case 'alerts':
      return lists.alerts;
    case 'hosts':
      return lists.hosts;
    case 'events':
      return lists.events;
    case 'backups':
      return lists.backups;
    case 'sla':
      return lists.sla;
    default:
      return list satisfies never;
  }
}
