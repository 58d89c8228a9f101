/**
 * Where a key works: everywhere, in every list, where there are alerts (the list, the detail, the events), or in the list of backups,
 * where it may mean something else than elsewhere.
 */
export type KeyScope = 'global' | 'list' | 'alerts' | 'backups';

export interface Binding {
  /** Stable name, `alerts.acknowledge`. */
  readonly action: string;
  /** Names as `keyName` makes them; the first one is shown. */
  readonly keys: readonly string[];
  readonly scope: KeyScope;
  /** Catalogue key of what it does, in a few words. */
  readonly help: string;
  /** Section of the help. */
  readonly group: 'move' | 'look' | 'act' | 'app';
  /** Changes what everybody sees: not for viewers, not with `--read-only`, and a held key does it once. */
  readonly shared?: true;
  /** Place in the last row, from the left; without one it is only in the help. */
  readonly footer?: number;
}

/** Every key of the console as it comes. Help, last row, command line and manual are made from this table. */
export const keymap = [
  {
    action: 'alerts.acknowledge',
    keys: ['a'],
    scope: 'alerts',
    help: 'console.key.acknowledge',
    group: 'act',
    shared: true,
    footer: 1,
  },
  {
    action: 'alerts.acknowledgeWith',
    keys: ['A'],
    scope: 'alerts',
    help: 'console.key.acknowledgeWith',
    group: 'act',
    shared: true,
    footer: 2,
  },
  {action: 'alerts.release', keys: ['U'], scope: 'alerts', help: 'console.key.release', group: 'act', shared: true},
  {
    action: 'alerts.escalate',
    keys: ['e'],
    scope: 'alerts',
    help: 'console.key.escalate',
    group: 'act',
    shared: true,
    footer: 3,
  },
  {
    action: 'alerts.note',
    keys: ['n'],
    scope: 'alerts',
    help: 'console.key.note',
    group: 'act',
    shared: true,
    footer: 4,
  },
  {
    action: 'alerts.snooze',
    keys: ['z'],
    scope: 'alerts',
    help: 'console.key.snooze',
    group: 'act',
    shared: true,
    footer: 5,
  },
  {
    action: 'hosts.downtime',
    keys: ['d'],
    scope: 'list',
    help: 'console.key.downtime',
    group: 'act',
    shared: true,
    footer: 6,
  },
  {action: 'alerts.priority', keys: ['P'], scope: 'alerts', help: 'sla.key.priority', group: 'act', shared: true},
  {action: 'alerts.wait', keys: ['w'], scope: 'alerts', help: 'sla.key.wait', group: 'act', shared: true},
  {action: 'alerts.resume', keys: ['W'], scope: 'alerts', help: 'sla.key.resume', group: 'act', shared: true},
  {action: 'alerts.tell', keys: ['t'], scope: 'alerts', help: 'sla.key.tell', group: 'act', shared: true},
  {action: 'alerts.resolve', keys: ['x'], scope: 'alerts', help: 'console.key.resolve', group: 'act', shared: true},
  {action: 'app.undo', keys: ['u'], scope: 'global', help: 'console.key.undo', group: 'act', shared: true, footer: 0},
  {
    action: 'backups.morningCheck',
    keys: ['m'],
    scope: 'backups',
    help: 'console.key.morningCheck',
    group: 'act',
    shared: true,
    footer: 1,
  },
  {
    action: 'backups.restoreTest',
    keys: ['r'],
    scope: 'backups',
    help: 'console.key.restoreTest',
    group: 'act',
    shared: true,
    footer: 2,
  },
  {action: 'alerts.mark', keys: ['space'], scope: 'alerts', help: 'console.key.mark', group: 'act', footer: 7},
  {action: 'alerts.markAll', keys: ['*'], scope: 'alerts', help: 'console.key.markAll', group: 'act'},
  {action: 'list.filter', keys: ['/'], scope: 'list', help: 'console.key.filter', group: 'look', footer: 8},
  {action: 'list.open', keys: ['enter'], scope: 'list', help: 'console.key.open', group: 'look', footer: 9},
  {action: 'alerts.openFold', keys: ['right'], scope: 'alerts', help: 'fold.key.open', group: 'look', footer: 1},
  {action: 'alerts.closeFold', keys: ['left'], scope: 'alerts', help: 'fold.key.close', group: 'look', footer: 1},
  {action: 'list.sort', keys: ['s'], scope: 'list', help: 'console.key.sort', group: 'look'},
  {action: 'list.group', keys: ['v'], scope: 'list', help: 'console.key.group', group: 'look'},
  {action: 'alerts.copy', keys: ['y'], scope: 'alerts', help: 'console.key.copy', group: 'look'},
  {action: 'hosts.show', keys: ['H'], scope: 'alerts', help: 'host.key.show', group: 'look'},
  {action: 'hosts.history', keys: ['T'], scope: 'list', help: 'host.key.history', group: 'look', footer: 9},
  {action: 'hosts.children', keys: ['c'], scope: 'list', help: 'host.key.children', group: 'look', footer: 9},
  {action: 'app.back', keys: ['escape'], scope: 'global', help: 'console.key.back', group: 'look', footer: 10},
  {action: 'pane.next', keys: ['tab'], scope: 'global', help: 'console.key.nextPane', group: 'look', footer: 11},
  {action: 'pane.previous', keys: ['shift+tab'], scope: 'global', help: 'console.key.previousPane', group: 'look'},
  {action: 'pane.customers', keys: ['1'], scope: 'global', help: 'console.key.customers', group: 'look'},
  {action: 'pane.alerts', keys: ['2'], scope: 'global', help: 'console.key.alerts', group: 'look'},
  {action: 'pane.hosts', keys: ['3'], scope: 'global', help: 'console.key.hosts', group: 'look'},
  {action: 'pane.detail', keys: ['4'], scope: 'global', help: 'console.key.detail', group: 'look'},
  {action: 'pane.events', keys: ['5'], scope: 'global', help: 'console.key.events', group: 'look'},
  {action: 'pane.backups', keys: ['6'], scope: 'global', help: 'console.key.backups', group: 'look'},
  {action: 'pane.sla', keys: ['7'], scope: 'global', help: 'console.key.sla', group: 'look'},
  {action: 'move.down', keys: ['j', 'down'], scope: 'global', help: 'console.key.down', group: 'move'},
  {action: 'move.up', keys: ['k', 'up'], scope: 'global', help: 'console.key.up', group: 'move'},
  {action: 'move.top', keys: ['g', 'home'], scope: 'global', help: 'console.key.top', group: 'move'},
  {action: 'move.bottom', keys: ['G', 'end'], scope: 'global', help: 'console.key.bottom', group: 'move'},
  {action: 'move.pageDown', keys: ['pageDown', 'ctrl+f'], scope: 'global', help: 'console.key.pageDown', group: 'move'},
  {action: 'move.pageUp', keys: ['pageUp', 'ctrl+b'], scope: 'global', help: 'console.key.pageUp', group: 'move'},
  {action: 'alerts.nextOpen', keys: [']'], scope: 'alerts', help: 'console.key.nextOpen', group: 'move'},
  {action: 'alerts.previousOpen', keys: ['['], scope: 'alerts', help: 'console.key.previousOpen', group: 'move'},
  {action: 'app.command', keys: [':'], scope: 'global', help: 'console.key.command', group: 'app'},
  {action: 'app.help', keys: ['?'], scope: 'global', help: 'console.key.help', group: 'app', footer: 12},
  {action: 'app.reconnect', keys: ['r'], scope: 'global', help: 'console.key.reconnect', group: 'app'},
  {action: 'app.redraw', keys: ['ctrl+l'], scope: 'global', help: 'console.key.redraw', group: 'app'},
  {action: 'app.suspend', keys: ['ctrl+z'], scope: 'global', help: 'console.key.suspend', group: 'app'},
  {action: 'app.quit', keys: ['q', 'ctrl+c'], scope: 'global', help: 'console.key.quit', group: 'app'},
] as const satisfies readonly Binding[];

export type ActionName = (typeof keymap)[number]['action'];

/** A binding of the console's own table, with the keys that it has now. */
export type ConsoleBinding = Binding & {readonly action: ActionName};
