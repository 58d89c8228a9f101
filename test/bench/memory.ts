import {readFileSync} from 'node:fs';
import {CollectorProcess} from '../support/collector-process.ts';
import {fillLog, hostsSeen} from './filled-log.ts';
import {round} from './spread.ts';

const MIB = 1024 * 1024;
const SIZES = [0, 10_000, 100_000] as const;

function residentBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) * 1024;
}

/** Memory and start of a collector by its number of hosts, read from the kernel once it listens. */
export async function benchMemory() {
  const sizes: {hosts: number; rssMiB: number; startMs: number}[] = [];
  for (const hosts of SIZES) {
    await using collector = await CollectorProcess.start();
    await collector.kill('SIGTERM');
    await fillLog(collector.data, hostsSeen(hosts), 0);
    const startMs = await collector.open();
    sizes.push({hosts, rssMiB: residentBytes(collector.pid) / MIB, startMs: round(startMs)});
  }
  const [empty, , most] = sizes;
  if (empty === undefined || most === undefined) throw new RangeError('no sizes');
  return {
    hosts: most.hosts,
    rssMiB: round(most.rssMiB),
    bytesPerHost: Math.round(((most.rssMiB - empty.rssMiB) * MIB) / most.hosts),
    sizes: sizes.map(size => ({...size, rssMiB: round(size.rssMiB)})),
  };
}
