import {describe, expect, test} from 'vitest';
import {
  type BackupJob,
  DEFAULT_MAX_DURATION,
  DEFAULT_START_GRACE,
  jobState,
  rpoState,
} from '../../../src/domain/backup/job-status.ts';
import {
  type BackupRun,
  borgResult,
  genericResult,
  pbsTaskResult,
  type RunResult,
  resticResult,
  veeamResult,
} from '../../../src/domain/backup/run-result.ts';
import {compileSchedule} from '../../../src/domain/backup/schedule.ts';
import {WEEKDAYS} from '../../../src/domain/local-time/civil-date.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';

const night = (time: string) => Date.parse(`2026-02-02T${time}+01:00`);
const nightly: BackupJob = {
  schedule: compileSchedule({timeZone: 'Europe/Berlin', time: '01:00', days: WEEKDAYS}),
  startGraceMs: DEFAULT_START_GRACE,
  maxDurationMs: DEFAULT_MAX_DURATION,
  isEnabled: true,
  knownSince: null,
};

function run(start: string, end: string | null, result: RunResult = 'success'): BackupRun {
  return {startedAt: night(start), end: end === null ? null : {at: night(end), result}};
}

const status = (runs: readonly BackupRun[], now: string, job = nightly) => jobState(job, runs, night(now)).status;

describe('job status (BK-2)', () => {
  test('a start fifteen minutes early is the expected one, a millisecond earlier is an older one', () => {
    expect(status([run('00:45:00', '00:50:00')], '03:00:00')).toBe('success');
    expect(status([run('00:44:59.999', '00:50:00')], '03:00:00')).toBe('missed');
  });

  test('the grace ends at its end', () => {
    expect(status([], '01:59:59.999')).toBe('pending');
    expect(status([], '02:00:00')).toBe('missed');
  });

  test('a run may take its time to the end, and is late after it', () => {
    expect(status([run('01:10:00', null)], '05:10:00')).toBe('running');
    expect(status([run('01:10:00', null)], '05:10:00.001')).toBe('late');
    expect(status([run('01:10:00', '06:00:00')], '07:00:00')).toBe('success');
  });

  test('the newest run counts: a repetition heals, and a failed repetition does not', () => {
    const failed = run('01:00:00', '01:05:00', 'failed');
    const again = run('02:00:00', '02:30:00', 'warning');
    expect(status([again, failed], '03:00:00')).toBe('warning');
    expect(
      status([run('01:00:00', '01:05:00'), {...again, end: {at: night('02:30:00'), result: 'failed'}}], '03:00:00'),
    ).toBe('failed');
  });

  test('of two that started at once, the one that was told last counts', () => {
    const both = [run('01:00:00', '01:05:00', 'failed'), run('01:00:00', '01:06:00')];
    expect([status(both, '03:00:00'), status(both.toReversed(), '03:00:00')]).toEqual(['success', 'failed']);
  });

  test('what happens later has not happened yet', () => {
    const late = [run('01:30:00', '02:30:00')];
    expect(['01:29:59', '01:30:00', '02:29:59', '02:30:00'].map(now => status(late, now))).toEqual([
      'pending',
      'running',
      'running',
      'success',
    ]);
  });

  test('yesterday’s success is no success of tonight', () => {
    expect(
      status(
        [{startedAt: night('01:00:00') - 24 * HOUR, end: {at: night('02:00:00') - 24 * HOUR, result: 'success'}}],
        '03:00:00',
      ),
    ).toBe('missed');
  });

  test('a disabled job is disabled, whatever it did', () => {
    expect(status([run('01:00:00', '01:05:00')], '03:00:00', {...nightly, isEnabled: false})).toBe('disabled');
  });

  test('nothing is held against a job from before it was known', () => {
    const young = {...nightly, knownSince: night('01:30:00')};
    expect(jobState(young, [], night('03:00:00'))).toEqual({expectedAt: null, status: 'pending', run: null});
    expect(status([run('02:00:00', '02:05:00')], '03:00:00', young)).toBe('success');
    expect(jobState(young, [], night('03:00:00') + 24 * HOUR).status).toBe('missed');
    expect(status([], '03:00:00', {...nightly, knownSince: night('01:00:00')})).toBe('missed');
  });

  test('a job without a schedule is as its last run, and unknown without one: never green', () => {
    const free = {...nightly, schedule: null};
    expect(status([], '03:00:00', free)).toBe('unknown');
    expect(status([run('01:00:00', '01:05:00', 'failed')], '03:00:00', free)).toBe('failed');
  });
});

describe('age of the recoverable data (BK-3)', () => {
  test('counts from the start of the run, and is violated only beyond the limit', () => {
    const runs = [run('01:00:00', '08:58:00')];
    expect(rpoState(runs, 8 * HOUR, night('09:00:00'))).toEqual({
      dataAt: night('01:00:00'),
      ageMs: 8 * HOUR,
      isViolated: false,
    });
    expect(rpoState(runs, 8 * HOUR, night('09:00:00.001')).isViolated).toBe(true);
  });

  test('takes only what finished well by then', () => {
    const runs = [
      run('01:00:00', '02:00:00'),
      run('02:00:00', '02:30:00', 'failed'),
      run('03:00:00', null),
      run('04:00:00', '06:00:00'),
    ];
    expect(rpoState(runs, HOUR, night('05:00:00')).dataAt).toBe(night('01:00:00'));
    expect(rpoState(runs, HOUR, night('06:00:00')).dataAt).toBe(night('04:00:00'));
  });

  test('a warning counts unless the job says no', () => {
    const runs = [run('01:00:00', '02:00:00', 'warning')];
    expect(rpoState(runs, HOUR, night('01:30:00')).dataAt).toBeNull();
    expect(rpoState(runs, 3 * HOUR, night('02:00:00')).isViolated).toBe(false);
    expect(rpoState(runs, 3 * HOUR, night('02:00:00'), false)).toEqual({dataAt: null, ageMs: null, isViolated: true});
  });
});

describe('results of the tools (BK-1)', () => {
  test('restic: 0, 3 and everything else', () => {
    expect([0, 3, 1, 2, 10, 11, 12, 130, -1].map(resticResult)).toEqual([
      'success',
      'warning',
      ...Array(7).fill('failed'),
    ]);
  });

  test('borg: 1 and 100 to 127 are warnings', () => {
    expect([0, 1, 100, 127, 2, 3, 99, 128, 137].map(borgResult)).toEqual([
      'success',
      'warning',
      'warning',
      'warning',
      'failed',
      'failed',
      'failed',
      'failed',
      'failed',
    ]);
  });

  test('Proxmox Backup Server: an unknown end is a failure', () => {
    expect(['OK', 'WARNINGS: 2', 'warning', 'unknown', 'connection error: timed out', ''].map(pbsTaskResult)).toEqual([
      'success',
      'warning',
      'warning',
      'failed',
      'failed',
      'failed',
    ]);
  });

  test('Veeam: None has not finished', () => {
    expect(['Success', 'Warning', 'Failed', 'None', 'Bogus'].map(veeamResult)).toEqual([
      'success',
      'warning',
      'failed',
      null,
      'failed',
    ]);
  });

  test('generic: cancelled is failed', () => {
    expect(['success', 'warning', 'failed', 'canceled', 'running', ''].map(genericResult)).toEqual([
      'success',
      'warning',
      'failed',
      'failed',
      null,
      'failed',
    ]);
  });

  test('minutes are minutes', () => {
    expect(DEFAULT_START_GRACE).toBe(60 * MINUTE);
  });
});
