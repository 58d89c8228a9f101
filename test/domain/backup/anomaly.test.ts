import {describe, expect, test} from 'vitest';
import {
  type AnomalyHint,
  backupAnomalies,
  isSecurityCandidate,
  type RunFigures,
} from '../../../src/domain/backup/anomaly.ts';
import {DAY, MINUTE} from '../../../src/domain/time.ts';

const usual: RunFigures = {
  sizeBytes: 1000,
  changedFiles: 20,
  totalFiles: 1000,
  durationMs: 40 * MINUTE,
  compressionRatio: 2,
  deletions: [],
};
const steady = Array<RunFigures>(7).fill(usual);
const flags = (run: Partial<RunFigures>, history: readonly RunFigures[] = steady) =>
  backupAnomalies(history, {...usual, ...run});

describe('anomalies of a run (BK-9)', () => {
  test('none of them is there at its very limit', () => {
    const limits: Partial<RunFigures>[] = [
      {sizeBytes: 500},
      {sizeBytes: 2000},
      {changedFiles: 500},
      {durationMs: 80 * MINUTE},
      {compressionRatio: 1.4},
      {deletions: [{type: '.docx', deleted: 100, before: 200}]},
      {deletions: [{type: '.docx', deleted: 99, before: 99}]},
    ];
    expect(limits.map(run => flags(run))).toEqual(limits.map(() => []));
  });

  test('each of them is there just beyond it', () => {
    expect(flags({sizeBytes: 499})).toEqual(['size_drop']);
    expect(flags({sizeBytes: 200})).toEqual(['size_drop']);
    expect(flags({sizeBytes: 199})).toEqual(['size_drop_critical']);
    expect(flags({sizeBytes: 2001})).toEqual(['size_growth']);
    expect(flags({changedFiles: 0})).toEqual(['zero_change']);
    expect(flags({changedFiles: 501})).toEqual(['mass_change']);
    expect(flags({durationMs: 80 * MINUTE + 1})).toEqual(['duration_high']);
    expect(flags({deletions: [{type: '.docx', deleted: 100, before: 199}]})).toEqual(['mass_deletion']);
    expect(flags({compressionRatio: 1.39})).toEqual(['compression_drop']);
  });

  test('they come in the order of the rule', () => {
    const attack = {
      sizeBytes: 9000,
      changedFiles: 900,
      durationMs: 300 * MINUTE,
      compressionRatio: 1,
      deletions: [{type: '.docx', deleted: 400, before: 400}],
    };
    expect(flags(attack)).toEqual(['size_growth', 'mass_change', 'duration_high', 'mass_deletion', 'compression_drop']);
  });

  test('fewer than five runs say nothing, the oldest beyond fourteen say nothing more', () => {
    expect(flags({sizeBytes: 1}, steady.slice(0, 4))).toEqual([]);
    expect(flags({sizeBytes: 1}, steady.slice(0, 5))).toEqual(['size_drop_critical']);
    const grown = [...Array<RunFigures>(20).fill({...usual, sizeBytes: 10}), ...Array<RunFigures>(14).fill(usual)];
    expect(flags({sizeBytes: 1000}, grown)).toEqual([]);
  });

  test('growth must be far out of the usual scatter too', () => {
    const wild = [100, 400, 900, 1000, 1600, 2500, 3000].map(sizeBytes => ({...usual, sizeBytes}));
    expect(flags({sizeBytes: 2100}, wild)).toEqual([]);
    expect(flags({sizeBytes: 9000}, wild)).toEqual(['size_growth']);
  });

  test('a job that often changes everything is not told that it does', () => {
    const database = Array<RunFigures>(7).fill({...usual, changedFiles: 250});
    expect(flags({changedFiles: 750}, database)).toEqual([]);
    expect(flags({changedFiles: 751}, database)).toEqual(['mass_change']);
  });

  test.each([250, 270, 290, 300, 330])('three times the usual share of %i in a thousand is no mass', changedFiles => {
    const database = Array<RunFigures>(5).fill({...usual, changedFiles});
    expect(flags({changedFiles: 3 * changedFiles}, database)).toEqual([]);
    expect(flags({changedFiles: 3 * changedFiles + 1}, database)).toEqual(['mass_change']);
  });

  test('a short job may double without a word: fifteen minutes more are wanted', () => {
    const quick = Array<RunFigures>(7).fill({...usual, durationMs: 5 * MINUTE});
    expect(flags({durationMs: 20 * MINUTE}, quick)).toEqual([]);
    expect(flags({durationMs: 20 * MINUTE + 1}, quick)).toEqual(['duration_high']);
  });

  test('zero changes are usual where there never were any', () => {
    expect(flags({changedFiles: 0}, Array<RunFigures>(7).fill({...usual, changedFiles: 0}))).toEqual([]);
  });

  test('what a tool does not say is not judged', () => {
    const silent = {sizeBytes: null, changedFiles: null, totalFiles: null, durationMs: null, compressionRatio: null};
    expect(flags(silent)).toEqual([]);
    expect(
      flags(
        {sizeBytes: 1, durationMs: 1e9},
        steady.map(run => ({...run, ...silent})),
      ),
    ).toEqual([]);
    expect(flags({totalFiles: 0, changedFiles: 7})).toEqual([]);
    expect(
      flags(
        {changedFiles: 900},
        steady.map(run => ({...run, totalFiles: null})),
      ),
    ).toEqual([]);
  });
});

describe('security incident candidates (BK-9, NI-7)', () => {
  const now = Date.UTC(2026, 1, 2);
  const hint = (flag: AnomalyHint['flag'], object: string, ago = 0): AnomalyHint => ({flag, object, at: now - ago});

  test('two different hints within a day make one', () => {
    expect(isSecurityCandidate([hint('mass_change', 'files')], now)).toBe(false);
    expect(isSecurityCandidate([hint('mass_change', 'files'), hint('mass_change', 'files', 5)], now)).toBe(false);
    expect(isSecurityCandidate([hint('mass_change', 'files'), hint('size_growth', 'files')], now)).toBe(true);
    expect(isSecurityCandidate([hint('mass_change', 'files'), hint('mass_change', 'mail')], now)).toBe(true);
    expect(isSecurityCandidate([hint('mass_change', 'files', DAY), hint('mass_change', 'mail')], now)).toBe(true);
    expect(isSecurityCandidate([hint('mass_change', 'files', DAY + 1), hint('mass_change', 'mail')], now)).toBe(false);
    expect(isSecurityCandidate([hint('mass_change', 'files', -1), hint('mass_change', 'mail')], now)).toBe(false);
  });
});
