import type {CheckAddress} from '../../domain/address.ts';
import type {ServiceMonth} from '../../domain/report/service-month.ts';
import type {Translate} from '../../runtime/i18n.ts';
import {hostName, inWords} from '../own-words.ts';
import {plainMarkdown} from './markdown.ts';

/** What a check, or what began an incident, is called: site, host and service, those of ours in words. Markdown. */
export function subjectText({site, host, service}: CheckAddress, t: Translate): string {
  const parts = [site, host === '' ? '' : hostName(host, t), inWords(service, t)];
  return plainMarkdown(parts.filter(text => text !== '').join(' / '));
}

/** Services of one host that have the same figures, as one row of a report; none of them is left out. */
export interface ServiceGroup {
  /** Markdown. */
  readonly subject: string;
  /** Of each of them. */
  readonly figures: readonly string[];
}

/**
 * Puts together what says the same, so that somebody who is no technician finds what does not.
 *
 * @param services - Those of one host after each other.
 * @param figuresOf - The cells of one, as they are to be read.
 */
export function groupServices(
  services: readonly ServiceMonth[],
  figuresOf: (service: ServiceMonth) => readonly string[],
  t: Translate,
): readonly ServiceGroup[] {
  const groups = new Map<string, {readonly figures: readonly string[]; readonly addresses: CheckAddress[]}>();
  for (const service of services) {
    const {site, host} = service.address;
    const figures = figuresOf(service);
    const key = JSON.stringify([site, host, figures]);
    const group = groups.get(key) ?? {figures, addresses: []};
    group.addresses.push(service.address);
    groups.set(key, group);
  }
  return [...groups.values()].map(({figures, addresses}) => ({figures, subject: groupText(addresses, t)}));
}

function groupText(addresses: readonly CheckAddress[], t: Translate): string {
  const [first] = addresses;
  if (first === undefined) return '';
  if (addresses.length === 1) return subjectText(first, t);
  const names = addresses.map(({service}) => (service === '' ? t('report.availability.host') : inWords(service, t)));
  return `${subjectText({...first, service: ''}, t)}: ${plainMarkdown(names.join(', '))}`;
}
