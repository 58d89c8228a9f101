import fc from 'fast-check';
import {expect, test} from 'vitest';
import {DAY, HOUR, MINUTE} from '../../src/domain/time.ts';
import {NIGHT} from '../support/clock.ts';
import {OpenCollector} from './support/open-collector.ts';

const BODY = `
customers: [{id: mueller, name: Müller, timezone: Europe/Berlin}]
sources: [{name: scripts, type: generic}]
backups:
  - customer: mueller
    object: fs-01
    production: {device: fs-01, media: primary, site: werk}
    site: werk
    promise: 3-2-1-1-0
    rpo: 26h
    jobs: [{name: nightly, time: "22:00"}]
    copies:
      - {name: NAS, device: nas-01, media: nas, maxAge: 26h}
      - {name: CLOUD, device: s3, media: cloud, site: cloud, maxAge: 26h, immutable: true}
`;

const OF = {customer: 'mueller', object: 'fs-01', job: 'nightly'};
const iso = (at: number) => new Date(at).toISOString();

/** A fortnight of good nights, a verification of both copies and a restore test. */
const PAST: readonly object[] = [
  ...Array.from({length: 14}, (_, night) => {
    const startedAt = NIGHT - 5 * HOUR - night * DAY;
    const run = {startedAt: iso(startedAt), endedAt: iso(startedAt + 20 * MINUTE), bytesProcessed: 1e9 + night};
    return {
      ...OF,
      ...run,
      type: 'backup',
      id: `night ${night}`,
      tool: 'restic',
      result: 'success',
      copies: ['NAS', 'CLOUD'],
    };
  }),
  {...OF, type: 'backup', kind: 'check', result: 'success', endedAt: iso(NIGHT - 3 * DAY), copies: ['NAS', 'CLOUD']},
  {...OF, type: 'restore-test', result: 'passed', at: iso(NIGHT - 20 * DAY), by: 'Mira'},
];

test('a past that is told in one message, in whatever order, raises nothing that the next line cures', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...PAST], {minLength: PAST.length}), async past => {
      await using collector = await OpenCollector.start(BODY);
      const told = await collector.ingest(collector.token('ingest'), past, 'scripts');
      expect(told).toMatchObject({status: 202, json: {accepted: PAST.length}});
      const console = await collector.console(collector.token('viewer'));
      await console.subscribe();
      expect([...(console.state?.alerts.values() ?? [])]).toEqual([]);
    }),
    {numRuns: 12},
  );
});
