import {focus} from './move-actions.ts';
import {withFilter} from './prompt-actions.ts';
import type {Scene} from './scene.ts';
import {type ConsoleState, UNDO_MS} from './state.ts';
import {type Action, become, notice, refuse, type Step, stay} from './step.ts';

export const help: Action = ({state}) => become({...state, help: state.help === null ? 0 : null});

/** Takes back what was done last, once, within ten seconds. */
export const undo: Action = (scene, {t, now}) => {
  const {undo: step} = scene.state;
  if (step === null || now - step.doneAt > UNDO_MS) return refuse(scene, t('console.refused.nothingToUndo'), now);
  const text = t('console.notice.undone', {subject: step.commands[0]?.subject ?? '', count: step.commands.length});
  return {
    state: {...scene.state, undo: null, notice: notice(text, now)},
    effects: [{type: 'send', commands: step.commands}],
  };
};

/** One level back: what lies over the list, then marks, filter, customer, and last the way back to the alerts. */
export const back: Action = scene => {
  const {state} = scene;
  if (state.question !== null) return become({...state, question: null});
  if (state.help !== null) return become({...state, help: null});
  if (state.notice !== null) return become({...state, notice: null});
  if (state.marks.size > 0) return become({...state, marks: new Set()});
  if (state.pane === 'detail')
    return become(focus(state, state.main === 'backups' || state.main === 'hosts' ? state.main : 'alerts'));
  if (state.pane === 'hosts' && state.filters.hosts !== '') return become(withFilter(scene, 'hosts', ''));
  if (state.pane === 'alerts' && state.filters.alerts !== '') return become(withFilter(scene, 'alerts', ''));
  if (state.customer !== null && state.pane !== 'customers') return become(withCustomer(state, null));
  return become(focus(state, 'alerts'));
};

/** Narrows everything to a customer; null shows all. */
export function withCustomer(state: ConsoleState, customer: string | null): ConsoleState {
  const {alerts, hosts, events} = state.lists;
  const top = {index: 0, top: 0};
  return {
    ...state,
    customer,
    marks: new Set(),
    lists: {...state.lists, alerts: {...alerts, ...top}, hosts: {...hosts, ...top}, events: {...events, ...top}},
  };
}

/** Goes into what is under the cursor: a customer's alerts, an alert's detail, a host's detail and from there its alerts, the alert of an event. */
export const open: Action = scene => {
  const {state, lists} = scene;
  switch (state.pane) {
    case 'customers': {
      const id = state.lists.customers.cursor;
      return id === null
        ? stay(scene)
        : become(focus(withCustomer(state, id), state.main === 'hosts' ? 'hosts' : 'alerts'));
    }
    case 'alerts':
      return state.lists.alerts.cursor === null ? stay(scene) : become(focus(state, 'detail'));
    case 'hosts':
      return state.lists.hosts.cursor === null ? stay(scene) : become({...focus(state, 'detail'), detailTop: 0});
    case 'backups':
      return state.lists.backups.cursor === null ? stay(scene) : become({...state, pane: 'detail', detailTop: 0});
    case 'sla': {
      const entry = lists.sla.find(({key}) => key === state.lists.sla.cursor);
      return entry === undefined ? stay(scene) : become(focus(withCustomer(state, entry.id), 'alerts'));
    }
    case 'events':
      return openEvent(scene);
    case 'detail':
      return state.main === 'hosts' ? openAlertsOfHost(scene) : stay(scene);
    default:
      return state.pane satisfies never;
  }
};

function openAlertsOfHost({state, lists}: Scene): Step {
  const entry = lists.hosts.find(({key}) => key === state.lists.hosts.cursor);
  if (entry === undefined) return become(state);
  const {customer, host} = entry.facts;
  return become(focus(withFilter({state: withCustomer(state, customer)}, 'alerts', `host:"${host}"`), 'alerts'));
}

function openEvent(scene: Scene): Step {
  const {state, lists} = scene;
  const event = lists.events.find(({key}) => key === state.lists.events.cursor);
  if (event === undefined) return stay(scene);
  const unfiltered = withFilter({state: withCustomer(state, null)}, 'alerts', '');
  const alerts = {...unfiltered.lists.alerts, cursor: event.alertKey};
  return become(focus({...unfiltered, detailTop: 0, lists: {...unfiltered.lists, alerts}}, 'detail'));
}

export const reconnect: Action = ({state}, {t, now}) => ({
  state: {...state, notice: notice(t('console.notice.reconnecting'), now)},
  effects: [{type: 'reconnect'}],
});

export const copy: Action = ({state}, {t, now}) => ({
  state: {...state, notice: notice(t('console.notice.copied'), now)},
  effects: [{type: 'copy'}],
});

export const redraw: Action = ({state}) => ({state, effects: [{type: 'redraw'}]});
export const suspend: Action = ({state}) => ({state, effects: [{type: 'suspend'}]});
export const quit: Action = ({state}) => ({state, effects: [{type: 'quit'}]});
