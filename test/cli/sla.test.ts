import {describe, expect, test} from 'vitest';
import {openSite, type Site} from './support/site.ts';

// Clocks are those of the machine: of these answers it stands in Berlin.
process.env.TZ = 'Europe/Berlin';

const OFFICE = `
customers:
  - {id: mueller, name: Müller Maschinenbau GmbH, state: DE-BY, timezone: Europe/Berlin, sla: gold}
  - {id: hofer, name: "Hofer | Söhne KG", state: DE-HE, timezone: Europe/Berlin, sla: office}
  - {id: kassel, name: Kassel Logistik, state: DE-HE, timezone: Europe/Berlin}
slaTiers:
  gold:
    hours: 24x7
    availability: 99.5
    priorities: {P2: {response: 1h, resolution: 8h, update: 4h}}
  office:
    hours: {mon-fri: "08:00-17:00"}
    priorities: {P2: {response: 1h, resolution: 8h}}
sources:
  - {name: custom, type: generic}
`;

async function evening(): Promise<Site> {
  const site = await openSite(OFFICE);
  await site.alert({customer: 'mueller'});
  await site.alert({customer: 'hofer'});
  site.shell.outside.jump(50 * 60_000);
  return site;
}

describe('sla', () => {
  test('--json: hours, clocks, the month from the log, and null for what nobody knows', async () => {
    await using site = await evening();
    const {json, code} = await site.shell.run('sla --json');
    expect(code).toBe(0);
    expect(json).toEqual({
      sla: [
        {
          customer: 'mueller',
          name: 'Müller Maschinenbau GmbH',
          collector: 'berlin',
          tier: 'gold',
          hours: {open: true, changesAt: null},
          clocks: {running: 3, paused: 0, atRisk: 1, breached: 0},
          nextDueAt: '2026-11-21T02:47:00Z',
          month: {month: '2026-11', met: 0, breached: 0, compliancePercent: null, asOf: '2026-11-21T02:37:00Z'},
          availability: {
            targetPercent: 99.5,
            percent: null,
            budgetRemainingSeconds: null,
            budgetLeftPercent: null,
            hasGaps: null,
            service: null,
          },
        },
        expect.objectContaining({
          customer: 'hofer',
          hours: {open: false, changesAt: '2026-11-23T07:00:00Z'},
          nextDueAt: '2026-11-23T08:00:00Z',
        }),
        expect.objectContaining({customer: 'kassel', tier: null, hours: null, nextDueAt: null}),
      ],
    });
  });

  test('one customer of several, and none that is not there: exit 3', async () => {
    await using site = await evening();
    const {json} = await site.shell.run('sla --customer hofer --json');
    expect(json).toMatchObject({sla: [{customer: 'hofer'}]});
    const unknown = await site.shell.run('sla --customer nobody');
    expect(unknown).toMatchObject({code: 3, out: '', err: expect.stringContaining('no collector knows that customer')});
  });

  test('on a terminal: who breaches first at the top, in German', async () => {
    await using site = await evening();
    const {out} = await site.shell.run('sla --lang de --no-color', {columns: 130});
    const [head, first, second, third] = out.split('\n');
    expect(head).toMatch(
      /^FRIST +KUNDE +VERTRAG +SERVICEZEIT +LÄUFT +GEFÄHRDET +VERLETZT +MONAT +VERFÜGB\. +ZIEL +BUDGET$/,
    );
    expect(first).toMatch(/^10 min +Müller Maschinenb.* gold +rund um die Uhr +3 +1 +· +– +– +99,5 % +–$/);
    expect(second).toMatch(/^2 T +Hofer \| Söhne KG +office +zu bis Mo 08:00 /);
    expect(third).toMatch(/ohne Vertrag/);
  });

  test('a customer outside of the token is not listed (rule 19)', async () => {
    await using site = await evening();
    const file = site.tokenFile('viewer', 'hofer', ['hofer']);
    const {json} = await site.shell.run(`sla --json --token-file ${file}`);
    expect(json).toMatchObject({sla: [{customer: 'hofer'}]});
  });
});

describe('report customer (RP-1)', () => {
  test('is Markdown with every section, and says what is not known', async () => {
    await using site = await evening();
    const {out, code} = await site.shell.run('report customer mueller --month 2026-11 --lang de');
    expect(code).toBe(0);
    expect(out).toContain('# Monatsbericht 2026-11: Müller Maschinenbau GmbH');
    expect(out.match(/^## .*/gm)).toEqual([
      '## 1 Überblick',
      '## 2 Verfügbarkeit',
      '## 3 Einhaltung der Fristen',
      '## 4 Störungen',
      '## 5 Datensicherung',
      '## 6 Sicherheit',
      '## 7 Wartung',
      '## 8 bis 12 Was der Sammler nicht weiß',
    ]);
    expect(out).toMatch(/^\| P2 +\| Reaktion +\| 0 +\| 0 +\| 1 +\| keine Fälle \|$/m);
    expect(out).toContain('Zeit bis zur Reaktion (MTTA): keine Fälle');
    expect(out).not.toContain('100 %');
  });

  test('texts from outside format nothing (rule 42)', async () => {
    await using site = await evening();
    const {out} = await site.shell.run('report customer hofer --month 2026-11');
    expect(out).toContain('# Monthly report 2026-11: Hofer \\| Söhne KG');
  });

  test('--json says times as RFC 3339 and durations in seconds, as every command does', async () => {
    await using site = await evening();
    const id = await site.alert({customer: 'mueller', host: 'db-01'});
    await site.shell.run(`ack ${id}`);
    await site.shell.run('downtime --customer mueller --for 2h -m Wartung');
    const {out, json} = await site.shell.run('report customer mueller --month 2026-11 --json');
    expect(out).not.toMatch(/Ms"|\d{13}/);
    expect(json).toMatchObject({
      months: [
        {
          month: '2026-11',
          from: '2026-10-31T23:00:00Z',
          to: '2026-11-30T23:00:00Z',
          asOf: expect.stringMatching(/^2026-11-21T.*Z$/),
          incidents: {toAcknowledge: {meanSeconds: expect.any(Number), n: 1}, toResolve: {meanSeconds: null, n: 0}},
          maintenance: [{startsAt: expect.stringMatching(/Z$/), endsAt: expect.stringMatching(/Z$/)}],
        },
      ],
    });
  });

  test('comes from the collectors that answer, and says which do not', async () => {
    await using site = await evening();
    const answer = await site.shell.run(
      `report customer mueller --month 2026-11 --json --url ${site.url} --url ws://127.0.0.1:1`,
    );
    expect(answer).toMatchObject({code: 0, json: {months: [{customer: 'mueller'}]}});
    expect(answer.err).toMatch(/127\.0\.0\.1:1: .*ECONNREFUSED/);
    const nowhere = await site.shell.run(
      `report customer nobody --month 2026-11 --url ${site.url} --url ws://127.0.0.1:1`,
    );
    expect(nowhere).toMatchObject({code: 7, out: ''});
  });

  test('a month that is none and a customer that nobody knows are said so', async () => {
    await using site = await evening();
    expect(await site.shell.run('report customer mueller --month 2026-13')).toMatchObject({code: 2, out: ''});
    expect(await site.shell.run('report customer nobody --month 2026-11')).toMatchObject({code: 3, out: ''});
    expect(await site.shell.run('report customer mueller')).toMatchObject({code: 2, out: ''});
  });

  test('rule 19: a token of another customer gets nothing: exit 5', async () => {
    await using site = await evening();
    const file = site.tokenFile('viewer', 'hofer', ['hofer']);
    expect(await site.shell.run(`report customer mueller --month 2026-11 --token-file ${file}`)).toMatchObject({
      code: 5,
      out: '',
    });
  });
});

test('handover: what is open with its owner, what comes due, and what the shift came to (HD-1)', async () => {
  await using site = await evening();
  const id = await site.alert({customer: 'mueller', host: 'db-01', summary: 'RAID *degradiert*'});
  await site.shell.run(['ack', id, '-m', 'Platte bestellt', '--for', '2h']);
  const {out, code} = await site.shell.run('handover --lang de');
  expect(code).toBe(0);
  expect(out).toMatch(
    new RegExp(`^\\| ${id} +\\| P2 +\\| .* \\| db-01: RAID \\\\\\*degradiert\\\\\\* +\\| jana +\\|`, 'm'),
  );
  expect(out).toContain('| **niemand** |');
  expect(out).toContain('- Alarme geöffnet: 3');
  expect(out).toContain('- Zeit bis zur Quittierung: 0 min, 1 Fall');
  expect(out).toMatch(/## 5 Wartung.*\n\nkeine/);
  expect(out.match(/^## \d+/gm)).toEqual(['## 1', '## 2', '## 3', '## 4', '## 5', '## 7', '## 8', '## 10']);
  const report = await site.shell.run('report customer mueller --month 2026-11 --lang de');
  expect(report.out).toMatch(/^- Zeit bis zur Reaktion \(MTTA\): \S+ min, 1 Fall$/m);
  const short = await site.shell.run('handover --since 10m --lang en');
  expect(short.out).toContain('- Alerts opened: 1');
});
