import {readVeeam} from '../../protocol/backup-output/veeam.ts';
import type {SourceParser} from '../source.ts';
import {readFactsOf} from './backup-webhook.ts';

/** Sessions of Veeam Backup & Replication, pushed by a script after the job. Source: integrations/backup-veeam.md. */
export const veeam: SourceParser = {
  type: 'veeam',
  capabilities: ['push'],
  parse: (request, source, place) => readFactsOf(readVeeam, 'veeam', {request, source, place, deliveryId: null}),
};
