import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {bundle, CollectorProcess} from '../support/collector-process.ts';
import {homeIn} from '../support/home.ts';
import {openPty} from '../support/pty.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {round} from './spread.ts';

const SETTLE_MS = 4_000;
const WATCHED_MS = 30_000;
const MINUTE_MS = 60_000;
/** USER_HZ, which Linux fixes for /proc. */
const TICKS_A_SECOND = 100;
const launcher = new URL('../../bin/nocturne', import.meta.url).pathname;

/** User and system time so far of the process whose environment carries `mark`, threads included. */
function cpuSeconds(mark: string): number {
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark)) continue;
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(bundle)) continue;
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
    } catch {
      // It ended while being looked at.
    }
  }
  throw new Error('the console is not running');
}

/** An open console to which nothing happens but the time: its share of a core, and what it sends to the terminal. */
export async function benchIdle() {
  await using collector = await CollectorProcess.start();
  using home = temporaryFolder();
  const token = await collector.token('technician', 'jana');
  const env = {
    ...homeIn(home.path),
    NOCTURNE_URL: collector.url,
    NOCTURNE_TOKEN: token,
  };
  await using pty = openPty([launcher, 'console', '--lang', 'de'], {columns: 120, rows: 40, env});
  await pty.until(() => pty.raw().includes('Keine offenen Alarme'));
  await pause(SETTLE_MS);
  const [seconds, bytes] = [cpuSeconds(`HOME=${home.path}`), Buffer.byteLength(pty.raw())];
  await pause(WATCHED_MS);
  const cpu = cpuSeconds(`HOME=${home.path}`) - seconds;
  const sent = Buffer.byteLength(pty.raw()) - bytes;
  return {
    cpuPercent: round((100 * cpu) / (WATCHED_MS / 1000)),
    bytesPerMinute: Math.round((sent * MINUTE_MS) / WATCHED_MS),
  };
}
