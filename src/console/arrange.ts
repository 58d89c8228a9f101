import {ALERT_GROUPS, ALERT_ORDERS, type AlertGroup, type AlertOrder} from '../view/arrange-alerts.ts';
import type {Scene} from './scene.ts';
import {type Action, become, type Hands, notice, type Step} from './step.ts';

function after<T>(values: readonly T[], value: T): T | undefined {
  return values[(values.indexOf(value) + 1) % values.length];
}

/** Orders the alerts so, and says it. */
export function sortBy({state}: Scene, order: AlertOrder, {t, now}: Hands): Step {
  const text = t('console.notice.sorted', {order: t(`console.order.${order}`)});
  return become({...state, order, notice: notice(text, now)});
}

/** Puts the alerts together so, and says it. */
export function groupBy({state}: Scene, group: AlertGroup, {t, now}: Hands): Step {
  const text = t('console.notice.grouped', {group: t(`console.grouping.${group}`)});
  return become({...state, group, notice: notice(text, now)});
}

export const sort: Action = (scene, hands) => sortBy(scene, after(ALERT_ORDERS, scene.state.order) ?? 'due', hands);
export const group: Action = (scene, hands) => groupBy(scene, after(ALERT_GROUPS, scene.state.group) ?? 'none', hands);
