import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {alert, OpenCollector} from './support/open-collector.ts';
import {newCid} from './support/test-console.ts';

let collector: OpenCollector;

beforeAll(async () => {
  collector = await OpenCollector.start();
});
afterAll(async () => collector[Symbol.asyncDispose]());

/** Moves time and lets sockets do what follows from it. */
async function advance(ms: number): Promise<void> {
  await collector.outside.advanceAsync(ms);
}

describe('a session ends', () => {
  test('rule 21: 4004 when nothing valid was said within five seconds', async () => {
    const console = await collector.console(collector.token('viewer'));
    await advance(6000);
    expect(await console.end()).toEqual({code: 4004, reason: 'NO_SUBSCRIPTION'});
  });

  test('rule 18: 4100 within five seconds of its token being revoked', async () => {
    const console = await collector.console(collector.token('viewer', null, 'leaver'));
    await console.subscribe();
    collector.revoke('leaver');
    await advance(5000);
    expect(await console.end()).toEqual({code: 4100, reason: 'REVOKED'});
  });

  test('rule 18: 4101 within five seconds of its token being for other customers', async () => {
    const console = await collector.console(collector.token('viewer', null, 'mover'));
    await console.subscribe();
    const tokens = new DatabaseSync(join(collector.data, 'tokens.db'));
    tokens.prepare('UPDATE tokens SET customers = ? WHERE name = ?').run('["hofer"]', 'mover');
    tokens.close();
    await advance(5000);
    expect(await console.end()).toEqual({code: 4101, reason: 'RESCOPED'});
  });

  test('rules 23 and 55: 4003 after more than ten frames that cannot be read; each is told and counted, and none ends the process', async () => {
    const console = await collector.console(collector.token('viewer'));
    const bad = [
      '',
      'null',
      '{"t":3}',
      '[',
      '"sub"',
      '{"t":"sub"}',
      '{"t":"sub","client":"x","epoch":3}',
      '{"t":"cmd"}',
      '{"t":"watch","hosts":3}',
      '{"t":"ask","id":"x"}',
      '{}',
    ];
    for (const text of bad) console.sendRaw(text);
    expect((await console.end()).code).toBe(4003);
    expect(console.frames.filter(frame => frame.t === 'error')).toHaveLength(bad.length);
    const {text} = await collector.http('GET', '/metrics', {token: collector.token('viewer')});
    expect(text).toContain(`nocturne_refused_total{reason="frame"} ${bad.length}\n`);
  });

  test('rule 20: 1009 for a frame over 64 KiB', async () => {
    const console = await collector.console(collector.token('viewer'));
    console.sendRaw(JSON.stringify({t: 'sub', client: 'x'.repeat(70_000)}));
    expect((await console.end()).code).toBe(1009);
  });

  test('rule 20: 1008 for a frame in more than sixteen fragments', async () => {
    const inFragments = async (count: number) => {
      const console = await collector.console(collector.token('viewer'));
      console.sendRaw('{"t":"sub","client":"x","epoch":null,"seq":null,', {fin: false});
      for (let fragment = 2; fragment < count; fragment++) console.sendRaw(' ', {fin: false});
      console.sendRaw('"customers":null}');
      return console;
    };
    await (await inFragments(16)).until(frame => frame.t === 'live');
    expect((await (await inFragments(17)).end()).code).toBe(1008);
  });

  test('rule 25: cut off when it answers no ping', async () => {
    const console = await collector.console(collector.token('viewer'), {autoPong: false});
    await console.subscribe();
    await advance(26_000);
    expect((await console.end()).code).toBe(1006);
  });

  test('4000 when the collector stops', async () => {
    await using stopping = await OpenCollector.start();
    const console = await stopping.console(stopping.token('viewer'));
    await console.subscribe();
    await stopping.stop();
    expect(await console.end()).toEqual({code: 4000, reason: 'restart'});
  });
});

test('frames of a later release are counted and passed over, unknown fields fall away', async () => {
  const console = await collector.console(collector.token('admin'));
  console.sendRaw('{"t":"wave","at":3}');
  console.sendRaw('{"t":"sub","client":"x","epoch":null,"seq":null,"customers":null,"theme":"dark"}');
  await console.until(frame => frame.t === 'live');
  expect(console.frames.some(frame => frame.t === 'error')).toBe(false);
  const {text} = await collector.http('GET', '/metrics', {token: collector.token('viewer')});
  expect(text).toMatch(/nocturne_unknown_frames_total 1/);
});

test('a command that cannot be read is answered, so that nobody waits for it', async () => {
  const console = await collector.console(collector.token('technician'));
  const cid = newCid();
  console.sendRaw(
    JSON.stringify({t: 'cmd', cid, body: {kind: 'reboot'}, issuedAt: 0, ttlMs: 1, expectedVersion: null, as: null}),
  );
  expect(await console.until(frame => frame.t === 'cack')).toMatchObject({cid, outcome: 'rejected', code: 'INVALID'});
});

test('what is watched comes at once and then when it changes; what is asked for comes with its gaps', async () => {
  const console = await collector.console(collector.token('viewer'));
  await console.subscribe();
  console.send({t: 'watch', hosts: 'all'});
  console.send({t: 'ask', id: 7, host: 'mueller||srv-01', spanMs: 3_600_000, points: 4});
  expect(await console.until(frame => frame.t === 'history')).toMatchObject({
    id: 7,
    stepMs: 900_000,
    series: {cpu: [null, null, null, null]},
  });
});

test('the course of a host is told to those alone who may see its customer (security rule 19)', async () => {
  const console = await collector.console(collector.token('viewer', ['hofer'], 'hofers'));
  await console.subscribe();
  console.send({t: 'ask', id: 8, host: 'mueller||srv-01', spanMs: 3_600_000, points: 4});
  expect(await console.until(frame => frame.t === 'error')).toMatchObject({code: 'FORBIDDEN'});
  console.send({t: 'ask', id: 9, host: 'hofer||srv-02', spanMs: 3_600_000, points: 4});
  expect(await console.until(frame => frame.t === 'history')).toMatchObject({id: 9, disks: [], limits: null});
  expect(console.frames.filter(frame => frame.t === 'history')).toHaveLength(1);
});

test('rules 24 and 55: a console that stops reading costs no queue, and is cut off within thirty seconds', async () => {
  await using busy = await OpenCollector.start();
  const token = busy.token('ingest');
  const [stalled, reading] = await Promise.all([
    busy.console(busy.token('viewer')),
    busy.console(busy.token('viewer', null, 'other')),
  ]);
  await Promise.all([stalled.subscribe(), reading.subscribe()]);
  const ended = () => busy.log.filter(line => line.includes('session.closed'));
  stalled.pause();
  const output = 'x'.repeat(4000);
  for (let batch = 0; batch < 25; batch++) {
    busy.outside.advance(10);
    await busy.ingest(
      token,
      Array.from({length: 60}, (_, index) => alert(`h${batch}-${index}`, {output})),
    );
  }
  await reading.until(frame => frame.t === 'd' && JSON.stringify(frame).includes('"h24-59"'));
  const {text} = await busy.http('GET', '/metrics', {token: busy.token('viewer', null, 'metrics')});
  expect(Number(/nocturne_session_waiting_bytes (\d+)/.exec(text)?.[1])).toBeLessThan(512 * 1024);
  expect(ended()).toEqual([]);
  await busy.outside.advanceAsync(27_000);
  await busy.ingest(token, alert('last'));
  await reading.until(frame => frame.t === 'd' && JSON.stringify(frame).includes('"last"'));
  expect(ended()).toEqual([expect.stringContaining('"code":1006')]);
  const after = await busy.http('GET', '/metrics', {token: busy.token('viewer', null, 'metrics again')});
  expect(after.text).toContain('nocturne_refused_total{reason="stalled"} 1\n');
  expect(reading.faults).toEqual([]);
  stalled.close();
});

test('rule 23: fifty thousand malformed frames, and the collector serves on', async () => {
  const token = collector.token('viewer');
  let seed = 1;
  const random = () => {
    seed = Math.imul(seed, 48271) >>> 0;
    return seed;
  };
  for (let round = 0; round < 20; round++) {
    const console = await collector.console(token);
    await console.subscribe();
    for (let index = 0; index < 2500; index++) {
      const length = random() % 40;
      const bytes = Buffer.from(Array.from({length}, () => random() % 256));
      console.sendRaw(index % 2 === 0 ? bytes : bytes.toString('latin1'));
    }
    await console.end();
  }
  const console = await collector.console(token);
  await console.subscribe();
  const {text} = await collector.http('GET', '/metrics', {token});
  expect(text).toMatch(/nocturne_invariants_broken_total 0/);
});
