import type {CustomerId} from '../domain/address.ts';
import type {CommandBody} from '../domain/command.ts';
import type {DurationMs, Instant} from '../domain/time.ts';
import type {AlertGroup, AlertOrder} from '../view/arrange-alerts.ts';
import type {Completion} from '../view/completion.ts';
import type {Tone} from '../view/tone.ts';

/** The panes, in the order of their numbers. */
export const PANES = ['customers', 'alerts', 'hosts', 'detail', 'events', 'backups', 'sla'] as const;
export type PaneName = (typeof PANES)[number];

/** Panes that are lists with a cursor; the detail only scrolls. */
export type ListName = Exclude<PaneName, 'detail'>;

/** Lists that can be narrowed by a filter. */
export type FilteredList = 'alerts' | 'hosts';

/** Where a list stands. The cursor holds on to a record, not to a row. */
export interface ListState {
  /** Key of the record under the cursor; null before anything was listed. */
  readonly cursor: string | null;
  /** Its row when it was last seen in the list: where the cursor goes when the record is gone for good. */
  readonly index: number;
  /** First row in the window. */
  readonly top: number;
}

/** One line that is being typed. `targets` are the alerts it is for, as they were when it was opened. */
export interface Prompt {
  readonly kind:
    | 'filter'
    | 'acknowledge'
    | 'note'
    | 'snooze'
    | 'downtime'
    | 'pause'
    | 'priority'
    | 'command'
    | 'restoreTest';
  readonly list: FilteredList;
  readonly targets: readonly string[];
  /** Of a downtime: what it is for, likewise. */
  readonly places: readonly DowntimePlace[];
  readonly text: string;
  /** Place of the caret in code units, always between graphemes. */
  readonly caret: number;
  /** Of a note: the customer sees it too. */
  readonly customerVisible: boolean;
  /** What is wrong with the text so far; null while nothing is. */
  readonly problem: string | null;
  /** The filter that Esc goes back to. */
  readonly before: string;
  /** How the word at the caret can go on; `at` is the one that Tab put there. */
  readonly offers: Completion & {readonly at: number | null};
  /** Which line of the history stands here, 0 the newest; null: what was typed. */
  readonly past: number | null;
}

/** What a downtime is for: a host, or with null a whole customer. */
export interface DowntimePlace {
  /** `url` of the collector. */
  readonly collector: string;
  readonly customer: CustomerId;
  readonly site: string | null;
  readonly host: string | null;
  /** The host, or the customer by name. */
  readonly name: string;
}

/** What is sent when the question is answered with yes. */
export interface Question {
  readonly text: string;
  /** Names of what it is about, for a list of more than a few. */
  readonly list: readonly string[];
  readonly top: number;
  readonly commands: readonly OutgoingCommand[];
  /** What to say and how to take it back, once it is on its way. */
  readonly undo: UndoStep | null;
}

export interface OutgoingCommand {
  /** `url` of the collector. */
  readonly collector: string;
  readonly body: CommandBody;
  readonly expectedVersion: number | null;
  /** What it is about, for the line that says what became of it. */
  readonly subject: string;
}

/** How to take back what was just done. */
export interface UndoStep {
  readonly commands: readonly OutgoingCommand[];
  readonly doneAt: Instant;
}

/** How long `u` takes back what was done. */
export const UNDO_MS: DurationMs = 10_000;

/** One line for the technician, gone at `until` or with the next one. */
export interface Notice {
  readonly text: string;
  readonly tone: Tone;
  readonly until: Instant;
}

/** Everything about the console that is not the collectors': where the technician looks, what is typed and marked. */
export interface ConsoleState {
  readonly pane: PaneName;
  /** What the large pane shows while a small one beside it has the keys. */
  readonly main: 'alerts' | 'hosts' | 'events' | 'backups' | 'sla';
  readonly lists: Readonly<Record<ListName, ListState>>;
  readonly detailTop: number;
  /** How far back the detail of a host looks. */
  readonly historySpan: 'hour' | 'day';
  readonly filters: Readonly<Record<FilteredList, string>>;
  /** Alerts and hosts of this customer only; null: of all. */
  readonly customer: CustomerId | null;
  readonly order: AlertOrder;
  readonly group: AlertGroup;
  /** Keys of the folds of the list of alerts that stand open. */
  readonly opened: ReadonlySet<string>;
  /** Keys of marked alerts. */
  readonly marks: ReadonlySet<string>;
  readonly prompt: Prompt | null;
  readonly question: Question | null;
  /** First row of the help; null while it is closed. */
  readonly help: number | null;
  readonly notice: Notice | null;
  readonly undo: UndoStep | null;
  /** Lines of the command line, newest first. */
  readonly history: readonly string[];
}

const AT_TOP: ListState = {cursor: null, index: 0, top: 0};

export const INITIAL_STATE: ConsoleState = {
  pane: 'alerts',
  main: 'alerts',
  lists: {customers: AT_TOP, alerts: AT_TOP, hosts: AT_TOP, events: AT_TOP, backups: AT_TOP, sla: AT_TOP},
  detailTop: 0,
  historySpan: 'hour',
  filters: {alerts: '', hosts: ''},
  customer: null,
  order: 'due',
  group: 'none',
  opened: new Set(),
  marks: new Set(),
  prompt: null,
  question: null,
  help: null,
  notice: null,
  undo: null,
  history: [],
};
