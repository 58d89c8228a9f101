/** P1 is the most urgent. */
export type Priority = 'P1' | 'P2' | 'P3' | 'P4';

/** Of impact and urgency. Source: PR-1. */
export type Grade = 'high' | 'medium' | 'low';

/** What monitoring found, as far as its priority goes. `down` is a host's `critical`, `stale` a check's `unknown`. Source: PR-2. */
export type Finding = 'critical' | 'warning' | 'unknown' | 'backupFailed' | 'backupMissed';

const MATRIX: Readonly<Record<Grade, Readonly<Record<Grade, Priority>>>> = {
  high: {high: 'P1', medium: 'P2', low: 'P3'},
  medium: {high: 'P2', medium: 'P3', low: 'P4'},
  low: {high: 'P3', medium: 'P4', low: 'P4'},
};

/** By criticality of the host. */
const DEFAULTS: Readonly<Record<Finding, Readonly<Record<'A' | 'B' | 'C', Priority>>>> = {
  critical: {A: 'P1', B: 'P2', C: 'P3'},
  warning: {A: 'P3', B: 'P3', C: 'P4'},
  unknown: {A: 'P2', B: 'P3', C: 'P4'},
  backupFailed: {A: 'P2', B: 'P3', C: 'P3'},
  backupMissed: {A: 'P2', B: 'P3', C: 'P3'},
};

const RAISED: Readonly<Record<Priority, Priority>> = {P1: 'P1', P2: 'P1', P3: 'P2', P4: 'P3'};

/**
 * The priority that a human gives by saying how much is hit and how long it can wait.
 *
 * @param impact - high: a whole site or a business-critical system; medium: a department or lost redundancy; low: one user.
 * @param urgency - high: work stands still without a workaround, or security; medium: degraded; low: can wait.
 *
 * Source: PR-1.
 */
export function priorityOf(impact: Grade, urgency: Grade): Priority {
  return MATRIX[impact][urgency];
}

/**
 * The priority that a finding of monitoring has until a human says otherwise.
 *
 * @param criticality - How much the customer depends on the host, A most.
 * @param isRpoViolated - The newest backup is also older than promised, which is one priority more urgent.
 *
 * Source: PR-2.
 */
export function defaultPriority(finding: Finding, criticality: 'A' | 'B' | 'C', isRpoViolated = false): Priority {
  const priority = DEFAULTS[finding][criticality];
  return isRpoViolated ? RAISED[priority] : priority;
}

/** The more urgent of two. */
export function higherPriority(a: Priority, b: Priority): Priority {
  return a < b ? a : b;
}
