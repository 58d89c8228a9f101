import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {accountOf, hasQueuedCommands, Outbox, type QueuedCommand} from '../../src/client/outbox.ts';
import {NIGHT, virtualOutside} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {type TemporaryFolder, temporaryFolder} from '../support/temporary-folder.ts';

const {random} = virtualOutside();
const collector = 'ws://127.0.0.1:7420/ws';
const account = accountOf('token-a');
/** A number that no process of this machine has. */
const DEAD_PID = 2 ** 22 + 1;

let home: TemporaryFolder;
let folder: string;
beforeEach(() => {
  home = temporaryFolder();
  folder = home.file('state/outbox');
});
afterEach(() => home[Symbol.dispose]());

function command(over: Partial<QueuedCommand> = {}): QueuedCommand {
  return {
    cid: random.uuid(NIGHT),
    collector,
    account,
    body: {kind: 'ack', occurrence: 'K7F3', note: text('übernehme'), until: null, sticky: false},
    issuedAt: NIGHT,
    ttlMs: 3_600_000,
    expectedVersion: 7,
    as: text('jana'),
    ...over,
  };
}

describe('a command in the outbox', () => {
  test('is taken over whole by the next process when its own died', () => {
    const queued = command();
    new Outbox(folder, DEAD_PID).put(queued);
    expect(new Outbox(folder).adopt(collector, account)).toEqual([queued]);
  });

  test('is left alone while the process that put it in lives', () => {
    new Outbox(folder, process.pid).put(command());
    expect(new Outbox(folder, process.ppid).adopt(collector, account)).toEqual([]);
  });

  test('is free as soon as its process lets go of it', () => {
    const first = new Outbox(folder, process.pid);
    const queued = command();
    first.put(queued);
    first.release();
    expect(new Outbox(folder, process.ppid).adopt(collector, account)).toEqual([queued]);
  });

  test('is adopted once, by one of two', () => {
    new Outbox(folder, DEAD_PID).put(command());
    const others = [process.pid, process.ppid].map(pid => new Outbox(folder, pid));
    expect(others.flatMap(other => other.adopt(collector, account))).toHaveLength(1);
  });

  test('is never sent with another token or to another collector (security rule 27)', () => {
    new Outbox(folder, DEAD_PID).put(command());
    const outbox = new Outbox(folder);
    expect(outbox.adopt(collector, accountOf('token-b'))).toEqual([]);
    expect(outbox.adopt('wss://elsewhere/ws', account)).toEqual([]);
  });

  test('is gone when its verdict is there', () => {
    const outbox = new Outbox(folder);
    const queued = command();
    outbox.put(queued);
    expect(hasQueuedCommands(folder)).toBe(true);
    outbox.remove(queued.cid);
    expect(hasQueuedCommands(folder)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('holds no token (security rule 10)', () => {
    new Outbox(folder).put(command({account: accountOf('canary-token')}));
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'utf8')).not.toContain('canary');
  });
});

describe('the folder', () => {
  test('is for its owner alone, whatever the umask (security rule 8)', () => {
    const before = process.umask(0);
    try {
      new Outbox(folder).put(command());
    } finally {
      process.umask(before);
    }
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('is emptied oldest first', () => {
    const outbox = new Outbox(folder, DEAD_PID);
    const queued = [0, 1, 2, 3].map(minute => command({cid: random.uuid(NIGHT + minute * 60_000)}));
    for (const item of [...queued].reverse()) outbox.put(item);
    expect(new Outbox(folder).adopt(collector, account).map(item => item.cid)).toEqual(queued.map(item => item.cid));
  });

  test('may hold files of other releases and strangers, which stay', () => {
    const outbox = new Outbox(folder);
    const stranger = `${random.uuid(NIGHT)}.json`;
    writeFileSync(join(folder, stranger), '{"format":99}');
    writeFileSync(join(folder, `${random.uuid(NIGHT)}.json`), '{"format":1,');
    writeFileSync(join(folder, 'README'), 'hello');
    expect(outbox.adopt(collector, account)).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test('gives back what a person typed, letter for letter', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom('a', 'ß', 'Ö', ' ', '"', '\\', '漢', '😀')}), note => {
        const queued = command({body: {kind: 'note', occurrence: 'K7F3', text: text(note), customerVisible: true}});
        new Outbox(folder, DEAD_PID).put(queued);
        const outbox = new Outbox(folder);
        expect(outbox.adopt(collector, account)).toEqual([queued]);
        outbox.remove(queued.cid);
      }),
      {numRuns: 30},
    );
  });

  test('does not grow without end', () => {
    const outbox = new Outbox(folder);
    for (let index = 0; index < 1000; index++) writeFileSync(join(folder, `${random.uuid(NIGHT)}.json`), '{}');
    expect(() => outbox.put(command())).toThrow('1000 commands are waiting already');
  });
});

describe('kill -9', () => {
  const script = join(import.meta.dirname, 'outbox-writer.ts');

  test('at any moment leaves whole commands, and all that were confirmed (security rule 9)', async () => {
    for (let round = 0; round < 12; round++) {
      const child = spawn(process.execPath, [script, folder, collector, account], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exit = once(child, 'exit');
      const confirmed: string[] = [];
      // Killed in the middle of its work: after the n-th confirmation, while the next ones are being written.
      for await (const chunk of child.stdout) {
        confirmed.push(...String(chunk).split('\n').filter(Boolean));
        if (confirmed.length > round) child.kill('SIGKILL');
      }
      await exit;
      const outbox = new Outbox(folder);
      const adopted = outbox.adopt(collector, account);
      expect(adopted.map(item => item.cid)).toEqual(
        expect.arrayContaining(confirmed.filter(line => line.length === 36)),
      );
      for (const item of adopted) expect(item.body).toMatchObject({kind: 'note', text: 'x'.repeat(2000)});
      expect(readdirSync(folder).filter(name => name.endsWith('.new'))).toEqual([]);
      for (const item of adopted) outbox.remove(item.cid);
      expect(existsSync(folder)).toBe(true);
    }
  });
});
