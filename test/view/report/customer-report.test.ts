import {describe, expect, test} from 'vitest';
import type {BackupMonth} from '../../../src/domain/report/backup-month.ts';
import type {CustomerMonth} from '../../../src/domain/report/customer-month.ts';
import type {ServiceMonth} from '../../../src/domain/report/service-month.ts';
import {DAY, HOUR, MINUTE} from '../../../src/domain/time.ts';
import {createFormat} from '../../../src/runtime/format.ts';
import {createTranslate} from '../../../src/runtime/i18n.ts';
import {cellWidth} from '../../../src/view/cells.ts';
import {customerReport} from '../../../src/view/report/customer-report.ts';
import {text} from '../../support/frames.ts';

const FROM = Date.UTC(2026, 9, 1);
const NO_TIME = {meanMs: null, medianMs: null, n: 0};

function service(host: string, name: string, over: Partial<ServiceMonth> = {}): ServiceMonth {
  return {
    address: {customer: 'mueller', site: 'Augsburg', host, service: name},
    targetPercent: 99.9,
    serviceMs: 30 * DAY,
    maintenanceMs: 0,
    downtimeMs: 0,
    noDataMs: 0,
    percent: 100,
    errorBudgetMs: 43 * MINUTE,
    budgetRemainingMs: 43 * MINUTE,
    burn: 0,
    targetMet: true,
    hasNotableGaps: false,
    ...over,
  };
}

const backups: BackupMonth = {
  runs: {success: 30, warning: 0, failed: 0},
  missed: 0,
  successPercent: 100,
  rpoViolations: 0,
  rule: {met: 2, broken: 0, unknown: 0},
  quarter: {year: 2026, number: 4, isMet: true, hasFullSystem: true},
  tests: [],
};

function month(over: Partial<CustomerMonth> = {}): CustomerMonth {
  return {
    customer: 'mueller',
    name: text('Müller'),
    timezone: 'UTC',
    month: '2026-10',
    from: FROM,
    to: FROM + 31 * DAY,
    asOf: FROM + 40 * DAY,
    tier: 'gold',
    targetPercent: 99.9,
    services: [],
    compliance: [],
    breaches: [],
    incidents: {
      opened: 0,
      stillOpen: 0,
      reopened: 0,
      selfHealed: 0,
      toAcknowledge: NO_TIME,
      toResolve: NO_TIME,
      causes: [],
    },
    maintenance: [],
    backups,
    outages: [],
    outagesKnownFrom: null,
    ...over,
  };
}

function reportOf(over: Partial<CustomerMonth>, lang: 'de' | 'en' = 'de'): readonly string[] {
  const t = createTranslate(lang);
  return customerReport(month(over), {t, format: createFormat(lang, t)});
}

describe('the month of a customer in Markdown (RP-1)', () => {
  test('says one row for the services of a host that have the same figures, and leaves none out', () => {
    const lines = reportOf({
      services: [
        service('srv-01', ''),
        service('srv-01', 'cpu'),
        service('srv-01', 'disk', {percent: 99.5, downtimeMs: 3 * HOUR, targetMet: false}),
        service('srv-01', 'memory'),
        service('srv-02', ''),
      ],
    });
    const rows = lines.filter(line => line.startsWith('| Augsburg'));
    expect(rows.map(row => row.split(' | ').map(cell => cell.trim())[0])).toEqual([
      '| Augsburg / srv-01: Erreichbarkeit, cpu, memory',
      '| Augsburg / srv-01 / disk',
      '| Augsburg / srv-02',
    ]);
    expect(rows[1]).toContain('99,50 %');
  });

  test('names where monitoring had gaps, and says so in a word when it was everywhere (AV-4)', () => {
    const gap = {hasNotableGaps: true, noDataMs: 3 * DAY};
    const some = reportOf({services: [service('a', '', gap), service('a', 'cpu', gap), service('b', '')]}).join('\n');
    expect(some).toContain('1 % der Servicezeit: Augsburg / a: Erreichbarkeit, cpu.');
    const all = reportOf({services: [service('a', '', gap), service('b', '', gap)]}).join('\n');
    expect(all).toContain('1 % der Servicezeit: bei allen Diensten.');
  });

  test("names the collector's own alerts in the words of the reader", () => {
    const subject = {customer: 'mueller', site: '', host: 'cad-02', service: 'backup-rule'};
    const incidents = {...month().incidents, opened: 1, causes: [{subject, count: 1}]};
    const shown = reportOf({incidents}, 'en').join('\n');
    expect(shown).not.toContain('backup-rule');
    expect(shown).toMatch(/causes: cad-02 \/ .+ \(1×\)/);
  });

  test.each(['never', FROM + 35 * DAY] as const)(
    'calls nothing in order in a month that is not in the log: %s',
    since => {
      const lines = reportOf({outagesKnownFrom: since, backups: {...backups, successPercent: null}});
      expect(lines.filter(line => line.includes('✓'))).toEqual([]);
      expect(lines).toContain('- Störungen: ○ nicht bestimmbar');
      // Neither of incidents nor of maintenance.
      expect(lines.filter(line => line === 'Aus diesem Monat steht nichts im Protokoll.')).toHaveLength(2);
      expect(lines.join('\n')).not.toContain('0-mal');
    },
  );

  test('a quiet month that is in the log is in order', () => {
    const lines = reportOf({});
    expect(lines).toContain('- Störungen: ✓ in Ordnung');
    expect(lines).toContain('- Datensicherung: ✓ in Ordnung');
    expect(lines).toContain('- Störungen: 0, davon noch offen: 0');
  });

  test('names the hosts that no job keeps (BK-10)', () => {
    const lines = reportOf({backups: {...backups, uncovered: ['cad-01', 'srv_02']}});
    expect(lines).toContain('- **Überwacht, aber von keinem Job gesichert**, heute: cad-01, srv\\_02');
    expect(reportOf({}).join('\n')).not.toContain('von keinem Job');
  });

  test('has a light for the backups: red for a promise that was not kept, never green without a run (RP-1, BK-4)', () => {
    const light = (over: Partial<BackupMonth> | null) =>
      reportOf({backups: over === null ? null : {...backups, ...over}}).find(line =>
        line.startsWith('- Datensicherung:'),
      );
    expect(light({rpoViolations: 1})).toContain('▲');
    expect(light({rule: {met: 1, broken: 1, unknown: 0}})).toContain('▲');
    expect(light({uncovered: ['cad-01']})).toContain('▲');
    expect(light({missed: 1, successPercent: 97})).toContain('●');
    expect(light({successPercent: null})).toContain('○');
    expect(light(null)).toContain('○');
  });

  test('its columns stand below each other, wide characters too', () => {
    const lines = reportOf({services: [service('srv-01', ''), service('東京', 'cpu', {percent: null})]});
    const table = lines.filter(line => line.startsWith('| '));
    expect(table.length).toBeGreaterThan(3);
    expect(new Set(table.map(cellWidth)).size).toBe(1);
  });
});
