import type {BackupMonth} from '../../domain/report/backup-month.ts';
import type {CustomerMonth} from '../../domain/report/customer-month.ts';
import type {MeanTime} from '../../domain/sla/mean-times.ts';
import type {DurationMs} from '../../domain/time.ts';
import {rfc3339} from '../rfc3339.ts';

const MS_A_SECOND = 1000;

function seconds(duration: DurationMs): number;
function seconds(duration: DurationMs | null): number | null;
function seconds(duration: DurationMs | null): number | null {
  return duration === null ? null : duration / MS_A_SECOND;
}

function meanJson({meanMs, medianMs, n}: MeanTime) {
  return {meanSeconds: seconds(meanMs), medianSeconds: seconds(medianMs), n};
}

function backupsJson({tests, ...figures}: BackupMonth) {
  return {
    ...figures,
    tests: tests.map(({at, durationMs, point, rtoMs, ...test}) => ({
      ...test,
      at: rfc3339(at),
      point: rfc3339(point),
      durationSeconds: seconds(durationMs),
      rtoSeconds: seconds(rtoMs),
    })),
  };
}

/** A customer's month for programs: times as RFC 3339, durations in seconds. What an older collector does not tell is null. Source: contract.md. */
export function monthJson({from, to, asOf, services, breaches, incidents, ...month}: CustomerMonth) {
  const {maintenance, outages, outagesKnownFrom = null, backups = null} = month;
  return {
    ...month,
    from: rfc3339(from),
    to: rfc3339(to),
    asOf: rfc3339(asOf),
    services: services.map(
      ({serviceMs, maintenanceMs, downtimeMs, noDataMs, errorBudgetMs, budgetRemainingMs, ...service}) => ({
        ...service,
        serviceSeconds: seconds(serviceMs),
        maintenanceSeconds: seconds(maintenanceMs),
        downtimeSeconds: seconds(downtimeMs),
        noDataSeconds: seconds(noDataMs),
        errorBudgetSeconds: seconds(errorBudgetMs),
        budgetRemainingSeconds: seconds(budgetRemainingMs),
      }),
    ),
    breaches: breaches.map(({at, overMs, ...breach}) => ({...breach, at: rfc3339(at), overSeconds: seconds(overMs)})),
    incidents: {
      ...incidents,
      toAcknowledge: meanJson(incidents.toAcknowledge),
      toResolve: meanJson(incidents.toResolve),
    },
    maintenance: maintenance.map(({start, end, ...window}) => ({
      ...window,
      startsAt: rfc3339(start),
      endsAt: rfc3339(end),
    })),
    outages: outages?.map(([start, end]) => ({startsAt: rfc3339(start), endsAt: rfc3339(end)})) ?? null,
    outagesKnownFrom: typeof outagesKnownFrom === 'number' ? rfc3339(outagesKnownFrom) : outagesKnownFrom,
    backups: backups === null ? null : backupsJson(backups),
  };
}
