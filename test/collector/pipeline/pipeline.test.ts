import {DatabaseSync} from 'node:sqlite';
import {describe, expect, test} from 'vitest';
import {hmacSha256} from '../../../src/collector/hmac.ts';
import {createMeters} from '../../../src/collector/meters.ts';
import {Pipeline} from '../../../src/collector/pipeline/pipeline.ts';
import {migrate} from '../../../src/collector/store/database.ts';
import {type Batch, type Journal, SqliteJournal} from '../../../src/collector/store/journal.ts';
import {LogReader} from '../../../src/collector/store/log-reader.ts';
import {Fault} from '../../../src/domain/fault.ts';
import type {AlertObservation, Observation} from '../../../src/domain/observation.ts';
import {defaultRules} from '../../../src/domain/rules.ts';
import {emptyState} from '../../../src/domain/state.ts';
import {emptyTable} from '../../../src/domain/table.ts';
import {createLog} from '../../../src/runtime/log.ts';
import {NIGHT, virtualOutside} from '../../support/clock.ts';
import {text} from '../../support/frames.ts';

/** A single writer over a log in memory. */
function openPipeline(journal?: Journal) {
  const outside = virtualOutside();
  const database = new DatabaseSync(':memory:');
  migrate(database, 'e');
  const logger = createLog({clock: outside.clock, sink: {write: () => {}}, level: 'error'});
  const published: string[][] = [];
  const pipeline = new Pipeline({
    journal: journal ?? new SqliteJournal(database, hmacSha256(Buffer.alloc(32))),
    log: new LogReader(database),
    picture: {state: emptyState(), memory: emptyTable()},
    lastAt: 0,
    rules: defaultRules(NIGHT),
    outside,
    meters: createMeters(),
    logger,
    published: (_rows, entries) => published.push(entries.map(({event}) => event.type)),
  });
  pipeline.start();
  const rows = () => database.prepare('SELECT seq, at FROM events ORDER BY seq').all();
  return {pipeline, outside, database, published, rows};
}

function firing(host: string, over: Partial<AlertObservation> = {}): AlertObservation {
  return {
    type: 'alert',
    address: {customer: 'mueller', site: '', host, service: 'disk'},
    source: 'custom',
    key: `custom:${host}`,
    status: 'firing',
    severity: 'critical',
    summary: text('Platte voll'),
    output: null,
    labels: {},
    runbook: null,
    url: null,
    startedAt: NIGHT,
    endedAt: null,
    ...over,
  };
}

test('what waits together is one commit, numbered without a gap in the order of asking', async () => {
  const {pipeline, published, rows} = openPipeline();
  await Promise.all(Array.from({length: 20}, (_, index) => pipeline.submit([firing(`h${index}`)])));
  expect(published).toHaveLength(1);
  expect(rows().map(row => row.seq)).toEqual(Array.from({length: rows().length}, (_, index) => index + 1));
  const hosts = [...pipeline.picture.state.alerts.values()].sort((a, b) => a.version - b.version).map(({host}) => host);
  expect(new Set(hosts).size).toBe(20);
});

test('what changes nothing writes nothing and tells nobody', async () => {
  const {pipeline, published, rows} = openPipeline();
  await pipeline.submit([firing('a')]);
  const before = rows().length;
  await pipeline.submit([firing('a')]);
  await pipeline.submit([]);
  expect(rows()).toHaveLength(before);
  expect(published).toHaveLength(1);
});

test('a claim that breaks a rule of ours is refused by itself; those beside it are taken', async () => {
  const {pipeline, rows} = openPipeline();
  const broken = {type: 'alert', address: null} as unknown as Observation;
  const results = await Promise.allSettled([
    pipeline.submit([firing('a')]),
    pipeline.submit([firing('half'), broken]),
    pipeline.submit([firing('b')]),
  ]);
  expect(results.map(({status}) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({reason: {code: 'INTERNAL'}});
  expect([...pipeline.picture.state.alerts.values()].map(({host}) => host).sort()).toEqual(['a', 'b']);
  expect(rows().length).toBe(pipeline.picture.state.seq);
});

test('a commit that fails changes nothing, and the same claim is taken afterwards', async () => {
  const {pipeline, database, published} = openPipeline();
  database.exec("CREATE TRIGGER refuse BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no'); END");
  await expect(pipeline.submit([firing('a')])).rejects.toMatchObject({code: 'STORE_FAILED'});
  expect(pipeline.failure).toMatchObject({code: 'STORE_FAILED'});
  expect(pipeline.picture.state.seq).toBe(0);
  expect(published).toEqual([]);
  database.exec('DROP TRIGGER refuse');
  await pipeline.submit([firing('a')]);
  expect(pipeline.failure).toBeNull();
  expect(pipeline.picture.state.alerts.size).toBe(1);
});

test('a clock that is set back does not turn the log’s time back', async () => {
  const {pipeline, outside, rows} = openPipeline();
  await pipeline.submit([firing('a')]);
  outside.jump(-3_600_000);
  await pipeline.submit([firing('b')]);
  const instants = rows().map(row => Number(row.at));
  expect(instants).toEqual([...instants].sort((a, b) => a - b));
});

test('AL-1: a resolved alert closes by itself when its re-open window ends', async () => {
  const {pipeline, outside} = openPipeline();
  await pipeline.submit([firing('a')]);
  await pipeline.submit([firing('a', {status: 'resolved', endedAt: NIGHT + 1000})]);
  await outside.advanceAsync(15 * 60_000 - 1);
  const [alert] = pipeline.picture.state.alerts.values();
  expect(alert?.condition).toBe('resolved');
  await outside.advanceAsync(1000);
  const [after] = pipeline.picture.state.alerts.values();
  expect(after?.condition).toBe('closed');
});

describe('when too much waits', () => {
  test('the loud source is told to come back, others are taken, and after the storm it is, too', async () => {
    const {pipeline} = openPipeline();
    const message = (index: number) =>
      Array.from({length: 100}, (_, host) => firing(`h${host}`, {key: `${index}-${host}`, summary: text(`${index}`)}));
    const storm = Promise.allSettled(Array.from({length: 250}, (_, index) => pipeline.submit(message(index))));
    expect(pipeline.hasRoom('custom')).toBe(false);
    expect(pipeline.hasRoom('other')).toBe(true);
    const quiet = pipeline.submit([firing('quiet', {source: 'other', key: 'other:quiet'})]);
    await expect(pipeline.submit([firing('late')])).rejects.toMatchObject({code: 'OVERLOADED'});
    await quiet;
    const results = await storm;
    expect(results.filter(({status}) => status === 'fulfilled')).toHaveLength(200);
    expect(pipeline.hasRoom('custom')).toBe(true);
  });

  test('stopping makes durable what was taken, and takes nothing more', async () => {
    const {pipeline, rows} = openPipeline();
    const taken = Array.from({length: 10}, (_, index) => pipeline.submit([firing(`h${index}`)]));
    const stopped = pipeline.stop();
    await expect(pipeline.submit([firing('late')])).rejects.toMatchObject({code: 'OVERLOADED'});
    await stopped;
    await Promise.all(taken);
    expect(rows().length).toBeGreaterThanOrEqual(10);
    expect(pipeline.picture.state.alerts.size).toBe(10);
  });
});

/** A journal that holds each batch until it is let through or refused, as a slow disk does. */
function heldJournal() {
  const held: {readonly batch: Batch; pass(): void; refuse(): void}[] = [];
  const journal: Journal = {
    lost: new Promise(() => {}),
    commit: batch =>
      new Promise((pass, reject) => {
        held.push({batch, pass, refuse: () => reject(new Fault('STORE_FAILED', 'no', {reason: 'disk full'}))});
      }),
    close: () => Promise.resolve(),
  };
  return {journal, held};
}

/** As many as are sent in a round behind another. */
const many = (over: Partial<AlertObservation>) => Array.from({length: 128}, (_, host) => firing(`h${host}`, over));

async function turns(count = 30): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve));
}

describe('while a round is on its way to disk', () => {
  test('a few that wait share the next fsync', async () => {
    const {journal, held} = heldJournal();
    const {pipeline} = openPipeline(journal);
    const submitted = [pipeline.submit([firing('a')])];
    await turns();
    for (const host of ['b', 'c', 'd']) {
      submitted.push(pipeline.submit([firing(host)]));
      await turns(3);
    }
    expect(held).toHaveLength(1);
    held[0]?.pass();
    await turns();
    expect(held).toHaveLength(2);
    held[1]?.pass();
    await Promise.all(submitted);
    expect(pipeline.picture.state.alerts.size).toBe(4);
  });

  test('many are decided on it and sent after it; nothing counts, nor is answered, before it is there', async () => {
    const {journal, held} = heldJournal();
    const {pipeline, published} = openPipeline(journal);
    let answered = 0;
    const first = pipeline.submit([firing('a')]).then(() => answered++);
    await turns();
    const second = pipeline.submit(many({severity: 'warning'})).then(() => answered++);
    const repeat = pipeline.submit(many({severity: 'warning'})).then(() => answered++);
    await turns();
    expect(held).toHaveLength(2);
    expect(held[1]?.batch).toMatchObject({follows: true});
    expect(held[1]?.batch.events[0]?.seq).toBe((held[0]?.batch.events.length ?? 0) + 1);
    expect([answered, pipeline.picture.state.seq, published.length]).toEqual([0, 0, 0]);
    held[0]?.pass();
    await first;
    expect([answered, published.length]).toEqual([1, 1]);
    held[1]?.pass();
    await Promise.all([second, repeat]);
    expect(pipeline.picture.state.alerts.size).toBe(129);
    expect(held).toHaveLength(2);
  });

  test('when it fails, what was decided on it fails too, and the same claims count again from where the disk is', async () => {
    const {journal, held} = heldJournal();
    const {pipeline, published} = openPipeline(journal);
    const first = pipeline.submit([firing('a')]);
    await turns();
    const second = pipeline.submit(many({}));
    await turns();
    expect(held).toHaveLength(2);
    const third = pipeline.submit([firing('a')]);
    const results = Promise.allSettled([first, second]);
    held[0]?.refuse();
    held[1]?.refuse();
    expect((await results).map(({status}) => status)).toEqual(['rejected', 'rejected']);
    await turns();
    expect(held[2]?.batch).toMatchObject({follows: false});
    expect(held[2]?.batch.events[0]?.seq).toBe(1);
    held[2]?.pass();
    await third;
    expect([...pipeline.picture.state.alerts.values()].map(({host}) => host)).toEqual(['a']);
    expect(published).toHaveLength(1);
  });

  test('what writes nothing waits for what it was decided on, and falls with it', async () => {
    const {journal, held} = heldJournal();
    const {pipeline} = openPipeline(journal);
    const first = pipeline.submit([firing('a')]);
    await turns();
    const repeat = pipeline.submit(Array.from({length: 128}, () => firing('a')));
    const results = Promise.allSettled([first, repeat]);
    await turns();
    expect(held).toHaveLength(1);
    held[0]?.refuse();
    expect((await results).map(({status}) => status)).toEqual(['rejected', 'rejected']);
    expect(pipeline.picture.state.seq).toBe(0);
  });
});
