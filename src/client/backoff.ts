import type {DurationMs} from '../domain/time.ts';

const BASE_MS: DurationMs = 250;
const CAP_MS: DurationMs = 5_000;
/** After a link has been down this long, nobody is served by trying every few seconds. */
const PATIENT_AFTER_MS: DurationMs = 10 * 60_000;
const PATIENT_CAP_MS: DurationMs = 30_000;

/**
 * How long to wait before the next try: "full jitter", anything from nothing to a ceiling that doubles with each failure.
 * A thousand consoles that lose one collector at once come back spread out, not in step.
 *
 * @param failures - Tries in a row that failed, 0 before the first.
 * @param downMs - How long the link has been down.
 * @param random - [0, 1)
 *
 * Source: security rule 25.
 */
export function reconnectDelayMs(failures: number, downMs: DurationMs, random: number): DurationMs {
  const cap = downMs >= PATIENT_AFTER_MS ? PATIENT_CAP_MS : CAP_MS;
  return random * Math.min(cap, BASE_MS * 2 ** failures);
}
