import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';

/** Where the two ends of the line are. */
const NEAR = '10.99.0.1';
export const FAR = '10.99.0.2';

/** At least one packet of Ethernet's size. */
const BURST_BYTES = 2000;
/** What the line's own queue holds: four seconds of it at 64 kbit/s, as a phone's does. */
const QUEUE_BYTES = 32_768;

/** A line between this network namespace and another, each way as slow as the other. */
export interface SlowLine extends AsyncDisposable {
  /** Starts a program at the far end. */
  spawn(command: readonly string[]): ChildProcess;
  /** What `tc` says of the queue at the far end: its rate, and what went through it. */
  figures(): string;
}

/**
 * Lays a line (`veth`) to a network namespace of its own and slows both its ends down (`tc tbf`). Only for a process that is root in a
 * network namespace made for it (`unshare -rn`).
 *
 * @param bitsPerSecond - `64_000` is a phone's hotspot on a bad day.
 * @throws {Error} where this kernel has no such link or queue.
 */
export async function laySlowLine(bitsPerSecond: number): Promise<SlowLine> {
  const holder = spawn('unshare', ['-n', 'sh', '-c', 'echo there; exec sleep infinity'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const end = (): void => void holder.kill('SIGKILL');
  process.once('exit', end);
  await once(holder.stdout, 'data');
  const far = ['nsenter', '-n', '-t', String(holder.pid)];
  const run = (...words: readonly string[]): void => {
    const [program = '', ...rest] = words;
    execFileSync(program, rest, {stdio: ['ignore', 'ignore', 'pipe']});
  };
  const slow = (name: string): readonly string[] => [
    ...['tc', 'qdisc', 'add', 'dev', name, 'root', 'tbf', 'rate', `${bitsPerSecond}bit`],
    ...['burst', String(BURST_BYTES), 'limit', String(QUEUE_BYTES)],
  ];
  run('ip', 'link', 'set', 'lo', 'up');
  run(...far, 'ip', 'link', 'set', 'lo', 'up');
  run('ip', 'link', 'add', 'near', 'type', 'veth', 'peer', 'name', 'far', 'netns', String(holder.pid));
  // A frame must not pass as one packet of 64 KiB: that is no line's.
  run('ip', 'link', 'set', 'near', 'gso_max_segs', '1', 'up');
  run(...far, 'ip', 'link', 'set', 'far', 'gso_max_segs', '1', 'up');
  run('ip', 'address', 'add', `${NEAR}/24`, 'dev', 'near');
  run(...far, 'ip', 'address', 'add', `${FAR}/24`, 'dev', 'far');
  run(...slow('near'));
  run(...far, ...slow('far'));
  return {
    spawn([program = '', ...words]) {
      const [enter = '', ...flags] = far;
      return spawn(enter, [...flags, program, ...words], {stdio: ['pipe', 'pipe', 'inherit']});
    },
    figures: () =>
      execFileSync(far[0] ?? '', [...far.slice(1), 'tc', '-s', 'qdisc', 'show', 'dev', 'far'], {encoding: 'utf8'}),
    async [Symbol.asyncDispose]() {
      process.off('exit', end);
      end();
    },
  };
}

/** Can such a line be laid on this machine? Null when it can, else why not. */
export function slowLineMissing(): string | null {
  const attempt =
    'ip link set lo up && tc qdisc add dev lo root tbf rate 64kbit burst 2000 limit 32768 && ip link add near type veth peer name far';
  try {
    execFileSync('unshare', ['-rn', 'sh', '-c', attempt], {stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8'});
    return null;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    return `skipped: no slow line on this machine (${said === '' ? 'unshare, ip or tc is not there' : said})`;
  }
}
