import {hostKey} from '../domain/address.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import {type AlertFold, leadOf} from '../view/alert-rows.ts';
import {backupDetailLines} from '../view/backup-detail-lines.ts';
import {detailLines} from '../view/detail-lines.ts';
import type {DrawContext} from '../view/draw-context.ts';
import {hostDetailLines} from '../view/host-detail-lines.ts';
import type {HostEntry} from '../view/host-entry.ts';
import {hostSurroundings} from '../view/host-surroundings.ts';
import {selectHost} from '../view/hosts.ts';
import {incidentMates} from '../view/incident-mates.ts';
import {onCallFor} from '../view/on-call.ts';
import {hoursFor} from '../view/sla-customers.ts';
import type {Line} from '../view/tone.ts';
import {rowAtCursor, selectedAlert} from './alert-list.ts';
import {selectedBackup} from './backups-actions.ts';
import {keyLabel} from './help-lines.ts';
import type {ActionName} from './keymap.ts';
import {columnsIn, type PaneBox, rowsIn} from './layout.ts';
import type {Scene} from './scene.ts';
import {NO_TREND} from './trends.ts';

/** From here on there is room for blank lines between the sections. */
const ROOMY_ROWS = 18;
const TALL_ROWS = 30;

/** Rows of a chart in a low, a usual and a high pane. */
const LOW_PLOT = 2;
const PLOT = 3;
const TALL_PLOT = 5;

/** Everything about the record under the cursor: an alert, a host, or a backup; empty without one. */
export function detailOf(scene: Scene, box: PaneBox, context: DrawContext): readonly Line[] {
  if (scene.state.main === 'backups') {
    const backup = selectedBackup(scene);
    return backup === null ? [] : backupDetailLines(backup, columnsIn(box), context);
  }
  if (scene.state.main === 'hosts') return hostDetailOf(scene, box, context);
  const row = rowAtCursor(scene);
  if (row === null) return [];
  const entry = leadOf(row);
  const host = hostOfSelected(scene);
  const trends = host === null ? NO_TREND : (scene.trends.get(host.key) ?? NO_TREND);
  const {alert, origin} = entry;
  const hours = hoursFor(scene.view, alert.customer, origin.url, context.now);
  const extras = {
    host,
    trends,
    hours,
    onCall: onCallFor(scene.view, alert.customer, context.now),
    mates: incidentMates(scene.view, entry),
    fold: row.type === 'fold' ? row.fold : null,
    affected: affectedBy(entry, row.type === 'fold' ? row.fold : (row.place?.fold ?? null)),
  };
  return detailLines(entry, extras, columnsIn(box), rowsIn(box) < ROOMY_ROWS, context);
}

function hostDetailOf(scene: Scene, box: PaneBox, context: DrawContext): readonly Line[] {
  const entry = selectedHost(scene);
  if (entry === null) return [];
  const rows = rowsIn(box);
  const label = (action: ActionName) => {
    const [key] = scene.keys.bindings.find(binding => binding.action === action)?.keys ?? [];
    return key === undefined ? '–' : keyLabel(key, context.t);
  };
  const extras = {
    surroundings: hostSurroundings(scene.view, entry),
    course: scene.course,
    keys: {history: label('hosts.history'), open: label('list.open'), children: label('hosts.children')},
  };
  const plotRows = scene.isSpoken ? 0 : rows < ROOMY_ROWS ? LOW_PLOT : rows < TALL_ROWS ? PLOT : TALL_PLOT;
  return hostDetailLines(entry, extras, columnsIn(box), plotRows, rows < TALL_ROWS, context);
}

/** The host under the cursor of the list of hosts. */
export function selectedHost({state, lists}: Pick<Scene, 'state' | 'lists'>): HostEntry | null {
  return lists.hosts.find(({key}) => key === state.lists.hosts.cursor) ?? null;
}

/** The host that the detail shows, itself or beside its alert. */
export function hostInDetail(scene: Scene): HostEntry | null {
  return scene.state.main === 'hosts' ? selectedHost(scene) : hostOfSelected(scene);
}

/** What cannot be reached because of an alert, as far as it is listed. */
function affectedBy({alert, origin}: AlertEntry, fold: AlertFold | null): readonly AlertEntry[] {
  const affected = fold?.affected ?? [];
  return affected.filter(other => other.origin.url === origin.url && other.alert.rootCause === alert.occurrence);
}

/** The host of the alert under the cursor, when its collector knows it. */
export function hostOfSelected(scene: Pick<Scene, 'state' | 'lists' | 'view'>): HostEntry | null {
  const entry = selectedAlert(scene);
  if (entry === null) return null;
  return selectHost(scene.view, entry.origin.url, hostKey(entry.alert));
}
