import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {describe, expect, test} from 'vitest';

/** Runs the program, sends a signal whenever it says `ready` or `hangs`, and tells how it ended and what it said. */
async function run(scenario: string, signal: NodeJS.Signals = 'SIGTERM') {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'shutdown-child.ts'), scenario], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const said: string[] = [];
  for await (const line of createInterface({input: child.stdout})) {
    said.push(line);
    if (line === 'ready' || (line === 'hangs' && signal === 'SIGINT')) child.kill(signal);
  }
  const [code] = await exit;
  return {code, said};
}

describe.concurrent('createShutdown (rule 48)', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s undoes everything in reverse and leaves with %d', async (signal, code) => {
    expect(await run('plain', signal)).toEqual({code, said: ['ready', 'undo second', 'undo first']});
  });

  test('a daemon that is asked to stop has not failed', async () => {
    expect(await run('daemon')).toEqual({code: 0, said: ['ready', 'undo second', 'undo first']});
  });

  test.each([
    ['throw', 'thrown'],
    ['reject', 'rejected'],
  ])('an uncaught error (%s) is reported when all is undone, and the code is 1', async (scenario, message) => {
    expect(await run(scenario)).toEqual({code: 1, said: ['undo second', 'undo first', `report ${message}`]});
  });

  test('runs once: the first exit counts', async () => {
    expect(await run('twice')).toEqual({code: 3, said: ['undo second', 'undo first']});
  });

  test('an undo that fails keeps none of the others from running, and is a failure', async () => {
    expect(await run('bad-undo')).toEqual({code: 1, said: ['undo second', 'undo first', 'report undo failed']});
  });

  test('an undo that hangs is left after the grace time', async () => {
    const {code, said} = await run('hanging', 'SIGTERM');
    expect(code).toBe(143);
    expect(said.slice(0, 2)).toEqual(['ready', 'hangs']);
    expect(said).toContain('undo first');
  });

  test('a second signal does not wait for it', async () => {
    const {code, said} = await run('hanging', 'SIGINT');
    expect(code).toBe(130);
    expect(said).toContain('undo first');
  });

  test.each([
    ['drained', 0],
    ['abrupt', 7],
  ])('a process that ends otherwise (%s) still undoes what needs no waiting', async (scenario, code) => {
    expect(await run(scenario)).toMatchObject({code, said: expect.arrayContaining(['undo first'])});
  });
});
