import {type DurationMs, SECOND} from '../../domain/time.ts';
import type {Translate} from '../../runtime/i18n.ts';
import type {Timers} from '../../runtime/outside.ts';
import {safeText} from '../../runtime/safe-text.ts';
import type {SpokenNews} from './spoken-news.ts';

/** Says lines, one after the other, as they come. */
export interface Speaker {
  /** An answer: at once. */
  say(line: string): void;
  /** News: at once while there are few, else counted and told together. */
  tell(news: readonly SpokenNews[]): void;
  /** The line that is being typed, as it stands now; null when none is. */
  type(line: string | null): void;
  close(): void;
}

export interface SpeakerOptions {
  readonly write: (text: string) => void;
  readonly timers: Timers;
  readonly t: Translate;
}

/** A voice takes about two seconds for a line: more than these in that time nobody can follow. */
const MOST_NEWS = 5;
const PER_MS: DurationMs = 10 * SECOND;
/** A line is heard to its end, and is no essay. */
const MOST_GRAPHEMES = 400;

/**
 * Writes lines to a terminal or a pipe: no cursor moves, no colours. What comes from outside has been made safe before; this is
 * the last gate (security rule 42).
 */
export function createSpeaker({write, timers, t}: SpeakerOptions): Speaker {
  let typed: string | null = null;
  let told = 0;
  let leftOut = 0;
  let leftOutCritical = 0;
  let cancel: (() => void) | null = null;

  const safe = (line: string): string => safeText(line, {graphemes: MOST_GRAPHEMES});

  const say = (line: string): void => {
    // A line that is being typed is taken up again behind what is said.
    write(typed === null ? `${safe(line)}\n` : `\n${safe(line)}\n${typed}`);
  };

  const nextWindow = (): void => {
    cancel = null;
    told = 0;
    if (leftOut === 0) return;
    say(t('reader.news.more', {count: leftOut, critical: leftOutCritical}));
    [leftOut, leftOutCritical] = [0, 0];
    open();
  };

  const open = (): void => {
    cancel ??= timers.after(PER_MS, nextWindow);
  };

  return {
    say,
    tell(news) {
      for (const {text, isCritical} of news) {
        open();
        if (told < MOST_NEWS) {
          told++;
          say(text);
        } else {
          leftOut++;
          if (isCritical) leftOutCritical++;
        }
      }
    },
    type(line) {
      const next = line === null ? null : safe(line);
      if (next === typed) return;
      if (next === null) write('\n');
      else if (typed === null) write(next);
      // What is added at the end stands there as it is typed; any other change is said anew.
      else if (next.startsWith(typed)) write(next.slice(typed.length));
      else write(`\n${next}`);
      typed = next;
    },
    close() {
      cancel?.();
      if (typed !== null) write('\n');
      typed = null;
    },
  };
}
