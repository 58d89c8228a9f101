/** Configuration id of a customer; `unassigned` for what no rule could place. */
export type CustomerId = string;

/** The customer of an alert that no rule gives to anybody. Nothing is dropped because it could not be placed. */
export const UNASSIGNED: CustomerId = 'unassigned';

/** What one check looks at. `service` is empty for the host's own check, `site` where a customer has only one. */
export interface CheckAddress {
  readonly customer: CustomerId;
  readonly site: string;
  readonly host: string;
  readonly service: string;
}

/** Key of one check: `customer|site|host|check`. State, output and thresholds are no part of it. Source: CO-1. */
export type Fingerprint = string;

/** Key of one host: `customer|site|host`. */
export type HostKey = string;

/** Key of one site: `customer|site`. */
export type SiteKey = string;

/** `|` and `\` inside a part are escaped, so that no two addresses share a key. */
function part(text: string): string {
  return text.includes('|') || text.includes('\\') ? text.replace(/[|\\]/g, '\\$&') : text;
}

export function siteKey(address: Pick<CheckAddress, 'customer' | 'site'>): SiteKey {
  return `${part(address.customer)}|${part(address.site)}`;
}

export function hostKey(address: Omit<CheckAddress, 'service'>): HostKey {
  return `${siteKey(address)}|${part(address.host)}`;
}

/** Key of the parent that a host names: a host of the same site, or `site/host` elsewhere at the same customer. Source: DP-1. */
export function parentKey(child: Omit<CheckAddress, 'service'>, parent: string): HostKey {
  const slash = parent.indexOf('/');
  if (slash < 0) return hostKey({...child, host: parent});
  return hostKey({customer: child.customer, site: parent.slice(0, slash), host: parent.slice(slash + 1)});
}

/** The check that says whether a host itself is up. */
export function hostCheck(host: HostKey): Fingerprint {
  return `${host}|`;
}

/** Key of one kind of check at a site, whatever its host: `customer|site|check`. Source: CO-2. */
export type SiteServiceKey = string;

export function siteServiceKey(address: CheckAddress): SiteServiceKey {
  return `${siteKey(address)}|${part(address.service)}`;
}

export function fingerprint(address: CheckAddress): Fingerprint {
  return `${hostKey(address)}|${part(address.service)}`;
}
