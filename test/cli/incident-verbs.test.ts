import {describe, expect, test} from 'vitest';
import {openSite} from './support/site.ts';

const GOLD = `
customers:
  - {id: mueller, name: Müller Maschinenbau GmbH, state: DE-BY, timezone: Europe/Berlin, sla: gold}
  - {id: hofer, name: Hofer KG, state: DE-HE, timezone: Europe/Berlin}
slaTiers:
  gold:
    hours: 24x7
    priorities: {P1: {response: 15m, resolution: 4h, update: 60m}, P2: {response: 1h, resolution: 8h, update: 4h}}
sources:
  - {name: custom, type: generic}
`;

type Listed = {readonly alerts: readonly {readonly sla: Record<string, {dueAt: string | null; clock: string}>}[]};

describe('pause and resume (SL-6)', () => {
  test('the resolution clock stands, and goes on with what was left', async () => {
    await using site = await openSite(GOLD);
    const id = await site.alert();
    const asked = ['pause', id, '-m', 'Welches Passwort?', '--reason', 'wartet auf den Kunden'];
    expect(await site.shell.run(asked)).toMatchObject({code: 0, out: `${id} waits for the customer\n`});
    expect(await site.shell.run(asked)).toMatchObject({code: 4});
    const paused = (await site.shell.run('alerts --json')).json as Listed;
    expect(paused.alerts[0]).toMatchObject({
      sla: {response: {clock: 'stopped', outcome: 'met'}, resolution: {clock: 'paused', dueAt: null}},
      notes: [{text: 'Welches Passwort?', customerVisible: true, by: 'jana'}],
    });
    expect(await site.shell.run(`resume ${id} --lang de`)).toMatchObject({code: 0, out: `${id} läuft weiter\n`});
    const running = (await site.shell.run('alerts --json')).json as Listed;
    expect(running.alerts[0]?.sla.resolution).toMatchObject({clock: 'running', dueAt: '2026-11-21T09:47:00Z'});
  });

  test('wants both the question and the reason: exit 2', async () => {
    await using site = await openSite(GOLD);
    const id = await site.alert();
    expect(await site.shell.run(`pause ${id} --reason wartet`)).toMatchObject({code: 2, out: ''});
    expect(await site.shell.run(`pause ${id} -m Passwort?`)).toMatchObject({code: 2, out: ''});
  });
});

describe('priority (SL-8)', () => {
  test('with its reason, from the start on or from now on', async () => {
    await using site = await openSite(GOLD);
    const id = await site.alert();
    site.shell.outside.jump(10 * 60_000);
    expect(await site.shell.run(['priority', id, 'p1', '-m', 'Produktion steht'])).toMatchObject({code: 0});
    expect(((await site.shell.run('alerts --json')).json as Listed).alerts[0]).toMatchObject({
      priority: 'P1',
      sla: {response: {dueAt: '2026-11-21T02:02:00Z'}},
    });
    await site.shell.run(['priority', 'P2', id, '-m', 'doch nicht', '--from-change']);
    expect(((await site.shell.run('alerts --json')).json as Listed).alerts[0]).toMatchObject({
      priority: 'P2',
      sla: {response: {dueAt: '2026-11-21T02:57:00Z'}},
    });
  });

  test('without a reason, a priority or a target it is no command: exit 2', async () => {
    await using site = await openSite(GOLD);
    const id = await site.alert();
    for (const line of [`priority ${id} P1`, `priority ${id} -m x`, 'priority P1 -m x', `priority ${id} P5 -m x`]) {
      expect(await site.shell.run(line)).toMatchObject({code: 2, out: ''});
    }
  });
});

test('note --customer-visible starts the update clock anew, a work note does not (SL-10)', async () => {
  await using site = await openSite(GOLD);
  const id = await site.alert();
  site.shell.outside.jump(30 * 60_000);
  const due = async () => ((await site.shell.run('alerts --json')).json as Listed).alerts[0]?.sla.update?.dueAt;
  await site.shell.run(['note', id, '-m', 'intern']);
  expect(await due()).toBe('2026-11-21T05:47:00Z');
  await site.shell.run(['note', id, '-m', 'Techniker ist unterwegs', '--customer-visible']);
  expect(await due()).toBe('2026-11-21T06:17:00Z');
});
