import type {CollectorView, NocView} from '../client/noc.ts';
import {type DrawContext, momentText} from './draw-context.ts';
import {reasonText} from './reason-text.ts';
import {selectSources} from './sources.ts';
import {type Line, part, type Tone} from './tone.ts';

/**
 * What an empty list of alerts says. That all is calm is only said when every collector is live and every source of it is
 * heard; otherwise it says what is not known, since when, and which key helps. One sentence a line.
 *
 * @param filterText - What the list is narrowed by; empty without.
 * @param hidden - Firing alerts that the filter leaves out.
 */
export function emptyLines(view: NocView, filterText: string, hidden: number, context: DrawContext): readonly Line[] {
  const {t} = context;
  const unknown = view.collectors.filter(({link}) => link !== 'live').map(collector => silentLine(collector, context));
  if (filterText !== '') {
    const none = sentence(t('view.empty.filtered', {filter: filterText}));
    return hidden > 0 ? [none, sentence(t('view.empty.hidden', {count: hidden})), ...unknown] : [none, ...unknown];
  }
  const live = view.collectors.filter(({link}) => link === 'live');
  if (unknown.length > 0) {
    const known = live.map(({name}) => name).join(', ');
    return live.length === 0 ? unknown : [sentence(t('view.empty.partly', {names: known})), ...unknown];
  }
  const silent = selectSources(view).filter(({freshness}) => freshness === 'stale');
  if (silent.length > 0) {
    const names = silent.map(({source, origin}) => `${source.name} (${origin.name})`).join(', ');
    return [
      sentence(t('view.empty.none')),
      sentence(t('view.empty.silentSources', {names, count: silent.length}), 'unknown'),
    ];
  }
  const heard = live.flatMap(({heardAt}) => (heardAt === null ? [] : [heardAt]));
  const at = heard.length === 0 ? '–' : context.format.clockSeconds(Math.min(...heard));
  return [sentence(t('view.empty.calm', {at, live: live.length, count: view.collectors.length}))];
}

/** What is wrong with a collector that is not live, and what helps. */
export function silentLine(collector: CollectorView, context: DrawContext): Line {
  const {t} = context;
  const {link, name, heardAt, since, state} = collector;
  const why = reasonText(collector, t);
  const at = momentText(heardAt ?? since, context);
  switch (link) {
    case 'live':
      return sentence('');
    case 'connecting':
      return sentence(
        t(heardAt === null ? 'view.silent.connecting' : 'view.silent.down', {name, at, reason: ''}),
        'unknown',
      );
    case 'loading':
      return sentence(t(state === null ? 'view.silent.loading' : 'view.silent.reloading', {name}), 'unknown');
    case 'down': {
      const reason = why === null ? '' : ` (${why})`;
      return sentence(t(heardAt === null ? 'view.silent.never' : 'view.silent.down', {name, at, reason}), 'unknown');
    }
    case 'refused':
      return sentence(t('view.silent.refused', {name, reason: why ?? ''}), 'error');
    default:
      return link satisfies never;
  }
}

function sentence(text: string, tone: Tone = 'plain'): Line {
  return [part(text, tone)];
}
