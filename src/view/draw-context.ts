import type {Instant} from '../domain/time.ts';
import type {Format} from '../runtime/format.ts';
import type {Translate} from '../runtime/i18n.ts';

/** What turning records into rows needs beside them. */
export interface DrawContext {
  readonly t: Translate;
  readonly format: Format;
  /** Our clock. Rows tick by the minute: whoever draws hands in a new context no more often than that. */
  readonly now: Instant;
  /** The person at the keyboard, shown where an own command is on its way; null: the token's own name. */
  readonly me: string | null;
}

/** `02:47` when it was or will be on the same day as now, else with the date before it: `20.11. 23:10`. */
export function momentText(at: Instant, {format, now, t}: Pick<DrawContext, 'format' | 'now' | 't'>): string {
  const clock = format.clock(at);
  return format.date(at) === format.date(now) ? clock : t('view.dayAndClock', {day: format.weekdayAndDay(at), clock});
}
