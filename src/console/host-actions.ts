import {withCustomer} from './app-actions.ts';
import {hostOfSelected, selectedHost} from './detail.ts';
import {focus, withList} from './move-actions.ts';
import {withFilter} from './prompt-actions.ts';
import {type Action, become, notice, refuse} from './step.ts';

/** From an alert to its host: the detail of the host, with the cursor of the list on it. */
export const show: Action = (scene, {t, now}) => {
  const host = hostOfSelected(scene);
  if (host === null) return refuse(scene, t('host.refused.noHost'), now);
  const {customer} = scene.state;
  const state = customer === null || customer === host.facts.customer ? scene.state : withCustomer(scene.state, null);
  const wide = withFilter({state}, 'hosts', '');
  const listed = withList(wide, 'hosts', {...wide.lists.hosts, cursor: host.key});
  return become({...listed, pane: 'detail', main: 'hosts', detailTop: 0});
};

/** One hour or a day of the host. */
export const history: Action = (scene, {t, now}) => {
  const {state} = scene;
  if (state.main !== 'hosts') return refuse(scene, t('host.refused.notHere'), now);
  const historySpan = state.historySpan === 'hour' ? 'day' : 'hour';
  const text = t(`host.span.shown.${historySpan}`);
  return become({...state, historySpan, notice: notice(text, now)});
};

/** The hosts that hang on this one. */
export const children: Action = (scene, {t, now}) => {
  const {state, view} = scene;
  if (state.main !== 'hosts') return refuse(scene, t('host.refused.notHere'), now);
  const host = selectedHost(scene);
  if (host === null) return refuse(scene, t('console.refused.nothing'), now);
  const {facts, origin} = host;
  const collector = view.collectors.find(({url}) => url === origin.url);
  const hanging = collector?.state?.ofHost.get(facts.key)?.children ?? [];
  if ([...hanging].length === 0) return refuse(scene, t('host.refused.noChildren', {host: facts.host}), now);
  const narrowed = withFilter({state: withCustomer(state, facts.customer)}, 'hosts', `parent:"${facts.host}"`);
  return become(focus(narrowed, 'hosts'));
};
