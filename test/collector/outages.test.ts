import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, test} from 'vitest';
import {MINUTE, SECOND} from '../../src/domain/time.ts';
import {CollectorProcess} from '../support/collector-process.ts';
import {alert, OpenCollector} from './support/open-collector.ts';

interface Start {
  readonly at: number;
  readonly downSince: number | null;
  /** Instant of the entry before. */
  readonly before: number | null;
}

/** Every start that the log tells of. */
function starts(data: string): readonly Start[] {
  const database = new DatabaseSync(join(data, 'collector.db'), {readOnly: true});
  try {
    const rows = database
      .prepare(
        `SELECT at, json_extract(body, '$.downSince') AS downSince,
           (SELECT max(b.at) FROM events b WHERE b.seq < events.seq) AS before
         FROM events WHERE type = 'collector.started' ORDER BY seq`,
      )
      .all();
    return rows as unknown as readonly Start[];
  } finally {
    database.close();
  }
}

describe('a start writes since when nobody looked (AV-4)', () => {
  test('the first one of a folder tells that nobody ever did', async () => {
    await using collector = await OpenCollector.start();
    expect(starts(collector.data)).toMatchObject([{downSince: null}]);
  });

  test('from the moment it was stopped, also when nothing had happened for hours', async () => {
    await using collector = await OpenCollector.start();
    await collector.ingest(collector.token('ingest'), alert('srv-01'));
    await collector.outside.advanceAsync(180 * MINUTE);
    await collector.stop();
    const stoppedAt = collector.outside.clock.now();
    await collector.outside.advanceAsync(20 * MINUTE);
    await collector.start();
    expect(starts(collector.data)[1]).toMatchObject({at: stoppedAt + 20 * MINUTE, downSince: stoppedAt});
  });
});

test('after kill -9 each start tells its own time once, from the last sign of life to the start', async () => {
  await using collector = await CollectorProcess.start();
  const times: (readonly [killedAt: number, openedAt: number])[] = [];
  for (let kill = 0; kill < 4; kill++) {
    // Also twice at once: killed before anything but its start is in the log.
    await collector.kill('SIGKILL');
    const killedAt = Date.now();
    await collector.open();
    times.push([killedAt, Date.now()]);
  }
  expect(await collector.kill('SIGTERM')).toBe(0);
  const [first, ...later] = starts(collector.data);
  expect(first?.downSince).toBeNull();
  expect(later).toHaveLength(times.length);
  for (const [index, {at, downSince, before}] of later.entries()) {
    const [killedAt, openedAt] = times[index] ?? [0, 0];
    expect(downSince).toBeLessThanOrEqual(killedAt);
    expect(downSince).toBeGreaterThanOrEqual(Math.max(before ?? 0, killedAt - 20 * SECOND));
    expect(at).toBeGreaterThanOrEqual(killedAt);
    expect(at).toBeLessThanOrEqual(openedAt);
  }
});
