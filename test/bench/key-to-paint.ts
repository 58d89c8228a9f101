import {loadBundled} from './bundled.ts';
import type {keyToPaint} from './key-to-paint.tsx';
import {percentile, round, spread} from './spread.ts';

const RUNS = 3;
const SCENE = {columns: 120, rows: 40, hosts: 10_000, alerts: 1_000, eventsPerSecond: 500, keys: 120};

async function load(): Promise<typeof keyToPaint> {
  const module = (await loadBundled('key-to-paint')) as {readonly keyToPaint: typeof keyToPaint};
  return module.keyToPaint;
}

/**
 * From the byte of a key to the last byte of its frame, while 500 events a second arrive at 10,000 hosts and 1,000 alerts. What stands
 * alone is of 120x40, the harder size.
 */
export async function benchKeyToPaint() {
  const run = await load();
  const {eventsPerSecond} = SCENE;
  const sized = async (columns: number, rows: number) => {
    const {pressesMs, pressesCpuMs} = await run({...SCENE, columns, rows});
    return {
      p50Ms: round(percentile(pressesMs, 50)),
      p99Ms: round(percentile(pressesMs, 99)),
      p50CpuMs: round(percentile(pressesCpuMs, 50)),
      p99CpuMs: round(percentile(pressesCpuMs, 99)),
    };
  };
  const small = await sized(80, 24);
  const large = await sized(120, 40);
  return {p50Ms: large.p50Ms, p99Ms: large.p99Ms, eventsPerSecond, '80x24': small, '120x40': large};
}

/** From the start of the console with the picture at hand to its first frame. */
export async function benchFirstPaint() {
  const run = await load();
  const times: number[] = [];
  for (let count = 0; count < RUNS; count++) {
    const {firstPaintMs} = await run({...SCENE, eventsPerSecond: 0, keys: 0});
    times.push(firstPaintMs);
  }
  const {hosts, alerts} = SCENE;
  const runs = spread(times);
  return {hosts, alerts, ms: runs.median, runs};
}
