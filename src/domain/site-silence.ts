import {type CheckAddress, type Fingerprint, fingerprint, siteKey} from './address.ts';
import type {NocState} from './state.ts';

/** The host that stands for a whole site, and its one check. A collector's site is silent when every host is. Source: FR-5. */
export const SITE_SILENT = {host: '(alle)', service: 'site-silent'} as const;

/** One host going silent is its own alert; from two on it is the site's. */
const LEAST_HOSTS = 2;

type SiteOf = Pick<CheckAddress, 'customer' | 'site'>;

/** Where the alert about a silent site stands. */
export function siteSilentAddress({customer, site}: SiteOf): CheckAddress {
  return {customer, site, ...SITE_SILENT};
}

export function siteSilentFingerprint(of: SiteOf): Fingerprint {
  return fingerprint(siteSilentAddress(of));
}

/** Whether nothing at all is heard of a site that has several hosts. */
export function isSiteSilent(state: NocState, of: SiteOf): boolean {
  const site = state.ofSite.get(siteKey(of));
  return site !== undefined && site.hosts.length >= LEAST_HOSTS && site.silent === site.hosts.length;
}
