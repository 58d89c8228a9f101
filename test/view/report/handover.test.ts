import {expect, test} from 'vitest';
import type {Contract} from '../../../src/domain/contract.ts';
import type {DomainEvent} from '../../../src/domain/event.ts';
import {occurrenceId} from '../../../src/domain/occurrence-id.ts';
import {HOUR, MINUTE} from '../../../src/domain/time.ts';
import {createFormat} from '../../../src/runtime/format.ts';
import {createTranslate} from '../../../src/runtime/i18n.ts';
import {handoverReport} from '../../../src/view/report/handover.ts';
import {NIGHT} from '../../support/clock.ts';
import {text} from '../../support/frames.ts';
import {MemoryStore} from '../../wall/memory-store.ts';
import {raised} from '../../wall/night.ts';

process.env.TZ = 'Europe/Berlin';

const gold: Contract = {
  tier: 'gold',
  calendar: {timeZone: 'Europe/Berlin', weekly: null},
  priorities: {P1: {response: {amount: 15, unit: 'minute'}, resolution: null, update: null}},
  availabilityPercent: null,
  ackCountsAsResponse: true,
};

function incident(n: number, host: string, service: string, summary: string): readonly DomainEvent[] {
  const id = occurrenceId(n);
  return [
    raised({n, customer: 'mueller', host, service, severity: 'critical', summary}),
    {type: 'incident.opened', incident: id, site: '', cause: `mueller||${host}|${service}`, priority: 'P1'},
    {type: 'incident.joined', incident: id, alert: id, because: 'sameCause'},
  ];
}

function handover(): readonly string[] {
  const store = new MemoryStore();
  store.addCollector('berlin', NIGHT);
  const customer = {id: 'mueller', name: text('Müller'), state: 'BY', timezone: 'Europe/Berlin', contract: gold};
  store.append('berlin', NIGHT - 24 * HOUR, [{type: 'customer.defined', customer}]);
  store.append('berlin', NIGHT - 20 * MINUTE, incident(1, 'nas-01', 'backup-rpo', 'backup-rpo'), 'mueller');
  store.append('berlin', NIGHT - 5 * MINUTE, incident(2, 'srv-01', 'raid', 'Platte 4 ausgefallen'), 'mueller');
  const t = createTranslate('de');
  const context = {t, format: createFormat('de', t), now: NIGHT, me: null};
  return handoverReport({view: store.getSnapshot(), hosts: [], since: NIGHT - 8 * HOUR}, context);
}

test('a deadline that has passed stands there as breached, one to come as its time (HD-1)', () => {
  const rows = handover().filter(line => line.startsWith('| '));
  const [late, ...more] = rows.filter(row => row.includes('nas-01'));
  expect(more).toHaveLength(1);
  expect(late).toContain('**02:42 verletzt**');
  expect(more[0]).toContain('**02:42 verletzt**');
  for (const row of rows.filter(it => it.includes('srv-01'))) expect(row).not.toContain('verletzt');
});

test('what is wrong is said once, and the service where the words do not name it', () => {
  const shown = handover().join('\n');
  expect(shown).toContain('nas-01: letzte gute Sicherung zu alt');
  expect(shown).toContain('srv-01 / raid: Platte 4 ausgefallen');
});
