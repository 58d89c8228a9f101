import type {AlarmFinding} from './backup/alarms.ts';
import type {AnomalyFlag} from './backup/anomaly.ts';
import type {RulePart} from './backup/rule-321.ts';

declare const safe: unique symbol;

/**
 * Text that may be painted on a terminal: no control, bidi, zero-width or unassigned characters are left in it.
 *
 * Only `safeText` of `src/runtime/safe-text.ts` makes one (security rules 42 and 43). The domain carries it, and never builds it.
 */
export type SafeText = string & {readonly [safe]: true};

/** Words that the domain itself writes where a text is wanted. Faces translate them; they are never shown as they are. */
export type OwnWord =
  | 'acknowledged'
  | 'downtime'
  | 'unreachable'
  | 'flapping'
  | 'silenced'
  | 'command'
  | 'expired'
  | 'worsened'
  | 'settled'
  | 'decommissioned'
  | 'stale'
  | 'heartbeat'
  | 'site-silent'
  | 'clock-skew'
  | 'pending'
  | 'backup-failed'
  | 'backup-missed'
  | 'backup-late'
  | 'backup-rpo'
  | 'backup-rule'
  | 'backup-verify'
  | 'backup-anomaly'
  | 'backup-security'
  | 'restore-overdue'
  | 'restore-never'
  | 'restore-failed'
  | 'backup-retention'
  | 'backup-prune'
  | 'repository-full'
  | 'source-flood';

/** A word or whole number of our own as text: the only text that the domain makes, safe by its letters. */
export function ownText(word: OwnWord | number): SafeText {
  return String(word) as SafeText;
}

/** Codes of our own as one text, safe by their letters. */
export function ownCodes(codes: readonly (RulePart | AnomalyFlag | AlarmFinding | 'A' | 'B' | 'C')[]): SafeText {
  return codes.join(',') as SafeText;
}
