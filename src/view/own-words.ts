import {type CustomerId, UNASSIGNED} from '../domain/address.ts';
import {SITE_SILENT} from '../domain/site-silence.ts';
import type {OwnWord} from '../domain/text.ts';
import {createTranslate, LANGUAGES, type Translate} from '../runtime/i18n.ts';
import {checkText, isCheckText} from './check-text.ts';
import {markedName} from './marked-name.ts';

const OWN: ReadonlySet<string> = new Set<OwnWord>([
  'acknowledged',
  'downtime',
  'unreachable',
  'flapping',
  'silenced',
  'command',
  'expired',
  'worsened',
  'settled',
  'decommissioned',
  'stale',
  'heartbeat',
  'site-silent',
  'clock-skew',
  'pending',
  'backup-failed',
  'backup-missed',
  'backup-late',
  'backup-rpo',
  'backup-rule',
  'backup-verify',
  'backup-anomaly',
  'backup-security',
  'restore-overdue',
  'restore-never',
  'restore-failed',
  'backup-retention',
  'backup-prune',
  'repository-full',
  'source-flood',
]);

/** Did the collector itself write this? Such a word says of itself what it is about. */
export function isOwnWord(text: string): boolean {
  return OWN.has(text);
}

/** A text of a record as it is to be read: what the collector wrote itself is a word of ours, and is translated. */
export function inWords(text: string, t: Translate): string {
  return isOwnWord(text) ? t(`view.own.${text}`) : text;
}

/** What is wrong, as it is to be read: a word of ours, what one of our checks found, else what the source says. */
export function summaryInWords(text: string, t: Translate): string {
  return checkText(text, t) ?? inWords(text, t);
}

/** In which languages a summary may have been read; a filter means the same in each. Opened for the first text that has another wording. */
let readers: readonly Translate[] | null = null;

/** What is wrong in every wording that a person may have seen of it: what is typed into a filter is found in any. */
export function everyWording(text: string): readonly string[] {
  if (!isOwnWord(text) && !isCheckText(text)) return [text];
  readers ??= LANGUAGES.map(createTranslate);
  return [...new Set([text, ...readers.map(t => summaryInWords(text, t))])];
}

/** The name of a customer, or its id while it has none; what nobody could place is nobody's. */
export function nameOfCustomer(customer: {readonly name: string} | null, id: CustomerId, t: Translate): string {
  if (customer === null && id === UNASSIGNED) return t('view.unassigned');
  return markedName(customer?.name ?? id);
}

/** The name of a host; the one that stands for a whole site is no name. */
export function hostName(host: string, t: Translate): string {
  return host === SITE_SILENT.host ? t('view.allHosts') : markedName(host);
}
