import {customerName} from './alert-lines.ts';
import type {GroupHead} from './arrange-alerts.ts';
import type {DrawContext} from './draw-context.ts';
import {hostName} from './own-words.ts';
import {type Line, part} from './tone.ts';

/** `Müller Maschinenbau GmbH / Augsburg  3`, above the first alert of a group. */
export function groupLine({entry, group, count}: GroupHead, context: DrawContext): Line {
  const {site, host} = entry.alert;
  const names = [
    customerName(entry, context),
    ...(group === 'customer' ? [] : [site]),
    ...(group === 'host' ? [hostName(host, context.t)] : []),
  ];
  return [part(names.filter(name => name !== '').join(' / '), 'strong'), part(`  ${count}`, 'dim')];
}
