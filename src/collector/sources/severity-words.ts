import type {AlertSeverity} from '../../domain/severity.ts';

/** `informational` raises no alert. */
export type UpstreamSeverity = AlertSeverity | 'informational';

/** What people write into severity labels, in lower case. Source: integrations/alertmanager.md, "Mapping". */
const WORDS: ReadonlyMap<string, UpstreamSeverity> = new Map([
  ['critical', 'critical'],
  ['page', 'critical'],
  ['emergency', 'critical'],
  ['error', 'critical'],
  ['high', 'critical'],
  ['p1', 'critical'],
  ['warning', 'warning'],
  ['warn', 'warning'],
  ['medium', 'warning'],
  ['p2', 'warning'],
  ['p3', 'warning'],
  ['info', 'informational'],
  ['none', 'informational'],
  ['ok', 'informational'],
]);

/** Missing, foreign or not even a text is `unknown`: never dropped, never harmless. */
export function severityOf(word: unknown): UpstreamSeverity {
  return (typeof word === 'string' ? WORDS.get(word.trim().toLowerCase()) : undefined) ?? 'unknown';
}
