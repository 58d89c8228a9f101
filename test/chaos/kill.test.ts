import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {setTimeout as pause} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {virtualOutside} from '../support/clock.ts';
import {CollectorProcess} from '../support/collector-process.ts';
import {Commander} from './commander.ts';
import {Reporter} from './reporter.ts';

const KILLS = Number(process.env.NOCTURNE_CHAOS_KILLS ?? 50);
const SEED = Number(process.env.NOCTURNE_CHAOS_SEED ?? 20_261_121);
/** Long enough for commits to be under way, short enough that many kills hit one. */
const LONGEST_LIFE_MS = 120;

/** What the disk says once nobody writes any more. */
function readLog(collector: CollectorProcess) {
  const database = new DatabaseSync(join(collector.data, 'collector.db'));
  try {
    return {
      integrity: database.prepare('PRAGMA integrity_check').get()?.integrity_check,
      opened: database
        .prepare(
          "SELECT json_extract(body, '$.address.host') AS host, count(*) AS times FROM events WHERE type = 'alert.opened' GROUP BY host",
        )
        .all(),
      acknowledged: database
        .prepare("SELECT cid, count(*) AS times FROM events WHERE type = 'alert.acknowledged' GROUP BY cid")
        .all(),
      gaps: database.prepare('SELECT count(*) AS events, coalesce(max(seq), 0) AS head FROM events').get(),
    };
  } finally {
    database.close();
  }
}

test(`kill -9 at ${KILLS} random moments loses nothing that was accepted and applies nothing twice`, {
  timeout: 30_000 + KILLS * 6_000,
}, async () => {
  const {random} = virtualOutside({now: 0, seed: SEED});
  await using collector = await CollectorProcess.start();
  const reporter = new Reporter(`${collector.http}/v1/ingest/custom`, await collector.token('ingest'));
  const commander = new Commander(`${collector.url}/ws`, await collector.token('technician', 'jana'));

  for (let kill = 0; kill < KILLS; kill++) {
    const work = Promise.all([reporter.run(), commander.run()]);
    await pause(random.next() * LONGEST_LIFE_MS);
    await collector.kill('SIGKILL');
    await work;
    expect(readLog(collector).integrity, `after kill ${kill}, seed ${SEED}`).toBe('ok');
    await collector.open();
  }
  await Promise.all([reporter.settle(), commander.settle()]);
  expect(await collector.kill('SIGTERM'), collector.log.slice(-2000)).toBe(0);

  const log = readLog(collector);
  expect(log.integrity).toBe('ok');
  expect(log.gaps?.events, 'numbers without a gap').toBe(log.gaps?.head);
  const opened = new Map(log.opened.map(row => [String(row.host), Number(row.times)]));
  const lost = [...reporter.accepted].filter(host => !opened.has(host));
  expect(lost, 'answered 202 and not on disk').toEqual([]);
  expect(
    [...opened].filter(([, times]) => times > 1),
    'one report, one alert',
  ).toEqual([]);
  const acknowledged = new Map(log.acknowledged.map(row => [String(row.cid), Number(row.times)]));
  const unkept = [...commander.confirmed].filter(([cid, outcome]) => outcome === 'applied' && !acknowledged.has(cid));
  expect(unkept, 'confirmed and not on disk').toEqual([]);
  expect(
    [...acknowledged].filter(([, times]) => times > 1),
    'one command, one effect',
  ).toEqual([]);
  expect(reporter.accepted.size, 'the storm was one').toBeGreaterThan(KILLS);
  expect(commander.confirmed.size).toBeGreaterThan(0);
});
