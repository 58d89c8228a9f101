import * as v from 'valibot';
import {Fault} from '../../domain/fault.ts';
import type {SourceParser} from '../source.ts';
import {readBackupItem, readRepositoryItem, readRestoreTestItem} from './backup-items.ts';
import {checked} from './fields.ts';
import {readItems} from './items.ts';
import {type ItemContext, readAlertItem, readHealthItem, readHeartbeatItem} from './reported-items.ts';

const Report = v.object({
  type: v.picklist(['alert', 'heartbeat', 'health', 'backup', 'restore-test']),
  kind: v.optional(v.unknown()),
});

/**
 * What `nocturne report …` sends to `POST /v1/reports`: one JSON object, or an array of them.
 *
 * ```
 * {"type": "alert", "customer": "mueller", "host": "srv-01", "service": "raid", "severity": "critical", "summary": "RAID degradiert",
 *  "status": "firing" | "resolved", "site", "key", "output", "runbook", "url", "labels": {…}, "startedAt", "endedAt"}
 * {"type": "heartbeat", "customer": "mueller", "host": "srv-01", "service": "nightly", "everySeconds": 86400, "graceSeconds": 3600,
 *  "site", "output", "at", "runbook"}
 * {"type": "health", "customer": "mueller", "host": "srv-01", "service": "queue", "state": "ok" | "warning" | "critical" | "unknown",
 *  "output", "at", "everySeconds", "graceSeconds", "site", "runbook"}
 * {"type": "backup", "customer": "mueller", "object": "srv-01", "job": "nightly", "result": "success" | "warning" | "failed" | "running",
 *  "kind": "run" | "check", "copies": ["NAS"], "tool", "id", "startedAt", "endedAt", "durationSeconds", "bytesProcessed", "bytesAdded",
 *  "filesProcessed", "filesChanged", "compressionRatio", "deletions", "exitCode", "errorCount", "errors": […], "snapshotId"}
 * {"type": "backup", "kind": "repository", "customer": "mueller", "object": "srv-01", "job", "copies": ["NAS"], "at",
 *  "points": [{"at", "good"}], "usedBytes", "totalBytes"}
 * {"type": "restore-test", "customer": "mueller", "object": "srv-01", "result": "passed" | "failed", "scope": "file" | "application" | "full",
 *  "rtoSeconds", "point", "at", "job", "by", "note"}
 * ```
 *
 * Wanted are `type` and `host`, of an alert also `summary`, of a health also `state`, of a backup `object` and `result`; everything else may be absent or null.
 * Times are RFC 3339 with a zone. Severities are `critical`, `warning`, `unknown` and `ok`; an alert without `status` ends when
 * its severity is `ok`, and without `key` it is known by its host and service. An unknown customer is looked for by the match rules.
 */
export const report: SourceParser = {
  type: 'report',
  capabilities: ['push'],
  parse(request, source, place) {
    const context: ItemContext = {request, source, place, deliveryId: request.headers['idempotency-key'] ?? null};
    const items = Array.isArray(request.body) ? request.body : [request.body];
    return readItems(items, raw => {
      const {type, kind} = checked(Report, raw, 'SOURCE_ITEM');
      switch (type) {
        case 'alert':
          return readAlertItem(raw, context);
        case 'heartbeat':
          return readHeartbeatItem(raw, context);
        case 'health':
          return readHealthItem(raw, context);
        case 'backup':
          return kind === 'repository' ? readRepositoryItem(raw, context) : readBackupItem(raw, context);
        case 'restore-test':
          return readRestoreTestItem(raw, context);
        default:
          throw new Fault('SOURCE_ITEM', `type ${type satisfies never}`);
      }
    });
  },
};
