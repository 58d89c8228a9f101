import type {Instant} from '../domain/time.ts';
import type {Language, Translate} from './i18n.ts';

/** Numbers and local times (of the machine's own time zone) as people of one language write them. */
export interface Format {
  /** `1.234,5` or `1,234.5`; the given digits after the separator, none by default. */
  number(value: number, digits?: number): string;
  /** `02:47` */
  clock(instant: Instant): string;
  /** `02:47:18` */
  clockSeconds(instant: Instant): string;
  /** `21.11.2026` or `2026-11-21` */
  date(instant: Instant): string;
  /** `Sa` or `Sat` */
  weekday(instant: Instant): string;
  /** `Sa 21.11.` or `Sat 11-21` */
  weekdayAndDay(instant: Instant): string;
}

const SEPARATORS = {de: {decimal: ',', thousands: '.'}, en: {decimal: '.', thousands: ','}} as const;

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/**
 * Formats without Intl.NumberFormat and Intl.DateTimeFormat: the first use of those costs a quick command 20 to 40 ms.
 */
export function createFormat(language: Language, t: Translate): Format {
  const {decimal, thousands} = SEPARATORS[language];
  const clock = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`;
  const parts = (at: Date) => ({day: two(at.getDate()), month: two(at.getMonth() + 1), year: at.getFullYear()});
  return {
    number(value, digits = 0) {
      const [whole = '', fraction] = value.toFixed(digits).split('.');
      const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, thousands);
      return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
    },
    clock: instant => clock(new Date(instant)),
    clockSeconds: instant => `${clock(new Date(instant))}:${two(new Date(instant).getSeconds())}`,
    date: instant => t('format.date', parts(new Date(instant))),
    weekday: instant => t(`format.weekday.${new Date(instant).getDay()}`),
    weekdayAndDay(instant) {
      const at = new Date(instant);
      return `${t(`format.weekday.${at.getDay()}`)} ${t('format.dayOfMonth', parts(at))}`;
    },
  };
}
