import {hostKey} from '../domain/address.ts';
import {backupDetailLines} from '../view/backup-detail-lines.ts';
import {detailLines} from '../view/detail-lines.ts';
import type {DrawContext} from '../view/draw-context.ts';
import type {HostEntry} from '../view/host-entry.ts';
import {selectHost} from '../view/hosts.ts';
import {incidentMates} from '../view/incident-mates.ts';
import {hoursFor} from '../view/sla-customers.ts';
import type {Line} from '../view/tone.ts';
import {selectedAlert} from './app-actions.ts';
import {selectedBackup} from './backups-actions.ts';
import {columnsIn, type PaneBox, rowsIn} from './layout.ts';
import type {Scene} from './scene.ts';
import {NO_TREND} from './trends.ts';

/** From here on there is room for blank lines between the sections. */
const ROOMY_ROWS = 18;

/** Everything about the alert under the cursor; empty without one. */
export function detailOf(scene: Scene, box: PaneBox, context: DrawContext): readonly Line[] {
  if (scene.state.main === 'backups') {
    const backup = selectedBackup(scene);
    return backup === null ? [] : backupDetailLines(backup, columnsIn(box), context);
  }
  const entry = selectedAlert(scene);
  if (entry === null) return [];
  const host = hostOfSelected(scene);
  const trends = host === null ? NO_TREND : (scene.trends.get(host.key) ?? NO_TREND);
  const {alert, origin} = entry;
  const hours = hoursFor(scene.view, alert.customer, origin.url, context.now);
  const extras = {host, trends, hours, mates: incidentMates(scene.view, entry)};
  return detailLines(entry, extras, columnsIn(box), rowsIn(box) < ROOMY_ROWS, context);
}

/** The host of the alert under the cursor, when its collector knows it. */
export function hostOfSelected(scene: Pick<Scene, 'state' | 'lists' | 'view'>): HostEntry | null {
  const entry = selectedAlert(scene);
  if (entry === null) return null;
  return selectHost(scene.view, entry.origin.url, hostKey(entry.alert));
}
