import {describe, expect, test} from 'vitest';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import {parseCollectorConfig} from '../../src/runtime/collector-config-load.ts';

function read(backups: string) {
  const text = `collector: {name: berlin}\ncustomers: [{id: mueller}]\nbackups:\n  - ${backups}\n`;
  return parseCollectorConfig(text, {folder: '/etc/nocturne', env: {}, sourceTypes: null});
}

/** Severity, code and column of each problem; they all stand in line 4. */
function problems(backups: string): readonly string[] {
  return read(backups).problems.map(({severity, code, line, column}) => `${severity} ${code} ${line}:${column}`);
}

describe('backups: in the configuration', () => {
  test('defaults: 3-2-1, 60 minutes of grace, 4 hours, three months, production on its own device', () => {
    const {config} = read(
      '{customer: mueller, object: srv-01, site: werk, jobs: [{name: nachts, time: "22:00"}], copies: [{name: NAS, device: nas, media: nas}]}',
    );
    expect(config?.backups).toMatchObject([
      {
        host: 'srv-01',
        criticality: 'B',
        promised: '3-2-1',
        production: {device: 'srv-01', media: 'primary', site: 'werk'},
        rpoMs: null,
        restoreEveryMonths: 3,
        jobs: [
          {startGraceMs: HOUR, maxDurationMs: 4 * HOUR, isEnabled: true, warningCounts: true, when: {time: '22:00'}},
        ],
        copies: [{site: 'werk', job: null, maxAgeMs: 26 * HOUR, isImmutable: false}],
      },
    ]);
  });

  test('what is kept and how far back it reaches; a rule that is left out is none (BK-8)', () => {
    const of = (copy: string) =>
      read(`{customer: mueller, object: a, jobs: [{name: x}], copies: [{name: N, device: d, media: nas${copy}}]}`);
    expect(of(', keep: {daily: 14, monthly: 6}, reach: 90d').config?.backups[0]?.copies).toMatchObject([
      {keep: {daily: 14, monthly: 6}, reachMs: 90 * 24 * HOUR},
    ]);
    expect(of('').config?.backups[0]?.copies).toMatchObject([{keep: null, reachMs: null}]);
    expect(of(', keep: {daily: 0}').problems.map(({code}) => code)).toEqual(['CONFIG_KEEP']);
  });

  test('cron, days and durations are read as written', () => {
    const {config} = read(
      '{customer: mueller, object: a, rpo: 90m, jobs: [{name: x, cron: "15 3 * * mon-fri", grace: 5m}, {name: y, time: "03:00", days: "sat,sun"}]}',
    );
    expect(config?.backups[0]).toMatchObject({
      rpoMs: 90 * MINUTE,
      jobs: [
        {when: {cron: '15 3 * * mon-fri'}, startGraceMs: 5 * MINUTE},
        {when: {time: '03:00', days: ['sat', 'sun']}},
      ],
    });
  });

  test.each([
    ['{customer: muller, object: a, jobs: [{name: x}]}', 'error CONFIG_UNKNOWN_CUSTOMER 4:16'],
    ['{customer: mueller, object: a, jobs: [{name: x, cron: "61 * * * *"}]}', 'error CONFIG_CRON 4:59'],
    [
      '{customer: mueller, object: a, jobs: [{name: x, cron: "@daily", time: "22:00"}]}',
      'error CONFIG_CRON_AND_TIME 4:59',
    ],
    ['{customer: mueller, object: a, jobs: [{name: x, time: "25:00"}]}', 'error CONFIG_TIME 4:59'],
    ['{customer: mueller, object: a, jobs: [{name: x, days: mon}]}', 'error CONFIG_DAYS_ALONE 4:59'],
    ['{customer: mueller, object: a, jobs: [{name: x}, {name: x}]}', 'error CONFIG_TWICE 4:61'],
    [
      '{customer: mueller, object: a, jobs: [{name: x}], copies: [{name: N, job: z, device: d, media: m}]}',
      'error CONFIG_UNKNOWN_JOB 4:79',
    ],
    ['{customer: mueller, object: a, jobs: [{name: x}], restoreTestMonths: 0}', 'error CONFIG_MONTHS 4:74'],
    ['{customer: mueller, object: a, exempt: true, jobs: [{name: x}]}', 'error CONFIG_EXEMPT 4:44'],
    ['{customer: mueller, object: a}', 'warning CONFIG_NO_JOB 4:33'],
    ['{customer: mueller, object: a, jobs: [{name: x, every: 1d}]}', 'error CONFIG_UNKNOWN_KEY 4:53'],
  ])('%s: %s', (written, wanted) => {
    expect(problems(written)).toEqual([wanted]);
  });

  test('one object of a customer stands there once', () => {
    const text =
      '{customer: mueller, object: a, jobs: [{name: x}]}\n  - {customer: mueller, object: a, jobs: [{name: x}]}';
    expect(read(text).problems.map(({code, line}) => `${code} ${line}`)).toEqual(['CONFIG_TWICE 5']);
  });
});
