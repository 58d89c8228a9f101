import type {Fingerprint} from './address.ts';
import type {Claim} from './alert.ts';
import {type AlertSeverity, compareSeverity, worstSeverity} from './severity.ts';
import type {Instant} from './time.ts';

/** Key of the claim that results of a check make, from whichever source they come: the newest result speaks for all. */
export function checkClaim(check: Fingerprint): string {
  return `check:${check}`;
}

/** Claims kept with an alert; beyond that the mildest go, so that an alert always fits a frame. */
const CLAIM_LIMIT = 64;

/** The end of a claim as an upstream tells it: of the life that began at `startedAt`. */
export interface ClaimEnd {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/**
 * Whether an end is about a life that began at `startedAt`, or about a later one: then a message of that life is old news.
 *
 * Depends on the instants that the upstream gave and not on the order of arrival, so that messages may come in any.
 */
export function isOver(end: ClaimEnd, startedAt: Instant): boolean {
  return startedAt <= end.startedAt || startedAt < end.endedAt;
}

/** The claims that still say bad. */
export function liveClaims(claims: readonly Claim[]): readonly Claim[] {
  return claims.filter(claim => claim.endedAt === null);
}

function byWeight(a: Claim, b: Claim): number {
  const isLive = Number(b.endedAt === null) - Number(a.endedAt === null);
  return isLive || compareSeverity(b.severity, a.severity) || b.startedAt - a.startedAt;
}

/** The claims with this one in place of an older word of the same key; worst first, bounded. */
export function withClaim(claims: readonly Claim[], claim: Claim): readonly Claim[] {
  return [...claims.filter(({key}) => key !== claim.key), claim].sort(byWeight).slice(0, CLAIM_LIMIT);
}

/** The worst of the claims that still say bad; `otherwise` when none does. */
export function worstClaim(claims: readonly Claim[], otherwise: AlertSeverity): AlertSeverity {
  const [first, ...others] = liveClaims(claims).map(claim => claim.severity);
  return first === undefined ? otherwise : worstSeverity(first, ...others);
}
