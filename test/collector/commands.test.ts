import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {CommandBody} from '../../src/domain/command.ts';
import {NIGHT} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {alert, OpenCollector} from './support/open-collector.ts';
import {newCid, type TestConsole} from './support/test-console.ts';

let collector: OpenCollector;
let jana: TestConsole;

beforeAll(async () => {
  collector = await OpenCollector.start();
  jana = await collector.console(collector.token('technician', null, 'jana'));
  await jana.subscribe();
});
afterAll(async () => collector[Symbol.asyncDispose]());

let hosts = 0;

/** A fresh alert. */
async function occurrence(customer = 'mueller'): Promise<string> {
  const host = `host-${hosts++}`;
  await collector.ingest(collector.token('ingest', null, `ingest-${hosts}`), alert(host, {customer}));
  await jana.until(frame => frame.t === 'd' && JSON.stringify(frame).includes(`"${host}"`));
  const found = [...(jana.state?.alerts.values() ?? [])].find(it => it.host === host);
  if (found === undefined) throw new Error('no alert');
  return found.occurrence;
}

const ack = (id: string, note: string | null = null): CommandBody => ({
  kind: 'ack',
  occurrence: id,
  note: note === null ? null : text(note),
  until: null,
  sticky: false,
});

describe('rule 27: a command id counts once', () => {
  test('sent again it gets the answer of before, and has no second effect', async () => {
    const body: CommandBody = {
      kind: 'note',
      occurrence: await occurrence(),
      text: text('Rotation hängt'),
      customerVisible: false,
    };
    const cid = newCid();
    const first = await jana.command(body, {cid});
    expect(first).toMatchObject({outcome: 'applied', code: 'OK'});
    expect(await jana.command(body, {cid})).toEqual(first);
    await jana.reach(first.seq ?? 0);
    expect(jana.state?.alerts.get(body.occurrence)?.notes).toHaveLength(1);
  });

  test('also when both are under way at once', async () => {
    const body: CommandBody = {
      kind: 'note',
      occurrence: await occurrence(),
      text: text('doppelt'),
      customerVisible: false,
    };
    const cid = newCid();
    const answers = await Promise.all([jana.command(body, {cid}), jana.command(body, {cid})]);
    expect(answers[1]).toEqual(answers[0]);
    await jana.reach(answers[0]?.seq ?? 0);
    expect(jana.state?.alerts.get(body.occurrence)?.notes).toHaveLength(1);
  });

  test('with other content it is refused', async () => {
    const id = await occurrence();
    const cid = newCid();
    await jana.command(ack(id), {cid});
    expect(await jana.command(ack(id, 'anders'), {cid})).toMatchObject({
      outcome: 'rejected',
      code: 'CID_REUSED',
      seq: null,
    });
    expect(await jana.command({kind: 'unack', occurrence: id}, {cid})).toMatchObject({code: 'CID_REUSED'});
  });

  test('from another actor it is refused', async () => {
    const id = await occurrence();
    const cid = newCid();
    await jana.command(ack(id), {cid});
    const ben = await collector.console(collector.token('technician', null, 'ben'));
    expect(await ben.command(ack(id), {cid})).toMatchObject({outcome: 'rejected', code: 'CID_REUSED'});
    expect(await jana.command(ack(id), {cid, as: text('mira')})).toMatchObject({code: 'CID_REUSED'});
  });

  test('after a restart it is remembered', async () => {
    await using restarted = await OpenCollector.start();
    const token = restarted.token('technician', null, 'jana');
    await restarted.ingest(restarted.token('ingest'), alert('srv-01'));
    const before = await restarted.console(token);
    await before.subscribe();
    const [shown] = before.state?.alerts.keys() ?? [];
    const cid = newCid();
    const answer = await before.command(ack(shown ?? ''), {cid});
    await restarted.restart();
    const after = await restarted.console(token);
    expect(await after.command(ack(shown ?? ''), {cid})).toEqual(answer);
  });
});

describe('rights are asked when a command is applied', () => {
  test('a viewer may not', async () => {
    const viewer = await collector.console(collector.token('viewer'));
    expect(await viewer.command(ack(await occurrence()))).toMatchObject({
      outcome: 'rejected',
      code: 'FORBIDDEN',
      by: null,
    });
  });

  test('a technician of one customer may not at another', async () => {
    const theirs = await collector.console(collector.token('technician', ['hofer'], 'hofer'));
    expect(await theirs.command(ack(await occurrence('hofer')))).toMatchObject({code: 'OK'});
    const downtime = {
      site: null,
      host: null,
      service: null,
      start: NIGHT,
      end: NIGHT + 3_600_000,
      comment: text('Wartung'),
    };
    expect(await theirs.command({kind: 'downtime', customer: 'mueller', ...downtime})).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await theirs.command({kind: 'downtime', customer: 'hofer', ...downtime})).toMatchObject({code: 'OK'});
  });

  test('a token revoked a moment ago no longer may', async () => {
    const id = await occurrence();
    const leaver = await collector.console(collector.token('technician', null, 'leaver'));
    collector.revoke('leaver');
    // Somebody's failed login has the collector look at its tokens again; its sessions are looked after later.
    expect((await collector.ingest('noct_wrong', {})).status).toBe(401);
    expect(await leaver.command(ack(id))).toMatchObject({outcome: 'rejected', code: 'FORBIDDEN'});
    await collector.outside.advanceAsync(1000);
    expect((await leaver.end()).code).toBe(4100);
    await jana.command({kind: 'note', occurrence: id, text: text('x'), customerVisible: false});
    expect(jana.state?.alerts.get(id)?.ack).toBeNull();
  });
});

test('a quick command needs no subscription, and an occurrence may be typed in small letters', async () => {
  const id = await occurrence();
  const quick = await collector.console(collector.token('technician', null, 'quick'));
  expect(await quick.command(ack(id.toLowerCase()))).toMatchObject({outcome: 'applied', code: 'OK'});
});

test('rule 28: too late, nowhere, not so: each gets its own word', async () => {
  const id = await occurrence();
  expect(await jana.command(ack(id), {issuedAt: NIGHT - 10_000, ttlMs: 5000})).toMatchObject({
    outcome: 'expired',
    code: 'EXPIRED',
  });
  expect(await jana.command(ack('ZZZZ'))).toMatchObject({outcome: 'rejected', code: 'NOT_FOUND'});
  expect(await jana.command({kind: 'resolve', occurrence: id})).toMatchObject({code: 'OK'});
  expect(await jana.command(ack(id))).toMatchObject({outcome: 'rejected', code: 'INVALID_TRANSITION'});
});

test('AL-2: an acknowledgement runs out by itself, at its instant', async () => {
  const id = await occurrence();
  const until = collector.outside.clock.now() + 3_600_000;
  await jana.command({kind: 'ack', occurrence: id, note: null, until, sticky: false});
  expect((await jana.command(ack(id))).code).toBe('ALREADY');
  await collector.outside.advanceAsync(3_599_999);
  const fallen = jana.next(frame => frame.t === 'd' && JSON.stringify(frame).includes('alert.unacknowledged'));
  await collector.outside.advanceAsync(1);
  await fallen;
  expect(jana.state?.alerts.get(id)?.ack).toBeNull();
});
