/** How bad one thing is. `pending` was never checked; `unknown` is not known, which is never green. Source: ST-1. */
export type Severity = 'ok' | 'warning' | 'critical' | 'unknown' | 'pending';

/** Severities an alert can have: what is ok or was never checked raises none. */
export type AlertSeverity = 'warning' | 'critical' | 'unknown';

/** From harmless to bad, the order in which an alert gets worse. Source: AL-3 (WARNING < UNKNOWN < CRITICAL). */
const RANK: Readonly<Record<Severity, number>> = {ok: 0, pending: 1, warning: 2, unknown: 3, critical: 4};

/** How bad it is as a number, 0 to `SEVERITY_RANKS` exclusive. */
export function severityRank(severity: Severity): number {
  return RANK[severity];
}

/** How many ranks there are. */
export const SEVERITY_RANKS = 5;

/** Positive when `a` is worse than `b`, negative when better, 0 when alike. */
export function compareSeverity(a: Severity, b: Severity): number {
  return RANK[a] - RANK[b];
}

export function worstSeverity<S extends Severity>(first: S, ...others: readonly S[]): S {
  return others.reduce((worst, next) => (compareSeverity(next, worst) > 0 ? next : worst), first);
}
