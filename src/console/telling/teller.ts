import type {NocStore} from '../../client/noc.ts';
import {type DurationMs, SECOND} from '../../domain/time.ts';
import type {Translate} from '../../runtime/i18n.ts';
import type {Outside} from '../../runtime/outside.ts';
import {safeText} from '../../runtime/safe-text.ts';
import {decideTellings, NOTHING_TOLD, type Telling} from './decide-telling.ts';
import {type NotificationForm, notificationSequence} from './desktop-notification.ts';
import type {TellingRules} from './telling-rules.ts';

export interface TellerOptions {
  readonly store: NocStore;
  readonly outside: Outside;
  readonly t: Translate;
  readonly rules: TellingRules;
  /** How the terminal notifies; null: it does not. */
  readonly form: NotificationForm | null;
  /** Bytes that show nothing, to the terminal. */
  readonly send: (bytes: string) => void;
  /** Starts the sound program. */
  readonly play: (command: readonly [string, ...string[]]) => void;
}

const BELL = '\x07';
/** Storms are told together: at once, and then at most this often. */
const TOGETHER_MS: DurationMs = 5 * SECOND;
/** Quiet hours end on the minute. */
const HELD_MS: DurationMs = 20 * SECOND;
/** Desktops cut longer ones, each in its own way. */
const MOST_GRAPHEMES = 120;

/** Tells of what needs a hand, by the rules, as long as the console runs. @returns How to stop. */
export function startTeller(options: TellerOptions): () => void {
  const {store, outside, rules} = options;
  let memory = NOTHING_TOLD;
  let waiting: Telling[] = [];
  let isPausing = false;

  const tell = (): void => {
    if (isPausing || waiting.length === 0) return;
    const tellings = waiting;
    waiting = [];
    isPausing = true;
    outside.timers.after(TOGETHER_MS, () => {
      isPausing = false;
      tell();
    });
    give(tellings, options);
  };

  const look = (): void => {
    const decision = decideTellings(memory, store.getSnapshot(), rules, outside.clock.now());
    memory = decision.memory;
    waiting.push(...decision.tellings);
    tell();
  };

  look();
  const undos = [store.subscribe(look), outside.timers.every(HELD_MS, look)];
  return () => {
    for (const undo of undos) undo();
  };
}

/** Every way once for all of them. */
function give(tellings: readonly Telling[], {send, play, form, rules, t}: TellerOptions): void {
  const by = (way: Telling['ways'][number]) => tellings.filter(({ways}) => ways.includes(way));
  if (by('bell').length > 0) send(BELL);
  const shown = by('desktop');
  if (form !== null && shown.length > 0) send(notificationSequence(form, ...notificationTexts(shown, t)));
  if (rules.sound !== null && by('sound').length > 0) play(rules.sound);
}

/** Title and body: of one alert what it is, of several how many and the first. */
export function notificationTexts(tellings: readonly Telling[], t: Translate) {
  const [first] = tellings;
  const limit = {graphemes: MOST_GRAPHEMES};
  if (first === undefined) return [safeText('Nocturne'), safeText('')] as const;
  const {alert, customer} = first.entry;
  const word = t(`console.telling.${first.reason}`, {severity: t(`view.severity.${alert.severity}`)});
  const subject = [customer?.name ?? alert.customer, alert.host].join(', ');
  const title = tellings.length === 1 ? `${word}: ${subject}` : t('console.telling.many', {count: tellings.length});
  const body = tellings.length === 1 ? alert.summary : `${subject}: ${alert.summary}`;
  return [safeText(title, limit), safeText(body, limit)] as const;
}
