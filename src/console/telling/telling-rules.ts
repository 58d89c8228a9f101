import {timeZone} from '../../domain/local-time/zone.ts';
import type {QuietHours} from '../../domain/on-call/quiet-hours.ts';
import {compareSeverity} from '../../domain/severity.ts';
import {HOUR, type Instant, MINUTE} from '../../domain/time.ts';
import type {Settings} from '../../runtime/settings.ts';
import type {AlertEntry} from '../../view/alert-entry.ts';
import {alertVocabulary} from '../../view/alert-vocabulary.ts';
import {parseFilter} from '../../view/filter.ts';

/** Ways of being told. The bell is also what tmux and screen alert on. */
export type Way = Settings['tell']['rules'][number]['ways'][number];

/** One rule, ready to ask. */
export interface TellingRule {
  matches(entry: AlertEntry, now: Instant): boolean;
  readonly ways: readonly Way[];
}

/** How a person wants to be told. */
export interface TellingRules {
  /** The first that fits counts; what fits none is not told. */
  readonly rules: readonly TellingRule[];
  /** null: at all hours. */
  readonly quiet: QuietHours | null;
  /** Program and arguments, started without a shell; null: none. */
  readonly sound: readonly [string, ...string[]] | null;
}

/** Milliseconds after midnight of `22:30`. */
function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * HOUR + minutes * MINUTE;
}

/**
 * Rules as the settings have them.
 *
 * @throws {Fault} those of `parseFilter` for a filter in a rule, `TIME_ZONE` of `timeZone` for a zone that nobody knows.
 */
export function tellingRules({tell, filters}: Pick<Settings, 'tell' | 'filters'>): TellingRules {
  const {rules, quiet} = tell;
  const [program, ...args] = tell.sound;
  if (quiet !== null) timeZone(quiet.timeZone);
  return {
    rules: rules.map(({severity, customers, filter, ways}) => {
      const saved = filters.find(({name}) => name === filter)?.filter;
      const wanted = parseFilter(saved ?? filter ?? '', alertVocabulary);
      return {
        matches: (entry, now) =>
          compareSeverity(entry.alert.severity, severity) >= 0 &&
          (customers.length === 0 || customers.includes(entry.alert.customer)) &&
          wanted.matches(entry, now),
        ways,
      };
    }),
    quiet:
      quiet === null ? null : {timeZone: quiet.timeZone, startMs: timeOfDay(quiet.from), endMs: timeOfDay(quiet.to)},
    sound: program === undefined ? null : [program, ...args],
  };
}
