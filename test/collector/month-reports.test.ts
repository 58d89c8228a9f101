import {connect} from 'node:net';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, test} from 'vitest';
import {createMonthReports} from '../../src/collector/month-reports.ts';
import {migrate} from '../../src/collector/store/database.ts';
import {LogReader} from '../../src/collector/store/log-reader.ts';
import {openBatch} from '../../src/domain/batch.ts';
import type {CustomerMonth} from '../../src/domain/report/customer-month.ts';
import {emptyState} from '../../src/domain/state.ts';
import {HOUR, MINUTE} from '../../src/domain/time.ts';
import {at} from '../domain/sla/calendars.ts';
import {virtualOutside} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {alert, OpenCollector} from './support/open-collector.ts';

const GOLD = `
customers:
  - {id: mueller, name: Müller Maschinenbau GmbH, state: DE-BY, timezone: Europe/Berlin, sla: gold}
  - {id: hofer, name: Hofer KG, state: DE-HE, timezone: Europe/Berlin}
slaTiers:
  gold:
    hours: 24x7
    availability: 99.5
    priorities: {P2: {response: 1h, resolution: 8h}}
sources:
  - {name: custom, type: generic}
`;

const HALLOWEEN = at('2026-10-31T22:00:00+01:00');

async function october(): Promise<OpenCollector> {
  const collector = await OpenCollector.start(GOLD, virtualOutside({now: HALLOWEEN}));
  const ingest = collector.token('ingest');
  await collector.ingest(ingest, alert('srv-01'));
  await collector.outside.advanceAsync(90 * MINUTE);
  await collector.ingest(ingest, alert('srv-01', {status: 'resolved'}));
  // 00:30 on the first of November there, 23:30 of the last of October in UTC.
  await collector.outside.advanceAsync(HOUR);
  await collector.ingest(ingest, alert('srv-02'));
  return collector;
}

describe('a month of a customer from the log (RP-1)', () => {
  test('counts what began between the midnights of the customer, with every breach', async () => {
    await using collector = await october();
    const token = collector.token('technician');
    const answer = await collector.http('GET', '/v1/customers/mueller/months/2026-10', {token});
    expect(answer.status).toBe(200);
    const report = answer.json as CustomerMonth;
    expect(report).toMatchObject({
      customer: 'mueller',
      month: '2026-10',
      from: at('2026-10-01T00:00:00+02:00'),
      to: at('2026-11-01T00:00:00+01:00'),
      tier: 'gold',
      targetPercent: 99.5,
      services: [],
    });
    expect(report.compliance).toEqual([
      {priority: 'P2', clock: 'response', met: 0, breached: 1, pending: 0, percent: 0},
      {priority: 'P2', clock: 'resolution', met: 1, breached: 0, pending: 0, percent: 100},
    ]);
    expect(report.breaches).toMatchObject([
      {priority: 'P2', clock: 'response', at: HALLOWEEN + HOUR + 1, overMs: 30 * MINUTE, subject: {host: 'srv-01'}},
    ]);
    expect(report.incidents).toMatchObject({
      opened: 1,
      stillOpen: 0,
      selfHealed: 1,
      toAcknowledge: {n: 0, meanMs: null},
      toResolve: {n: 1, meanMs: 90 * MINUTE},
    });
  });

  test('no cases are not 100 percent (RP-1)', async () => {
    await using collector = await october();
    const token = collector.token('viewer');
    const {json} = await collector.http('GET', '/v1/customers/mueller/months/2026-09', {token});
    expect(json).toMatchObject({compliance: [], breaches: [], incidents: {opened: 0, toResolve: {meanMs: null}}});
  });

  test('rule 19: a token sees its customers alone, and who is nobody sees nothing', async () => {
    await using collector = await october();
    const path = '/v1/customers/mueller/months/2026-10';
    const hofer = collector.token('technician', ['hofer'], 'hofer');
    expect((await collector.http('GET', path, {token: hofer})).status).toBe(403);
    expect((await collector.http('GET', path)).status).toBe(401);
    expect((await collector.http('GET', path, {token: collector.token('ingest', null, 'push')})).status).toBe(403);
    expect((await collector.http('GET', '/v1/customers/nobody/months/2026-10', {token: hofer})).status).toBe(403);
  });

  test('what is no month, no customer or no path is said so', async () => {
    await using collector = await october();
    const token = collector.token('technician');
    const statusOf = async (path: string) => (await collector.http('GET', path, {token})).status;
    expect(await statusOf('/v1/customers/mueller/months/2026-13')).toBe(400);
    expect(await statusOf('/v1/customers/nobody/months/2026-10')).toBe(404);
    expect(await statusOf('/v1/customers/%E0%A4%A/months/2026-10')).toBe(404);
    expect((await collector.http('POST', '/v1/customers/mueller/months/2026-10', {token})).status).toBe(405);
  });

  test('who asks without end is refused beyond 32 at a time', async () => {
    await using collector = await october();
    const token = collector.token('viewer');
    const get = `GET /v1/customers/mueller/months/2026-10 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`;
    const ask = async (requests: string, isEnough: (text: string) => boolean): Promise<string> => {
      const socket = connect(collector.port, '127.0.0.1');
      let text = '';
      socket.write(requests);
      for await (const piece of socket) {
        text += piece;
        if (isEnough(text)) break;
      }
      return text;
    };
    const answers = (text: string) => text.match(/HTTP\/1\.1 \d+/g) ?? [];
    const said = await ask(get.repeat(40), so => answers(so).length === 40);
    expect(answers(said)).toEqual([...Array(32).fill('HTTP/1.1 200'), ...Array(8).fill('HTTP/1.1 503')]);
    expect(answers(await ask(get, so => so.includes('}')))).toEqual(['HTTP/1.1 200']);
  });

  test('a report that nobody waits for any more is not made', async () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, 'e');
    const customer = {id: 'mueller', name: text('Müller'), state: null, timezone: 'Europe/Berlin', contract: null};
    const batch = openBatch(emptyState());
    batch.append([{customer: 'mueller', event: {type: 'customer.defined', customer}}], HALLOWEEN);
    const state = batch.close();
    const reports = createMonthReports(new LogReader(database), () => state, {now: () => HALLOWEEN});
    const [made, left] = [reports('mueller', '2026-10', () => true), reports('mueller', '2026-10', () => false)];
    await expect(made).resolves.toMatchObject({month: '2026-10'});
    await expect(left).rejects.toMatchObject({code: 'ABORTED'});
  });

  test('rule 54: what goes wrong inside is told by an id alone, under which the log knows more', async () => {
    await using collector = await october();
    const token = collector.token('viewer');
    using database = new DatabaseSync(`${collector.data}/collector.db`);
    database.exec('ALTER TABLE events RENAME TO elsewhere');
    const answer = await collector.http('GET', '/v1/customers/mueller/months/2026-10', {token});
    database.exec('ALTER TABLE elsewhere RENAME TO events');
    expect(answer).toMatchObject({status: 500, json: {code: 'INTERNAL'}});
    expect(answer.text).not.toMatch(/events|table|SQL|\.ts|node:/i);
    const {id} = answer.json as {readonly id: string};
    expect(collector.log.find(line => line.includes(id))).toMatch(/no such table/);
  });
});
