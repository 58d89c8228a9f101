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
  | 'pending';

/** A word or whole number of our own as text: the only text that the domain makes, safe by its letters. */
export function ownText(word: OwnWord | number): SafeText {
  return String(word) as SafeText;
}
