declare const safe: unique symbol;

/**
 * Text that may be painted on a terminal: no control, bidi, zero-width or unassigned characters are left in it.
 *
 * Only `safeText` of `src/runtime/safe-text.ts` makes one (security rules 42 and 43). The domain carries it, and never builds it.
 */
export type SafeText = string & {readonly [safe]: true};
