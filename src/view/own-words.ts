import {SITE_SILENT} from '../domain/site-silence.ts';
import type {OwnWord} from '../domain/text.ts';
import type {Translate} from '../runtime/i18n.ts';
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

/** A text of a record as it is to be read: what the collector wrote itself is a word of ours, and is translated. */
export function inWords(text: string, t: Translate): string {
  return OWN.has(text) ? t(`view.own.${text}`) : text;
}

/** The name of a host; the one that stands for a whole site is no name. */
export function hostName(host: string, t: Translate): string {
  return host === SITE_SILENT.host ? t('view.allHosts') : markedName(host);
}
