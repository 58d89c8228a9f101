import {describe, expect, test} from 'vitest';
import {coverageGaps} from '../../../src/domain/backup/coverage.ts';
import {type ProtectedObject, postureOf} from '../../../src/domain/backup/posture.ts';
import type {RuleVerdict} from '../../../src/domain/backup/rule-321.ts';

const met: RuleVerdict = {
  copies: 3,
  media: 3,
  offsite: 1,
  immutable: 1,
  zeroErrors: true,
  rule321: true,
  rule32110: true,
  missing: [],
};
const good: ProtectedObject = {
  jobs: ['success'],
  hasReport: true,
  rpo: {dataAt: 0, ageMs: 1, isViolated: false},
  rule: met,
  promised: '3-2-1-1-0',
  restoreTest: 'ok',
  anomalies: [],
};
const posture = (more: Partial<ProtectedObject>) => {
  const {posture: verdict, reasons} = postureOf({...good, ...more});
  return [verdict, ...reasons].join(' ');
};

describe('posture of an object', () => {
  test('is protected when nothing speaks against it; what is under way or due soon does not', () => {
    expect(posture({})).toBe('protected');
    expect(posture({jobs: ['running', 'pending', 'success'], restoreTest: 'dueSoon'})).toBe('protected');
  });

  test('is unprotected without a job or without a valid copy', () => {
    expect(posture({jobs: []})).toBe('unprotected noJob');
    expect(posture({jobs: [], hasReport: false})).toBe('unprotected noJob');
    expect(posture({rule: {...met, copies: 1, rule321: false, rule32110: false}})).toBe(
      'unprotected noValidCopy rule321',
    );
  });

  test('is unknown when nobody ever said a word: silence is never green', () => {
    const silent = {
      jobs: ['missed'],
      hasReport: false,
      rpo: {dataAt: null, ageMs: null, isViolated: true},
      rule: {...met, copies: 1, rule321: false, rule32110: false},
      restoreTest: 'never',
    } as const;
    expect(posture(silent)).toBe('unknown neverReported jobMissed rpoViolated rule321 restoreNever');
  });

  test.each([
    [{jobs: ['failed']}, 'jobFailed'],
    [{jobs: ['success', 'missed']}, 'jobMissed'],
    [{jobs: ['late']}, 'jobLate'],
    [{jobs: ['warning']}, 'jobWarning'],
    [{jobs: ['unknown']}, 'jobUnknown'],
    [{jobs: ['disabled', 'disabled']}, 'allDisabled'],
    [{rpo: {dataAt: 0, ageMs: 9, isViolated: true}}, 'rpoViolated'],
    [{rule: {...met, rule321: false, rule32110: false}}, 'rule321'],
    [{rule: {...met, rule32110: false}}, 'rule32110'],
    [{restoreTest: 'failed'}, 'restoreFailed'],
    [{restoreTest: 'overdue'}, 'restoreOverdue'],
    [{restoreTest: 'never'}, 'restoreNever'],
    [{anomalies: ['mass_change']}, 'anomaly'],
  ] as const)('wants attention: %j', (more, reason) => {
    expect(posture(more)).toBe(`attention ${reason}`);
  });

  test('does not ask for more than was promised', () => {
    expect(posture({promised: '3-2-1', rule: {...met, rule32110: false}})).toBe('protected');
    expect(posture({rule: null, rpo: null})).toBe('protected');
  });

  test('names the worst first', () => {
    expect(posture({jobs: ['warning', 'failed', 'missed'], restoreTest: 'failed', anomalies: ['zero_change']})).toBe(
      'attention restoreFailed jobFailed jobMissed anomaly jobWarning',
    );
  });
});

describe('coverage (BK-10)', () => {
  test('hosts without an enabled job are gaps, unless they need none', () => {
    const jobs = [
      {hosts: ['a', 'b'], isEnabled: true},
      {hosts: ['c'], isEnabled: false},
    ];
    expect(coverageGaps(['d', 'c', 'b', 'a'], jobs)).toEqual(['d', 'c']);
    expect(coverageGaps(['d', 'c', 'b', 'a'], jobs, new Set(['d']))).toEqual(['c']);
  });
});
