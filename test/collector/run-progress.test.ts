import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {RunProgressMemory} from '../../src/collector/run-progress.ts';
import {foldBackup} from '../../src/domain/backup/fold-backup.ts';
import {progressKey, type RunPulse} from '../../src/domain/backup/run-progress.ts';
import type {BackupRunObservation} from '../../src/domain/observation.ts';
import type {NocState} from '../../src/domain/state.ts';
import {emptyState} from '../../src/domain/state.ts';
import {buildOn} from '../../src/domain/state-builder.ts';
import {SECOND} from '../../src/domain/time.ts';
import {MAX_FRAME_BYTES} from '../../src/protocol/frames.ts';
import {run} from '../support/backups.ts';
import {NIGHT} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {OpenCollector} from './support/open-collector.ts';

const BODY = `
customers: [{id: mueller, name: Müller}, {id: hofer, name: Hofer}]
backups:
  - {customer: mueller, object: fs-01, jobs: [{name: nightly}]}
  - {customer: hofer, object: nas-07, jobs: [{name: weekly}]}
`;

const RUNNING = {
  type: 'backup',
  customer: 'mueller',
  object: 'fs-01',
  job: 'nightly',
  id: 'run 1',
  result: 'running',
  startedAt: new Date(NIGHT).toISOString(),
};

function told(percent: number, over: Readonly<Record<string, unknown>> = {}): object {
  return {...RUNNING, progress: {percent, bytesDone: percent * 1e9, bytesTotal: 1e11, remainingSeconds: 60}, ...over};
}

async function report(collector: OpenCollector, ...bodies: readonly object[]): Promise<void> {
  const token = collector.token('ingest', null, `reporter ${collector.outside.random.next()}`);
  for (const body of bodies) {
    expect(await collector.http('POST', '/v1/reports', {token, body})).toMatchObject({status: 202});
  }
}

function percents(frames: readonly {readonly t: string}[]): readonly (number | null)[] {
  const pulses = frames.flatMap(frame =>
    frame.t === 'progress' ? ((frame as {runs?: readonly RunPulse[]}).runs ?? []) : [],
  );
  return pulses.map(({progress}) => progress.percent);
}

describe('progress of a run', () => {
  test('is a sample: the newest word goes to the consoles, and the log does not grow by it', async () => {
    await using collector = await OpenCollector.start(BODY);
    const console = await collector.console(collector.token('technician'));
    await report(collector, RUNNING);
    await console.subscribe();
    const {seq} = console;
    for (let percent = 1; percent <= 40; percent++) await report(collector, told(percent));
    const next = console.next(({t}) => t === 'progress');
    await collector.outside.advanceAsync(SECOND);
    await next;
    expect(percents(console.frames)).toEqual([40]);
    await report(collector, RUNNING);
    const marked = console.next(({t}) => t === 'mark');
    await collector.outside.advanceAsync(10 * SECOND);
    expect(await marked).toMatchObject({seq});
    expect(console.faults).toEqual([]);
  });

  test('tells alone that the run is under way when its start was never heard', async () => {
    await using collector = await OpenCollector.start(BODY);
    await report(collector, told(12));
    const console = await collector.console(collector.token('technician'));
    await console.subscribe();
    const [record] = [...(console.state?.backups.values() ?? [])].filter(({object}) => object === 'fs-01');
    expect(record?.jobs[0]?.runs).toMatchObject([{id: 'run 1', end: null}]);
    expect(percents(console.frames)).toEqual([12]);
  });

  test('is there before `live` for whoever comes later, and for nobody whose customer it is not (rule 19)', async () => {
    await using collector = await OpenCollector.start(BODY);
    await report(collector, RUNNING, told(55));
    const [ours, theirs] = await Promise.all([
      collector.console(collector.token('viewer', ['mueller'], 'ours')),
      collector.console(collector.token('viewer', ['hofer'], 'theirs')),
    ]);
    await ours.subscribe();
    await theirs.subscribe();
    await collector.outside.advanceAsync(2 * SECOND);
    expect(percents(ours.frames)).toEqual([55]);
    expect(ours.frames.findIndex(({t}) => t === 'progress')).toBeLessThan(ours.frames.findIndex(({t}) => t === 'live'));
    expect(theirs.text).not.toContain('"progress"');
    expect(theirs.text).not.toContain('run 1');
  });

  test('ends with its run: nothing of it is told any more, and a late word of it is old news', async () => {
    await using collector = await OpenCollector.start(BODY);
    await report(collector, RUNNING, told(70), {...RUNNING, result: 'success'}, told(71));
    const console = await collector.console(collector.token('technician'));
    await console.subscribe();
    await collector.outside.advanceAsync(2 * SECOND);
    expect(percents(console.frames)).toEqual([]);
  });

  test('a sample that is none costs nothing of the report that carries it', async () => {
    await using collector = await OpenCollector.start(BODY);
    const hostile = [7, 'x', [], {percent: 'all'}, {percent: -5, bytesDone: 1e300, remainingSeconds: null}];
    for (const progress of hostile) await report(collector, {...RUNNING, progress});
    const console = await collector.console(collector.token('technician'));
    await console.subscribe();
    expect(percents(console.frames)).toEqual([null]);
  });
});

/** A state in which these runs are under way. */
function underWay(pulses: readonly RunPulse[]): NocState {
  const builder = buildOn(emptyState());
  for (const [index, {customer, object, job, run: id}] of pulses.entries()) {
    const event = {
      type: 'backup.reported',
      customer,
      object,
      job,
      run: {...run(NIGHT, 'success'), id, end: null},
      copies: [],
    } as const;
    foldBackup(builder, event, {seq: index + 1, at: NIGHT, customer, actor: null, cid: null, event});
  }
  return builder.close();
}

function observed({customer, object, job, run: id, progress}: RunPulse): BackupRunObservation {
  const address = {customer, site: text(''), host: object, service: text('')};
  const record = {...run(NIGHT, 'success'), id, end: null};
  return {type: 'backup-run', address, source: 'report', object, job, copies: [], run: record, progress};
}

test('however words and readings mix, a reader ends with the newest word of each job, in frames that fit', () => {
  const places = Array.from({length: 40}, (_, index) => ({
    customer: `kunde-${index % 3}`,
    object: text(`${'o'.repeat(200)}${index}`),
    job: text('nightly'),
    run: text(`run ${index}`),
  }));
  const step = fc.oneof(fc.record({place: fc.nat(39), percent: fc.nat(100)}), fc.constant('read' as const));
  fc.assert(
    fc.property(fc.array(step, {maxLength: 400}), steps => {
      const memory = new RunProgressMemory();
      const cursor = memory.cursor();
      const pulseOf = (place: (typeof places)[number], percent: number): RunPulse => ({
        ...place,
        progress: {
          at: NIGHT,
          percent,
          bytesDone: null,
          bytesTotal: null,
          filesDone: null,
          filesTotal: null,
          remainingMs: null,
        },
      });
      const state = underWay(places.map(place => pulseOf(place, 0)));
      const wanted = new Map<string, number>();
      const known = new Map<string, number | null>();
      const maySee = (customer: string | null) => customer !== 'kunde-2';
      const read = () => {
        for (let frame = cursor.frame(maySee); frame !== null; frame = cursor.frame(maySee)) {
          expect(frame.length).toBeLessThanOrEqual(MAX_FRAME_BYTES);
          const {runs} = JSON.parse(String(frame)) as {runs: readonly RunPulse[]};
          for (const pulse of runs) known.set(progressKey(pulse), pulse.progress.percent);
        }
      };
      for (const one of steps) {
        if (one === 'read') read();
        else {
          const place = places[one.place];
          if (place === undefined) continue;
          const pulse = pulseOf(place, one.percent);
          memory.heard(observed(pulse), state);
          if (place.customer !== 'kunde-2') wanted.set(progressKey(pulse), one.percent);
        }
      }
      read();
      expect([...known].sort()).toEqual([...wanted].sort());
    }),
  );
});
