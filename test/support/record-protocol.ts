import {mkdirSync, writeFileSync} from 'node:fs';
import packageJson from '../../package.json' with {type: 'json'};
import type {CommandBody} from '../../src/domain/command.ts';
import {alert, OpenCollector} from '../collector/support/open-collector.ts';
import {NIGHT} from './clock.ts';
import {TWO_CUSTOMERS} from './collector-process.ts';
import {text} from './frames.ts';

/** Customers, and who is on call for one of them. */
const withOnCall = (person: string) => `${TWO_CUSTOMERS}onCall:
  people:
    jana: {name: Jana Berg, contact: "+49 171 5550101"}
    ben: {name: Ben Krüger}
  schedules:
    - id: technik
      name: Technik
      customers: [mueller]
      layers: [{rotation: weekly, start: 2026-11-02, handover: "08:00", people: [jana, ben]}]
      overrides: [{start: "2026-12-24T08:00", end: "2026-12-25T08:00", person: ${person}}]
`;

const folder = new URL('../fixtures/protocol/', import.meta.url);

/**
 * What a console and a collector of this release say to each other, a frame a line. The recordings of released versions stay as
 * they are, later releases have to understand them; that of the one being made is made anew by
 * `node test/support/record-protocol.ts --write`.
 */
export async function recordProtocol(): Promise<string> {
  await using collector = await OpenCollector.start(withOnCall('jana'));
  const ingest = collector.token('ingest');
  await collector.ingest(ingest, [alert('srv-01'), alert('srv-02', {customer: 'hofer', severity: 'warning'})]);
  const console = await collector.console(collector.token('technician', null, 'jana'));
  const lines: string[] = [];
  let taken = 0;
  const take = () => {
    for (const frame of console.frames.slice(taken)) lines.push(JSON.stringify({from: 'collector', frame}));
    taken = console.frames.length;
  };
  const send = console.send.bind(console);
  console.send = frame => {
    take();
    lines.push(JSON.stringify({from: 'console', frame}));
    send(frame);
  };

  await console.subscribe();
  console.send({t: 'watch', hosts: 'all'});
  const [first] = console.state?.alerts.keys() ?? [];
  const occurrence = first ?? '';
  const commands: readonly CommandBody[] = [
    {kind: 'ack', occurrence, note: text('Rotation der Logs hängt'), until: NIGHT + 3_600_000, sticky: false},
    {kind: 'note', occurrence, text: text('Platte bestellt'), customerVisible: true},
    {kind: 'escalate', occurrence, level: null},
    {kind: 'snooze', occurrence, until: NIGHT + 1_800_000},
    {kind: 'unsnooze', occurrence},
    {kind: 'unack', occurrence},
    {kind: 'unack', occurrence: 'ZZZZ'},
    {
      kind: 'downtime',
      customer: 'hofer',
      site: null,
      host: 'srv-02',
      service: null,
      start: NIGHT,
      end: NIGHT + 3_600_000,
      comment: text('Wartung'),
    },
    {kind: 'resolve', occurrence},
  ];
  for (const body of commands) await console.command(body);
  await collector.ingest(ingest, alert('srv-02', {customer: 'hofer', status: 'resolved'}));
  await collector.running.reload(collector.config(withOnCall('ben')));
  const marked = console.next(frame => frame.t === 'mark');
  await collector.outside.advanceAsync(10_000);
  await marked;
  console.send({t: 'ask', id: 1, host: 'mueller||srv-01', spanMs: 3_600_000, points: 4});
  await console.until(frame => frame.t === 'history');
  take();
  await console.close();
  return `${lines.join('\n')}\n`;
}

if (import.meta.main && process.argv.includes('--write')) {
  mkdirSync(folder, {recursive: true});
  writeFileSync(new URL(`${packageJson.version}.jsonl`, folder), await recordProtocol());
}
