import {expect, test} from 'vitest';
import {MINUTE} from '../../src/domain/time.ts';
import {openSite} from '../cli/support/site.ts';

const BODY = 'customers: [{id: mueller, name: Müller}]';

test('objects beyond the 500 that nobody configured are counted and shown, not silently dropped', async () => {
  await using site = await openSite(BODY);
  const token = site.collector.token('ingest', null, 'flood');
  const flood = (from: number, count: number) =>
    site.collector.http('POST', '/v1/reports', {
      token,
      body: Array.from({length: count}, (_, index) => ({
        type: 'backup',
        customer: 'mueller',
        object: `srv-${from + index}`,
        job: 'nightly',
        result: 'success',
      })),
    });
  const backups = async () =>
    (await site.shell.run(['backups', '--json'])).json as {
      backups: unknown[];
      leftOut: {customer: string; reports: number}[];
    };
  const metric = async () =>
    /^nocturne_backup_reports_left_out_total (\d+)$/m.exec(
      (await site.collector.http('GET', '/metrics', {token: site.collector.token('admin')})).text,
    )?.[1];

  expect(await flood(0, 500)).toMatchObject({status: 202});
  expect(await backups()).toMatchObject({leftOut: []});
  expect(await metric()).toBe('0');

  expect(await flood(500, 7)).toMatchObject({status: 202});
  expect(await metric()).toBe('7');
  await site.shell.outside.advanceAsync(10 * MINUTE);
  const after = await backups();
  expect(after.backups).toHaveLength(500);
  expect(after.leftOut).toMatchObject([{customer: 'mueller', reports: 7}]);
  expect(site.collector.log.filter(line => line.includes('backups.left-out')).length).toBeGreaterThan(0);

  expect(await flood(0, 20)).toMatchObject({status: 202});
  expect(await metric()).toBe('7');

  const shown = await site.shell.run(['backups'], {columns: 120});
  expect(shown.out).toContain('7 reports');
  const seq = async () =>
    (await site.collector.http('GET', '/metrics', {token: site.collector.token('admin')})).text.match(
      /^nocturne_head (\d+)$/m,
    )?.[1];
  const before = Number(await seq());
  for (let round = 0; round < 40; round++) await flood(1000 + round * 10, 10);
  expect(Number(await seq()) - before).toBeLessThanOrEqual(1);
  await site.collector.restart();
  site.shell.env.NOCTURNE_URL = `ws://127.0.0.1:${site.collector.port}`;
  expect(await backups()).toMatchObject({leftOut: [{reports: 407}]});
});
