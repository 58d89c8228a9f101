import {Fault} from '../domain/fault.ts';
import {didYouMean} from '../runtime/did-you-mean.ts';
import {faultText} from '../runtime/fault-text.ts';
import {LANGUAGES} from '../runtime/i18n.ts';
import {alertVocabulary} from '../view/alert-vocabulary.ts';
import {ALERT_GROUPS, ALERT_ORDERS} from '../view/arrange-alerts.ts';
import {fitting} from '../view/completion.ts';
import {parseFilter} from '../view/filter.ts';
import {everyAlert} from './alert-list.ts';
import {withCustomer} from './app-actions.ts';
import {groupBy, sortBy} from './arrange.ts';
import {argumentsOf, type OrderName} from './command-table.ts';
import type {SavedFilter} from './keys.ts';
import {focus} from './move-actions.ts';
import {filter as openFilter, withFilter} from './prompt-actions.ts';
import type {Scene} from './scene.ts';
import {become, type Effect, type Hands, notice, refuse, type Step} from './step.ts';

type Order = (argument: string, scene: Scene, hands: Hands) => Step;

function pick<T extends string>(values: readonly T[], typed: string): T | undefined {
  const wanted = typed.toLowerCase();
  return values.find(value => value === wanted) ?? values.find(value => wanted !== '' && value.startsWith(wanted));
}

function noSuch(argument: string, values: readonly string[], scene: Scene, {t, now}: Hands): Step {
  const meant = didYouMean(argument, values);
  const text =
    meant === null
      ? t('console.refused.noSuch', {what: argument, there: values.slice(0, 12).join(', ')})
      : t('console.refused.noSuchMeant', {what: argument, meant});
  return refuse(scene, text, now);
}

/** What goes to whatever lies outside of the console: files, settings, clipboard. */
function outward(scene: Scene, effect: Effect): Step {
  return {state: scene.state, effects: [effect]};
}

const customer: Order = (argument, scene, hands) => {
  if (argument === '') return become(focus(withCustomer(scene.state, null), 'alerts'));
  const {customers} = scene.lists;
  const named = (text: string) => customers.find(it => it.id === text || it.customer?.name === text);
  const found = named(argument) ?? named(fitting(argument, argumentsOf('customer', scene))[0] ?? '');
  if (found === undefined)
    return noSuch(
      argument,
      customers.map(({id}) => id),
      scene,
      hands,
    );
  return become(focus(withCustomer(scene.state, found.id), scene.state.main === 'hosts' ? 'hosts' : 'alerts'));
};

const filter: Order = (argument, scene, hands) => {
  if (argument === '') return openFilter(scene, hands);
  const saved = scene.keys.saved.find(({name}) => name.toLowerCase() === argument.toLowerCase());
  const text = saved?.filter ?? argument;
  try {
    parseFilter(text, alertVocabulary);
  } catch (error) {
    if (error instanceof Fault) return refuse(scene, faultText(error, hands.t), hands.now);
    throw error;
  }
  return become(focus(withFilter(scene, 'alerts', text), 'alerts'));
};

/** `save NAME` or `save NAME KEY`: a last word of one letter is the key. */
const save: Order = (argument, scene, {t, now}) => {
  const [, name = '', key = ''] = /^(.*?)(?:\s+(\S))?$/u.exec(argument) ?? [];
  const {alerts} = scene.state.filters;
  if (name === '') return refuse(scene, t('console.refused.needsName'), now);
  if (alerts === '') return refuse(scene, t('console.refused.nothingFiltered'), now);
  const others = scene.keys.saved.filter(saved => saved.name.toLowerCase() !== name.toLowerCase());
  const kept: SavedFilter = {key, name, filter: alerts};
  return outward(scene, {type: 'keepFilters', filters: [...others, kept], done: t('console.notice.saved', {name})});
};

const forget: Order = (argument, scene, hands) => {
  const {saved} = scene.keys;
  const found = saved.find(({name}) => name.toLowerCase() === argument.toLowerCase());
  if (found === undefined)
    return noSuch(
      argument,
      saved.map(({name}) => name),
      scene,
      hands,
    );
  const done = hands.t('console.notice.forgotten', {name: found.name});
  return outward(scene, {type: 'keepFilters', filters: saved.filter(it => it !== found), done});
};

const sort: Order = (argument, scene, hands) => {
  const order = pick(ALERT_ORDERS, argument);
  return order === undefined ? noSuch(argument, ALERT_ORDERS, scene, hands) : sortBy(scene, order, hands);
};

const group: Order = (argument, scene, hands) => {
  const wanted = pick(ALERT_GROUPS, argument);
  return wanted === undefined ? noSuch(argument, ALERT_GROUPS, scene, hands) : groupBy(scene, wanted, hands);
};

const theme: Order = (argument, scene, hands) => {
  if (argument === '') return noSuch(argument, argumentsOf('theme', scene), scene, hands);
  const name = pick(argumentsOf('theme', scene), argument) ?? argument;
  return outward(scene, {type: 'theme', name});
};

const lang: Order = (argument, scene, hands) => {
  const language = pick(LANGUAGES, argument);
  return language === undefined
    ? noSuch(argument, LANGUAGES, scene, hands)
    : outward(scene, {type: 'language', language});
};

const exportList: Order = (argument, scene, {t, now}) => {
  if (argument === '') return refuse(scene, t('console.refused.needsFile'), now);
  return {
    state: {
      ...scene.state,
      notice: notice(t('console.notice.exported', {file: argument, count: everyAlert(scene.lists).length}), now),
    },
    effects: [{type: 'export', file: argument}],
  };
};

/** What each order of the command line does. */
export const RUN_ORDER: Readonly<Record<OrderName, Order>> = {
  customer,
  filter,
  save,
  forget,
  sort,
  group,
  theme,
  lang,
  export: exportList,
};
