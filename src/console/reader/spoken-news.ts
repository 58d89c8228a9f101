import type {Link, NocView} from '../../client/noc.ts';
import type {Alert, Moment} from '../../domain/alert.ts';
import {alertState} from '../../domain/alert.ts';
import {compareSeverity} from '../../domain/severity.ts';
import type {DrawContext} from '../../view/draw-context.ts';
import {createFeedSelector, type FeedEntry} from '../../view/feed.ts';
import {momentLine} from '../../view/moment-line.ts';
import {summaryInWords} from '../../view/own-words.ts';
import {lineWords} from './plain-words.ts';
import {subjectWords} from './spoken-alert.ts';

/** One piece of news as a line. */
export interface SpokenNews {
  readonly text: string;
  /** Worth a word of its own when there is too much to say. */
  readonly isCritical: boolean;
}

/** What is told of a collector so far. */
interface Told {
  readonly seq: number;
  readonly link: Link;
}

/**
 * What happened since the last picture, oldest first: new, worse, returned, taken by whom, resolved, links that are back. The first
 * picture of a collector is not news; what was missed while a link was gone is.
 *
 * @returns A function that remembers what it has told: keep it as long as the face lives.
 */
export function createNewsReader(): (view: NocView, context: DrawContext) => readonly SpokenNews[] {
  const selectFeed = createFeedSelector();
  const told = new Map<string, Told>();
  let last: NocView | null = null;
  return (view, context) => {
    if (view === last) return [];
    last = view;
    const entries = selectFeed(view);
    const news: SpokenNews[] = [];
    for (const {url, name, link, state} of view.collectors) {
      const before = told.get(url);
      const seq = state?.seq ?? 0;
      if (link === 'live' && before !== undefined && before.link !== 'live' && before.seq > 0) {
        news.push({text: context.t('reader.news.back', {name}), isCritical: true});
      }
      // Numbers that run backwards belong to another history: what it holds was there before.
      if (before !== undefined && before.seq > 0 && seq >= before.seq) {
        const fresh = entries.filter(({key, moment}) => key.startsWith(`${url} `) && moment.seq > before.seq);
        news.push(...fresh.toReversed().flatMap(entry => wordsOf(entry, view, context)));
      }
      told.set(url, {seq: state === null ? (before?.seq ?? 0) : seq, link});
    }
    return news;
  };
}

function wordsOf(entry: FeedEntry, view: NocView, context: DrawContext): readonly SpokenNews[] {
  const {moment, alert, customerName} = entry;
  const {t} = context;
  if (!isWorthTelling(moment, alert) || isOwn(moment, view, context)) return [];
  const about = subjectWords(alert, t);
  const subject = `${customerName}, ${about}`;
  const severity = t(`reader.severity.${moment.severity}`);
  const summary = summaryInWords(moment.what === 'alert.reopened' ? alert.summary : (moment.text ?? alert.summary), t);
  // What is about itself is said once.
  const text = about.endsWith(`, ${summary}`) ? '' : `: ${summary}`;
  const isCritical = moment.severity === 'critical' && alertState(alert) === 'open';
  switch (moment.what) {
    case 'alert.opened':
      return [{text: t('reader.news.opened', {severity, subject, text}), isCritical}];
    case 'alert.updated':
      return [{text: t('reader.news.worse', {severity, subject, text}), isCritical}];
    case 'alert.reopened':
      return [{text: t('reader.news.again', {severity, subject, text}), isCritical}];
    default:
      return [{text: `${subject}: ${lineWords(momentLine(moment, t).slice(2), t)}`, isCritical: false}];
  }
}

const TOLD: ReadonlySet<string> = new Set([
  'alert.opened',
  'alert.updated',
  'alert.reopened',
  'alert.resolved',
  'alert.acknowledged',
  'alert.unacknowledged',
  'alert.escalated',
  'alert.noted',
]);

/** Of changes only those for the worse. */
function isWorthTelling(moment: Moment, {timeline}: Alert): boolean {
  if (!TOLD.has(moment.what)) return false;
  if (moment.what !== 'alert.updated') return true;
  const before = timeline.findLast(({seq}) => seq < moment.seq);
  return before !== undefined && compareSeverity(moment.severity, before.severity) > 0;
}

/** What somebody did himself he was told already when it was done. */
function isOwn({by}: Moment, view: NocView, {me}: DrawContext): boolean {
  return by !== null && (by === me || (me === null && view.collectors.some(({who}) => who?.name === by)));
}
