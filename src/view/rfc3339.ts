import type {Instant} from '../domain/time.ts';

/** RFC 3339 in UTC, whole seconds where there are no milliseconds; null stays null. */
export function rfc3339(instant: Instant): string;
export function rfc3339(instant: Instant | null): string | null;
export function rfc3339(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString().replace('.000Z', 'Z');
}
