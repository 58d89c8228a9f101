import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {describe, expect, test} from 'vitest';
import {isOpenToOthers, makePrivateFolder, readIfThere, writeDurably} from '../../src/runtime/durable-file.ts';
import {virtualOutside} from '../support/clock.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const KILLS = Number(process.env.NOCTURNE_CHAOS_KILLS ?? 10);
/** A Node starts, writes up to twenty times to the disk, and ends. */
const MOST_MS_A_KILL = 2_000;

describe('writeDurably', () => {
  test('files and folders are for their owner alone, whatever the umask is (rule 8)', () => {
    using folder = temporaryFolder();
    const before = process.umask(0);
    try {
      const deep = folder.file('a/b');
      makePrivateFolder(deep);
      writeDurably(join(deep, 'file'), 'x');
      expect([folder.file('a'), deep, join(deep, 'file')].map(path => statSync(path).mode & 0o777)).toEqual([
        0o700, 0o700, 0o600,
      ]);
    } finally {
      process.umask(before);
    }
  });

  test('replaces, also a file that others could read, and leaves no draft', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('f'), 'old');
    chmodSync(folder.file('f'), 0o644);
    writeDurably(folder.file('f'), 'new');
    expect(readIfThere(folder.file('f'))).toBe('new');
    expect(isOpenToOthers(folder.file('f'))).toBe(false);
    expect(readdirSync(folder.path)).toEqual(['f']);
  });

  test('leaves a file that is there when it is only to fill a gap', () => {
    using folder = temporaryFolder();
    writeDurably(folder.file('f'), 'first', {ifMissing: true});
    writeDurably(folder.file('f'), 'second', {ifMissing: true});
    expect(readIfThere(folder.file('f'))).toBe('first');
    expect(readdirSync(folder.path)).toEqual(['f']);
  });

  test('a draft left by a killed process is no obstacle', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file(`f.${process.pid}.new`), 'half');
    writeDurably(folder.file('f'), 'whole');
    expect(readdirSync(folder.path)).toEqual(['f']);
  });

  test('a folder that is no folder fails and leaves nothing', () => {
    using folder = temporaryFolder();
    mkdirSync(folder.file('f'));
    expect(() => writeDurably(folder.file('f'), 'x')).toThrow();
    expect(readIfThere(folder.file('none'))).toBeNull();
  });

  test(`killed at ${KILLS} random moments, the file is the old or the new one, never a part (rule 9)`, {
    timeout: 10_000 + KILLS * MOST_MS_A_KILL,
  }, async () => {
    using folder = temporaryFolder();
    const {random} = virtualOutside({seed: 9});
    const file = folder.file('state');
    let confirmed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'durable-file-child.ts'), file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const after = 1 + Math.floor(random.next() * 20);
      for await (const line of createInterface({input: child.stdout})) {
        confirmed = Number(line);
        if (confirmed >= after) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      const state = JSON.parse(readFileSync(file, 'utf8')) as {generation: number; end: number};
      expect(state.end).toBe(state.generation);
      expect(state.generation).toBeGreaterThanOrEqual(confirmed);
    }
  });
});
