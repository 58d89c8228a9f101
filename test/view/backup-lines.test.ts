import {describe, expect, test} from 'vitest';
import type {BackupRecord} from '../../src/domain/backup/backup-record.ts';
import {judgeObject} from '../../src/domain/backup/judge-object.ts';
import {DAY, HOUR, type Instant} from '../../src/domain/time.ts';
import {ruleParts} from '../../src/view/backup-lines.ts';
import {backupPlan} from '../support/backups.ts';
import {text} from '../support/frames.ts';

const NIGHT = Date.UTC(2026, 10, 21, 1, 47);

const fresh: BackupRecord = {
  customer: 'mueller',
  object: text('srv-neu-01'),
  plan: backupPlan({object: text('srv-neu-01')}),
  knownSince: NIGHT,
  jobs: [],
  copies: [],
  restoreTests: [],
  version: 1,
};

function shown(at: Instant): string {
  return ruleParts({record: fresh, verdict: judgeObject(fresh, at)})
    .map(part => part.text)
    .join('');
}

describe('3·2·1·1·0 by itself (BK-4, BK-5)', () => {
  test('what a first report may still meet is awaited, and neither met nor missing', () => {
    expect(shown(NIGHT + HOUR)).toBe('…·…·…·…·…');
  });

  test('when the first copy is too late it is missing', () => {
    expect(shown(NIGHT + 2 * DAY)).toBe('✗·✗·✗·✗·✗');
  });
});
