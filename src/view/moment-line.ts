import type {Moment} from '../domain/alert.ts';
import type {Translate} from '../runtime/i18n.ts';
import {summaryInWords} from './own-words.ts';
import {severityShape, severityTone} from './state-mark.ts';
import {type Line, type Part, part} from './tone.ts';

/** What happened, in words: `Jana hat quittiert: „Platte bestellt“`. */
export function momentLine(moment: Moment, t: Translate): Line {
  const text = words(moment, t);
  return [markOf(moment), part(' '), part(text)];
}

function markOf(moment: Moment): Part {
  switch (moment.what) {
    case 'alert.opened':
    case 'alert.updated':
    case 'alert.reopened':
      return part(severityShape(moment.severity), severityTone(moment.severity));
    case 'alert.resolved':
    case 'alert.closed':
      return part(severityShape('ok'), 'dim');
    default:
      return part('·', 'dim');
  }
}

function words(moment: Moment, t: Translate): string {
  const {by, text} = moment;
  const kind = moment.what.replace('alert.', '');
  switch (moment.what) {
    case 'alert.opened':
    case 'alert.updated':
      return t(`view.moment.${kind}`, {
        text: summaryInWords(text ?? '', t),
        severity: t(`view.severity.${moment.severity}`),
      });
    case 'alert.reopened':
      return by === null ? t('view.moment.reopened') : t('view.moment.reopenedBy', {by});
    case 'alert.resolved':
      return by === null ? t('view.moment.resolved') : t('view.moment.resolvedBy', {by});
    case 'alert.closed':
      return t('view.moment.closed');
    case 'alert.acknowledged':
      return withQuote(t('view.moment.acknowledged', {by: by ?? '–'}), text, t);
    case 'alert.unacknowledged':
      return t(`view.moment.unacknowledged.${text ?? 'command'}`, {by: by ?? '–'});
    case 'alert.escalated':
      return t(by === null ? 'view.moment.escalated' : 'view.moment.escalatedBy', {level: text ?? '', by: by ?? ''});
    case 'alert.noted':
      return text === 'acknowledged'
        ? t('view.moment.alsoAcknowledged', {by: by ?? '–'})
        : t('view.moment.noted', {by: by ?? '–', text: text ?? ''});
    case 'alert.suppressed':
    case 'alert.unsuppressed':
      return withName(t(`view.moment.${kind}.${text ?? 'silenced'}`), by);
    default:
      // A later collector may know more than we do.
      return withName(kind, by);
  }
}

function withQuote(words: string, text: string | null, t: Translate): string {
  return text === null || text === '' ? words : t('view.moment.quote', {words, text});
}

function withName(words: string, by: string | null): string {
  return by === null ? words : `${words} (${by})`;
}
