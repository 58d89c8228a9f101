import {detailTitle} from '../view/detail-lines.ts';
import type {DrawContext} from '../view/draw-context.ts';
import {hostDetailTitle} from '../view/host-detail-lines.ts';
import {type Line, type Part, part} from '../view/tone.ts';
import {selectedAlert} from './alert-list.ts';
import {selectedBackup} from './backups-actions.ts';
import {backupsTitle} from './backups-texts.ts';
import {selectedHost} from './detail.ts';
import type {PaneBox} from './layout.ts';
import type {Scene} from './scene.ts';

/** What stands in a pane: its name, what it amounts to, and what it is narrowed by, as crumbs. */
export function paneTitle({pane}: PaneBox, scene: Scene, context: DrawContext): Line {
  const {t} = context;
  const {totals, lists, state} = scene;
  const name = part(t(`console.pane.${pane}`), 'strong');
  switch (pane) {
    case 'alerts': {
      if (scene.view.collectors.every(known => known.state === null)) return [name];
      const texts = [
        t('console.title.open', {count: totals.open}),
        t('console.title.acked', {count: totals.acked}),
        ...(totals.suppressed > 0 ? [t('console.title.suppressed', {count: totals.suppressed})] : []),
      ];
      const counts = part(`  ${texts.join(', ')}`);
      return [name, counts, ...crumbs(scene, state.filters.alerts, t('fold.alerts', {count: lists.alertCount}))];
    }
    case 'hosts':
      return [name, part(`  ${lists.hosts.length}`), ...crumbs(scene, state.filters.hosts, null)];
    case 'customers':
      return [name, part(`  ${lists.customers.length}`)];
    case 'events':
      return [name, ...crumbs(scene, '', null)];
    case 'backups':
      return [name, ...backupsTitle(scene, context)];
    case 'sla':
      return [name, part(`  ${slaTitle(scene, context)}`), ...crumbs(scene, '', null)];
    case 'detail': {
      if (state.main === 'backups') {
        const backup = selectedBackup(scene);
        return [
          part(backup === null ? t('console.pane.backups') : `${backup.object}   ${backup.customerName}`, 'strong'),
        ];
      }
      if (state.main === 'hosts') {
        const host = selectedHost(scene);
        return host === null ? [name] : [part(hostDetailTitle(host), 'strong')];
      }
      const entry = selectedAlert(scene);
      return entry === null ? [name] : [part(detailTitle(entry, t), 'strong')];
    }
    default:
      return pane satisfies never;
  }
}

/** `4 laufen, 1 gefährdet, 0 verletzt`. */
function slaTitle({lists}: Scene, {t}: DrawContext): string {
  const sum = (name: 'running' | 'atRisk' | 'breached') => lists.sla.reduce((total, entry) => total + entry[name], 0);
  return t('sla.summary', {running: sum('running'), atRisk: sum('atRisk'), breached: sum('breached')});
}

/** `› Müller Maschinenbau GmbH › /severity:critical  3`: the way in, and how many are left of it. */
function crumbs({state, view}: Scene, filter: string, left: string | null): readonly Part[] {
  const {customer} = state;
  const name = view.collectors
    .map(({state: known}) => (customer === null ? undefined : known?.customers.get(customer)?.name))
    .find(Boolean);
  const texts = [...(customer === null ? [] : [name ?? customer]), ...(filter === '' ? [] : [`/${filter}`])];
  if (texts.length === 0) return [];
  return [part(`  › ${texts.join(' › ')}`, 'strong'), ...(left === null ? [] : [part(`  ${left}`, 'dim')])];
}
