import {CollectorProcess} from '../support/collector-process.ts';
import {busyAlerts, fillLog} from './filled-log.ts';
import {round, spread} from './spread.ts';

const EVENTS = 1_000_000;
const ALERTS = 1_000;
/** As many as a collector writes between two snapshots: the most that a crash leaves to be replayed. */
const TAIL = 25_000;
const RUNS = 3;

/** Start with a million events in the log, after kill -9 in the worst moment before a snapshot. */
export async function benchStart() {
  await using collector = await CollectorProcess.start();
  await collector.kill('SIGTERM');
  await fillLog(collector.data, busyAlerts(EVENTS, ALERTS), TAIL);
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    runs.push(await collector.open());
    await collector.kill('SIGKILL');
  }
  const times = spread(runs);
  return {events: EVENTS, ms: round(times.median), replayed: TAIL, runs: times};
}
