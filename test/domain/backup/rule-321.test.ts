import {describe, expect, test} from 'vitest';
import {type BackupCopy, judge321, type Production} from '../../../src/domain/backup/rule-321.ts';
import {DAY, HOUR} from '../../../src/domain/time.ts';

const NOW = Date.UTC(2026, 1, 2, 8);
const production: Production = {device: 'san1', media: 'primary', site: 'hq'};
const nas: BackupCopy = {
  id: 'nas',
  device: 'nas1',
  media: 'nas',
  site: 'hq',
  lastGoodAt: NOW - 6 * HOUR,
  maxAge: 26 * HOUR,
  verifyOk: true,
  lastVerifyAt: NOW - DAY,
  isImmutable: false,
  isOffline: false,
};
const cloud: BackupCopy = {...nas, id: 'cloud', device: 's3', media: 'cloud', site: 'fra', isImmutable: true};

const judge = (...copies: readonly BackupCopy[]) => judge321(production, copies, 'ok', NOW);

describe('3-2-1 and 3-2-1-1-0 (BK-4, BK-5)', () => {
  test('a copy counts to the end of its age and not beyond', () => {
    expect(judge(nas, {...cloud, lastGoodAt: NOW - 26 * HOUR}).rule32110).toBe(true);
    expect(judge(nas, {...cloud, lastGoodAt: NOW - 26 * HOUR - 1}).missing).toEqual([
      'copies',
      'offsite',
      'immutable',
      'zeroErrors',
    ]);
    expect(judge(nas, {...cloud, lastGoodAt: null}).copies).toBe(2);
  });

  test('a verification that failed takes the copy away, one that is missing only the zero errors', () => {
    expect(judge(nas, {...cloud, verifyOk: false})).toMatchObject({copies: 2, offsite: 0, rule321: false});
    expect(judge(nas, {...cloud, verifyOk: null, lastVerifyAt: null})).toMatchObject({
      rule321: true,
      missing: ['zeroErrors'],
    });
  });

  test('a verification holds for 31 days', () => {
    expect(judge(nas, {...cloud, lastVerifyAt: NOW - 31 * DAY}).zeroErrors).toBe(true);
    expect(judge(nas, {...cloud, lastVerifyAt: NOW - 31 * DAY - 1}).missing).toEqual(['zeroErrors']);
  });

  test('one broken copy among enough good ones is an error, though 3-2-1 stands', () => {
    const old = {...nas, id: 'old', device: 'usb', lastGoodAt: NOW - 90 * DAY};
    expect(judge(nas, cloud, old)).toMatchObject({copies: 3, rule321: true, rule32110: false, missing: ['zeroErrors']});
  });

  test('a stale copy beside a fresh one on the same device leaves the device', () => {
    expect(judge(nas, {...nas, id: 'nas-b', lastGoodAt: null}, cloud)).toMatchObject({
      copies: 3,
      missing: ['zeroErrors'],
    });
  });

  test('a snapshot on the production array counts for nothing, not even its media or place', () => {
    const snapshot = {...cloud, device: production.device};
    expect(judge(snapshot)).toMatchObject({copies: 1, media: 1, offsite: 0, immutable: 0});
  });

  test('a medium of the same class as production is no second one', () => {
    expect(
      judge({...nas, media: 'primary'}, {...nas, id: 'b', device: 'nas2', media: 'primary', site: 'fra'}).missing,
    ).toEqual(['media', 'immutable']);
  });

  test('two devices elsewhere are two, one with two copies is one', () => {
    const tape = {...cloud, id: 'tape', device: 'tape1', isImmutable: false, isOffline: true};
    expect(judge(cloud, {...cloud, id: 'cloud-b'}, tape)).toMatchObject({copies: 3, offsite: 2, immutable: 3});
  });

  test('each of the three is wanted for 3-2-1, whatever the others are', () => {
    const second = {...nas, id: 'nas2', device: 'nas2'};
    const sameMedia = {...second, media: 'primary'};
    expect(judge(cloud)).toMatchObject({copies: 2, media: 2, offsite: 1, rule321: false});
    expect(judge({...sameMedia, site: 'fra'}, {...sameMedia, device: 'nas3'})).toMatchObject({
      media: 1,
      offsite: 1,
      rule321: false,
    });
    expect(judge(nas, second)).toMatchObject({copies: 3, media: 2, offsite: 0, rule321: false});
  });

  test('offline is as good as immutable', () => {
    expect(judge(nas, {...cloud, isImmutable: false, isOffline: true}).rule32110).toBe(true);
  });

  test.each(['never', 'overdue', 'failed'] as const)('a restore test that is %s is an error', state => {
    expect(judge321(production, [nas, cloud], state, NOW).missing).toEqual(['zeroErrors']);
  });

  test('one that is due soon is none', () => {
    expect(judge321(production, [nas, cloud], 'dueSoon', NOW).rule32110).toBe(true);
  });

  test('nothing configured lacks everything', () => {
    expect(judge321(production, [], 'never', NOW)).toMatchObject({
      copies: 1,
      media: 1,
      missing: ['copies', 'media', 'offsite', 'immutable', 'zeroErrors'],
    });
  });
});
