import {readFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {alertStorm} from '../support/alert-storm.ts';
import {bundle, CollectorProcess} from '../support/collector-process.ts';
import {homeIn} from '../support/home.ts';
import {childOf, type LiveScreen, openPty} from '../support/pty.ts';

const STALL_MS = 60_000;
const EVENTS_PER_SECOND = 50;
const HOSTS = 40;
/** What garbage collection may leave standing. */
const NOISE_KB = 24 * 1024;
/** The pipe and the terminal of the kernel are full when nobody reads; what we held back ourselves would come on top. */
const KERNEL_BYTES = 96 * 1024;

/** The number of the newest report on the screen. */
function newest({screen}: LiveScreen): number {
  return Math.max(...screen.lines().map(line => Number(/Warteschlange (\d+) lang/.exec(line)?.[1] ?? 0)));
}

/** Milliseconds from a report to its frame while the terminal reads: what this machine takes today, the longest of ten. */
async function usualMs(pty: LiveScreen, storm: {readonly sent: number}): Promise<number> {
  let longest = 0;
  for (let round = 0; round < 10; round++) {
    const [next, begun] = [storm.sent + 1, performance.now()];
    await pty.until(() => newest(pty) >= next);
    longest = Math.max(longest, performance.now() - begun);
  }
  return longest;
}

function residentKb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

test('a terminal that does not read for 60 s: the link stays, memory is flat, and the newest frame is there within 1 s', {
  timeout: 120_000,
}, async () => {
  await using collector = await CollectorProcess.start();
  const env = {
    NOCTURNE_URL: collector.url,
    NOCTURNE_TOKEN: await collector.token('technician'),
    ...homeIn(collector.folder.path),
    // Where there is room nobody tidies up; here what grows is what is held.
    NODE_OPTIONS: '--max-old-space-size=64 --max-semi-space-size=1',
  };
  const command = [process.execPath, bundle, 'console', '--lang', 'en'];
  await using pty = openPty(command, {columns: 120, rows: 40, env});
  await using storm = alertStorm({
    url: collector.http,
    token: await collector.token('ingest'),
    hosts: HOSTS,
    perSecond: EVENTS_PER_SECOND,
  });
  await pty.until(() => newest(pty) > 4 * HOSTS);
  const console = childOf(pty.pid);
  const usual = await usualMs(pty, storm);

  pty.setReading(false);
  // The time itself is what is tested.
  await pause(STALL_MS / 2);
  const early = residentKb(console);
  await pause(STALL_MS / 2);
  const late = residentKb(console);
  const [sent, bytes] = [storm.sent, pty.raw().length];

  const begun = performance.now();
  pty.setReading(true);
  await pty.until(() => newest(pty) >= sent - 1);
  const tookMs = performance.now() - begun;
  const caughtUpBytes = pty.raw().length - bytes;
  process.stdout.write(
    `stalled terminal: ${sent} reports, the newest after ${Math.round(tookMs)} ms (${Math.round(usual)} ms before) and ${caughtUpBytes} bytes; memory ${early} kB after 30 s, ${late} kB after 60 s\n`,
  );
  expect(tookMs).toBeLessThan(1000 + 10 * usual);
  expect(caughtUpBytes).toBeLessThan(KERNEL_BYTES);
  expect(late - early).toBeLessThan(NOISE_KB);
  expect(pty.screen.lines()[0]).toContain('●berlin');
  pty.type('q');
  expect(await pty.exit).toBe(0);
});
