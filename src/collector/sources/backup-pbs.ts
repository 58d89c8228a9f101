import {readPbs} from '../../protocol/backup-output/pbs.ts';
import type {SourceParser} from '../source.ts';
import {readFactsOf} from './backup-webhook.ts';

/** Notifications, tasks and snapshots of Proxmox Backup Server, and backup notifications of Proxmox VE. Source: integrations/backup-proxmox-backup-server.md. */
export const pbs: SourceParser = {
  type: 'pbs',
  capabilities: ['push'],
  parse: (request, source, place) => readFactsOf(readPbs, 'pbs', {request, source, place, deliveryId: null}),
};
