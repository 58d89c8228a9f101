import {describe, expect, test} from 'vitest';
import type {CustomerMonth} from '../../src/domain/report/customer-month.ts';
import {type MonthFigures, monthFigures} from '../../src/domain/report/month-figures.ts';
import {DAY, HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import {at} from '../domain/sla/calendars.ts';
import {virtualOutside} from '../support/clock.ts';
import {alert, OpenCollector} from './support/open-collector.ts';
import type {TestConsole} from './support/test-console.ts';

const BODY = `
customers:
  - {id: mueller, name: Müller Maschinenbau GmbH, state: DE-BY, timezone: Europe/Berlin, sla: gold, match: [{label: tenant, value: mueller}]}
  - {id: hofer, name: Hofer KG, state: DE-HE, timezone: Europe/Berlin, sla: gold, match: [{label: tenant, value: hofer}]}
  - {id: fulda, name: Stadtwerke Fulda, timezone: Europe/Berlin}
slaTiers:
  gold:
    hours: 24x7
    availability: 99.5
    priorities: {P2: {response: 1h, resolution: 8h}}
sources:
  - {name: custom, type: generic}
`;
const START = at('2026-10-20T12:00:00+02:00');
const LOOK = 10 * SECOND;

async function october(): Promise<OpenCollector> {
  return OpenCollector.start(BODY, virtualOutside({now: START}));
}

/** The newest figures that a console was sent, by customer. */
function figuresAt({frames}: TestConsole): ReadonlyMap<string, MonthFigures> {
  const told = frames.flatMap(frame => (frame.t === 'months' ? frame.months : []));
  return new Map(told.map(figures => [figures.customer, figures]));
}

/** Time passes without a second-by-second of it: what fell due happens at its end, late. */
async function pass(collector: OpenCollector, ms: number): Promise<void> {
  collector.outside.jump(ms);
  await collector.outside.advanceAsync(LOOK);
}

/** Lets the board look, and what it says come. */
async function look(collector: OpenCollector, console: TestConsole): Promise<ReadonlyMap<string, MonthFigures>> {
  await collector.outside.advanceAsync(LOOK + 2 * SECOND);
  const marked = console.next(({t}) => t === 'mark');
  await collector.outside.advanceAsync(LOOK);
  await marked;
  return figuresAt(console);
}

async function fromReport(collector: OpenCollector, token: string, {customer, month, asOf}: MonthFigures) {
  const {json} = await collector.http('GET', `/v1/customers/${customer}/months/${month}`, {token});
  return {...monthFigures(json as CustomerMonth), asOf};
}

describe('how the month of each customer stands', () => {
  test('is told over the whole month, also of incidents that the table has long forgotten, and as the report has it', async () => {
    await using collector = await october();
    const token = collector.token('technician');
    const ingest = collector.token('ingest');
    const console = await collector.console(token);
    await console.subscribe();
    await collector.ingest(ingest, alert('srv-01'));
    await pass(collector, 90 * MINUTE);
    await collector.ingest(ingest, alert('srv-01', {status: 'resolved'}));
    // Closed, forgotten, and its cause can bring it back no more (SL-7).
    for (const ms of [HOUR, 2 * DAY, 3 * DAY]) await pass(collector, ms);
    await collector.ingest(ingest, alert('srv-02'));
    const figures = await look(collector, console);
    expect(console.state?.incidents.size).toBe(1);
    const mueller = figures.get('mueller');
    expect(mueller).toMatchObject({month: '2026-10', met: 1, breached: 1, worst: null});
    expect(mueller && (await fromReport(collector, token, mueller))).toEqual(mueller);
    expect([...figures.keys()].sort()).toEqual(['hofer', 'mueller']);
    expect(console.faults).toEqual([]);
  });

  test('is there before `live`, the same after a restart, and no part of the log', async () => {
    await using collector = await october();
    const ingest = collector.token('ingest');
    await collector.ingest(ingest, alert('srv-01'));
    await pass(collector, 90 * MINUTE);
    await collector.ingest(ingest, alert('srv-01', {status: 'resolved'}));
    await collector.outside.advanceAsync(LOOK);
    const before = await collector.console(collector.token('technician'));
    await before.subscribe();
    await look(collector, before);
    await collector.restart();
    const after = await collector.console(collector.token('technician', null, 'after'));
    await after.subscribe();
    const figures = await look(collector, after);
    expect(figures.get('mueller')).toMatchObject({met: 1, breached: 1});
    const {seq} = after;
    await pass(collector, 6 * MINUTE);
    expect(after.seq).toBe(seq);
    const late = await collector.console(collector.token('viewer', null, 'late'));
    await late.subscribe();
    const kinds = late.frames.map(({t}) => t);
    expect(kinds.indexOf('months')).toBeGreaterThan(-1);
    expect(kinds.indexOf('months')).toBeLessThan(kinds.indexOf('live'));
  });

  test('is for those alone who may see the customer (rule 19)', async () => {
    await using collector = await october();
    const console = await collector.console(collector.token('viewer', ['hofer'], 'hofer'));
    await console.subscribe();
    const figures = await look(collector, console);
    expect([...figures.keys()]).toEqual(['hofer']);
    expect(console.text).not.toContain('"customer":"mueller"');
  });

  test('is told again when five minutes have passed without anything, and not before', async () => {
    await using collector = await october();
    const console = await collector.console(collector.token('viewer'));
    await console.subscribe();
    const first = (await look(collector, console)).get('mueller')?.asOf ?? 0;
    const again = console.next(({t}) => t === 'months');
    await collector.outside.advanceAsync(5 * MINUTE + 2 * LOOK);
    await again;
    const told = console.frames.flatMap(frame => (frame.t === 'months' ? frame.months : []));
    const ours = told.filter(({customer, asOf}) => customer === 'mueller' && asOf > first);
    expect(ours).toHaveLength(1);
    expect((ours[0]?.asOf ?? 0) - first).toBeGreaterThanOrEqual(5 * MINUTE);
  });

  test('begins anew with the month on the wall of the customer', async () => {
    await using collector = await OpenCollector.start(BODY, virtualOutside({now: at('2026-10-31T20:00:00+01:00')}));
    const ingest = collector.token('ingest');
    const console = await collector.console(collector.token('viewer'));
    await console.subscribe();
    await collector.ingest(ingest, alert('srv-01'));
    await pass(collector, 2 * HOUR);
    expect((await look(collector, console)).get('mueller')).toMatchObject({month: '2026-10', breached: 1});
    await pass(collector, 3 * HOUR);
    expect((await look(collector, console)).get('mueller')).toMatchObject({month: '2026-11', met: 0, breached: 0});
  });
});
