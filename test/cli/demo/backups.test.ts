import {expect, test} from 'vitest';
import {demoBackupReports} from '../../../src/cli/demo/backups.ts';
import {demoWorld} from '../../../src/cli/demo/world.ts';
import {HOUR} from '../../../src/domain/time.ts';

const MIDNIGHT = Date.UTC(2026, 10, 21);

interface Reported {
  readonly startedAt?: string;
  readonly endedAt?: string;
}

test.each(Array.from({length: 24}, (_, hour) => hour))(
  'BK-3: a demo opened at %i:59 finds no data older than its 26 h',
  hour => {
    const now = MIDNIGHT + hour * HOUR + 59 * 60_000;
    for (const {body} of demoBackupReports(demoWorld(), now)) {
      const runs = (body as readonly Reported[]).filter(({startedAt}) => startedAt !== undefined);
      const newest = Math.max(...runs.map(({startedAt = ''}) => Date.parse(startedAt)));
      expect(now - newest).toBeLessThan(25 * HOUR);
      for (const {endedAt = ''} of runs) expect(Date.parse(endedAt)).toBeLessThan(now);
    }
  },
);
