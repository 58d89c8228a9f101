import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {percentile} from '../bench/spread.ts';
import {slowLineMissing} from '../support/slow-line.ts';

const reason = slowLineMissing();

interface Measured {
  /** Ascending. */
  readonly keysMs: readonly number[];
  /** Of the key that paints the whole screen anew. */
  readonly helpMs: readonly number[];
  readonly eventsPerSecond: number;
  readonly terminalBytesPerSecond: number;
  readonly behind: number;
  readonly header: string;
  readonly queue: string;
}

async function measure(what: 'terminal' | 'collector'): Promise<Measured> {
  const child = join(import.meta.dirname, 'slow-line-near-child.ts');
  const {stdout} = await promisify(execFile)('unshare', ['-rn', process.execPath, child, what]);
  const said: Measured = JSON.parse(stdout);
  const measured = {...said, keysMs: said.keysMs.toSorted((a, b) => a - b)};
  const [p50, p95] = [50, 95].map(percent => Math.round(percentile(measured.keysMs, percent)));
  process.stdout.write(
    `slow line (${what}): a key in ${p50} ms, 95 % in ${p95} ms, the help in ${Math.round(Math.max(...said.helpMs))} ms at most; ${Math.round(measured.terminalBytesPerSecond)} B/s to the terminal at ${Math.round(measured.eventsPerSecond)} events/s, ${measured.behind} deliveries behind\n`,
  );
  return measured;
}

/** Keys from the first to the last through 64 kbit/s, each way, while 50 alerts change every second; fewer where the machine is busy. */
test.skipIf(reason !== null).each(['terminal', 'collector'] as const)(
  `a key is answered within 300 ms through a 64 kbit/s link of the %s ${reason ?? ''}`,
  {timeout: 240_000},
  async what => {
    const {keysMs, eventsPerSecond, header, queue} = await measure(what);
    expect(queue).toMatch(/qdisc tbf .* rate 64Kbit[\s\S]* Sent [1-9]\d{4,} bytes/);
    expect(eventsPerSecond).toBeGreaterThan(15);
    // What waits in the line makes every key wait. The slowest keys are those for which a busy machine had no time.
    const middle = percentile(keysMs, 50);
    expect(middle).toBeLessThan(300);
    expect(percentile(keysMs, 95)).toBeLessThan(300 + 5 * middle);
    expect(header).toContain('●berlin');
  },
);

test.skipIf(reason === null)('the reason why the slow line was skipped is said', () => {
  process.stdout.write(`slow-line: ${reason}\n`);
});
