import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {CommandBody} from '../../src/domain/command.ts';
import type {SafeText} from '../../src/domain/text.ts';
import {NIGHT} from '../support/clock.ts';
import {text} from '../support/frames.ts';
import {alert, OpenCollector} from './support/open-collector.ts';
import {newCid, type TestConsole} from './support/test-console.ts';

const TWO = `
customers:
  - {id: hofer, name: Hofer KG}
  - {id: geheim, name: Geheim AG, match: [{host: "*.geheim.example"}]}
sources:
  - {name: custom, type: generic}
`;

const HOUR_MS = 3_600_000;

/** Somebody of one customer, who guesses what the other has (security rule 19). */
describe('rule 19: what is refused tells nothing of another customer', () => {
  let collector: OpenCollector;
  let guesser: TestConsole;
  /** An alert and a downtime of the other customer. */
  let occurrence: string;
  let downtime: string;

  beforeAll(async () => {
    collector = await OpenCollector.start(TWO);
    await collector.ingest(collector.token('ingest'), alert('srv-01.geheim.example', {customer: undefined}));
    const theirs = await collector.console(collector.token('technician', ['geheim'], 'theirs'));
    await theirs.subscribe();
    occurrence = [...(theirs.state?.alerts.keys() ?? [])][0] ?? '';
    const scope = {customer: 'geheim', site: null, host: null, service: null, comment: text('Umbau')};
    await theirs.command({kind: 'downtime', ...scope, start: NIGHT + HOUR_MS, end: NIGHT + 2 * HOUR_MS});
    await theirs.when(state => state.downtimes.size > 0);
    downtime = [...(theirs.state?.downtimes.keys() ?? [])][0] ?? '';
    guesser = await collector.console(collector.token('technician', ['hofer'], 'guesser'));
    await guesser.subscribe();
  });
  afterAll(async () => collector[Symbol.asyncDispose]());

  const named = (of: string): readonly CommandBody[] => {
    const note: SafeText = text('x');
    return [
      {kind: 'ack', occurrence: of, note: null, until: null, sticky: false},
      {kind: 'unack', occurrence: of},
      {kind: 'escalate', occurrence: of, level: null},
      {kind: 'note', occurrence: of, text: note, customerVisible: false},
      {kind: 'snooze', occurrence: of, until: NIGHT + HOUR_MS},
      {kind: 'unsnooze', occurrence: of},
      {kind: 'resolve', occurrence: of},
      {kind: 'reopen', occurrence: of},
      {kind: 'pause', occurrence: of, reason: note, question: note},
      {kind: 'resume', occurrence: of},
      {kind: 'priority', occurrence: of, priority: 'P1', mode: 'fromChange', reason: note},
    ];
  };

  /** The answers to a command, to the same with another content under the same id, to one that is too late, and to one that makes no sense. */
  async function answers(body: CommandBody): Promise<unknown> {
    const cid = newCid();
    const said = [
      await guesser.command(body, {cid}),
      await guesser.command(body, {cid, as: text('jemand')}),
      await guesser.command(body, {issuedAt: NIGHT - HOUR_MS, ttlMs: 1}),
      await guesser.command(body, {expectedVersion: 0}),
    ];
    return said.map(({cid: _, ...answer}) => answer);
  }

  test('a command on an alert or a downtime of another customer is answered as one on nothing', async () => {
    expect(occurrence).not.toBe('');
    expect(downtime).not.toBe('');
    const before = guesser.seq;
    for (const [index, body] of named(occurrence).entries()) {
      const nothing = named('ZZZZ')[index];
      if (nothing === undefined) throw new Error('no counterpart');
      const answer = await answers(body);
      expect(answer).toEqual(await answers(nothing));
      expect(answer).toMatchObject([{code: 'NOT_FOUND'}, {code: 'CID_REUSED'}, {code: 'EXPIRED'}, {code: 'NOT_FOUND'}]);
    }
    expect(await answers({kind: 'downtime-cancel', id: downtime})).toEqual(
      await answers({kind: 'downtime-cancel', id: 'DZZZZ'}),
    );
    expect(guesser.seq).toBe(before);
  });

  test('what names a customer is refused alike, whether there is one or not', async () => {
    const forCustomer = (customer: string): CommandBody => ({kind: 'morning-check', customer, note: null});
    expect(await answers(forCustomer('geheim'))).toEqual(await answers(forCustomer('niemand')));
  });

  test('a report about a host that a rule of ours gives to another customer does not tell which', async () => {
    const answer = await collector.ingest(collector.token('ingest', ['hofer'], 'reports'), {
      ...alert('db-7.geheim.example'),
      customer: undefined,
    });
    expect(answer).toMatchObject({status: 403, json: {code: 'FORBIDDEN'}});
    expect(answer.text.replaceAll('db-7.geheim.example', '')).not.toMatch(/geheim/i);
  });

  test('who watches all hosts, or names one, gets the figures of his own', async () => {
    const watcher = await collector.console(collector.token('viewer', ['hofer'], 'watcher'));
    await watcher.subscribe();
    await collector.ingest(collector.token('ingest', null, 'both'), [
      alert('srv-02.geheim.example', {customer: undefined}),
      alert('kasse', {customer: 'hofer'}),
    ]);
    const keys = () => watcher.frames.flatMap(frame => (frame.t === 'samples' ? frame.hosts.map(({key}) => key) : []));
    for (const hosts of ['all', ['geheim||srv-02.geheim.example', 'hofer||kasse']] as const) {
      const told = watcher.next(frame => frame.t === 'samples');
      watcher.send({t: 'watch', hosts});
      await told;
    }
    // Whatever was still to come has come before the answer to this.
    watcher.send({t: 'ask', id: 1, host: 'hofer||kasse', spanMs: HOUR_MS, points: 1});
    await watcher.until(frame => frame.t === 'history');
    expect(keys()).toEqual(['hofer||kasse', 'hofer||kasse']);
    expect(watcher.text).not.toContain('geheim');
  });

  test('how much there is of all customers together is not for one of them', async () => {
    const {status, text: said} = await collector.http('GET', '/metrics', {
      token: collector.token('viewer', ['hofer'], 'curious'),
    });
    expect(status).toBe(403);
    expect(said).not.toContain('nocturne_');
    const {text: counted} = await collector.http('GET', '/metrics', {token: collector.token('viewer')});
    expect(Number(/nocturne_refused_total\{reason="command"\} (\d+)/.exec(counted)?.[1])).toBeGreaterThan(0);
  });
});
