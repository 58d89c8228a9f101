import {hostKey} from '../../src/domain/address.ts';
import type {HostSample} from '../../src/domain/check.ts';
import type {DomainEvent} from '../../src/domain/event.ts';
import {occurrenceId} from '../../src/domain/occurrence-id.ts';
import {HOUR, type Instant, MINUTE, SECOND} from '../../src/domain/time.ts';
import {type VirtualOutside, virtualOutside} from '../support/clock.ts';
import {acknowledged, checked, customerDefined, hostDefined, raised, resolved, type Trouble} from '../support/facts.ts';
import {text} from '../support/frames.ts';
import {VirtualNoc} from '../support/virtual-noc.ts';

export {acknowledged, checked, customerDefined, hostDefined, raised, resolved, type Trouble};

export function sampleOf(at: Instant, cpu: number, memory: number, disk: number): HostSample {
  return {
    at,
    cpuPercent: cpu,
    memoryPercent: memory,
    diskPercent: disk,
    disks: [
      {mount: text('/'), usedPercent: disk - 20, sizeBytes: 50e9},
      {mount: text('/var'), usedPercent: disk, sizeBytes: 200e9},
    ],
    loadPerCore: cpu / 50,
    uptimeSeconds: 40 * 24 * 3600,
    temperatureCelsius: null,
    latencyMs: null,
  };
}

const CUSTOMERS = {
  mueller: 'Müller Maschinenbau GmbH',
  baecker: 'Bäcker AG',
  fulda: 'Stadtwerke Fulda',
  hofer: 'Hofer KG',
  kassel: 'Kassel Logistik',
} as const;

export interface Night {
  readonly outside: VirtualOutside;
  readonly noc: VirtualNoc;
}

/** The collectors of the sketch, live, knowing their customers and hosts; nothing is wrong. */
export function calmNight(): Night {
  const outside = virtualOutside();
  const noc = new VirtualNoc(outside);
  const now = outside.clock.now();
  for (const name of ['berlin', 'hamburg', 'kassel']) noc.addCollector(name, {heardAt: now - 3 * HOUR});
  const at = now - 2 * HOUR;
  noc.append(
    'berlin',
    defined(['mueller', 'baecker'], {mueller: ['srv-db-01', 'vm-host-3', 'fw-01'], baecker: ['fw-01']}),
    {at},
  );
  noc.append('hamburg', defined(['fulda', 'hofer'], {fulda: ['web-02'], hofer: ['nas-01', 'dc-01']}), {at});
  noc.append('kassel', defined(['kassel'], {kassel: ['sw-core', 'wms-01']}), {at});
  for (const [index, name] of ['berlin', 'hamburg', 'kassel'].entries()) {
    noc.change(name, {heardAt: now - (index + 2) * SECOND});
  }
  return {outside, noc};
}

function defined(
  customers: readonly (keyof typeof CUSTOMERS)[],
  hosts: Readonly<Record<string, readonly string[]>>,
): readonly DomainEvent[] {
  return [
    ...customers.map(id => customerDefined(id, CUSTOMERS[id])),
    ...Object.entries(hosts).flatMap(([customer, names]) =>
      names.flatMap(name => [
        hostDefined(customer, name),
        checked(customer, name, '', 'ok'),
        checked(customer, name, 'disk', 'ok'),
        checked(customer, name, 'load', 'ok'),
      ]),
    ),
  ];
}

/** The night of the sketch: alerts of every kind at three collectors, of which one has gone silent six minutes ago. */
export function busyNight(): Night {
  const night = calmNight();
  const {outside, noc} = night;
  const now = outside.clock.now();
  const ago = (minutes: number) => ({at: now - minutes * MINUTE});
  noc.append(
    'berlin',
    [raised({n: 1, customer: 'mueller', host: 'vm-host-3', service: 'raid', summary: 'RAID degradiert'})],
    ago(48),
  );
  noc.append('berlin', [acknowledged(1, 'Jana', now - 40 * MINUTE, 'Platte ist bestellt')], {...ago(40), by: 'Jana'});
  noc.append(
    'hamburg',
    [
      raised({
        n: 2,
        customer: 'fulda',
        host: 'web-02',
        service: 'tls',
        severity: 'warning',
        summary: 'Zertifikat läuft in 6 Tagen ab',
      }),
    ],
    ago(21),
  );
  noc.append(
    'kassel',
    [
      raised({
        n: 3,
        customer: 'kassel',
        host: 'wms-01',
        service: 'queue',
        severity: 'warning',
        summary: 'Warteschlange 1.200 lang',
      }),
    ],
    ago(15),
  );
  noc.append(
    'hamburg',
    [raised({n: 4, customer: 'hofer', host: 'dc-01', severity: 'unknown', summary: 'Sammler stumm'})],
    ago(11),
  );
  noc.append(
    'berlin',
    [raised({n: 5, customer: 'baecker', host: 'fw-01', site: 'Kassel', summary: 'nicht erreichbar'})],
    ago(8),
  );
  noc.append(
    'berlin',
    Array.from({length: 14}, (_, index) =>
      raised({
        n: 20 + index,
        customer: 'baecker',
        site: 'Kassel',
        host: `pos-${String(index + 1).padStart(2, '0')}`,
        summary: 'nicht erreichbar',
        suppressed: ['unreachable'],
        under: 5,
      }),
    ),
    ago(7),
  );
  noc.append(
    'berlin',
    [
      raised({
        n: 6,
        customer: 'mueller',
        host: 'srv-db-01',
        service: 'disk',
        summary: 'Platte /var 97 %, voll in 6 h',
        content: {
          output: text('DISK CRITICAL - free space: /var 6144 MB (3% inode=91%)'),
          labels: {
            alertname: text('DiskFull'),
            instance: text('srv-db-01:9100'),
            severity: text('critical'),
            team: text('Süd'),
          },
          runbook: text('https://wiki.example/runbooks/platte-voll'),
          url: text('https://prometheus.example/graph?g0.expr=disk'),
          claims: [
            {
              key: 'alertmanager:6f3a',
              severity: 'critical',
              summary: text('Platte /var 97 %'),
              startedAt: now - 5 * MINUTE,
              endedAt: null,
            },
          ],
        },
      }),
    ],
    ago(5),
  );
  noc.append('berlin', [{type: 'alert.escalated', occurrence: occurrenceId(6), level: 2}], {...ago(3), by: 'Ben'});
  noc.append(
    'berlin',
    [
      {
        type: 'alert.noted',
        occurrence: occurrenceId(6),
        note: {at: now - 2 * MINUTE, by: text('Ben'), text: text('Rotation der Logs hängt'), customerVisible: false},
      },
    ],
    {...ago(2), by: 'Ben'},
  );
  noc.append(
    'hamburg',
    [
      raised({
        n: 7,
        customer: 'hofer',
        host: 'nas-01',
        service: 'backup',
        severity: 'warning',
        summary: 'Sicherung spät',
        suppressed: ['downtime'],
      }),
    ],
    ago(60),
  );
  noc.append(
    'hamburg',
    [
      raised({
        n: 8,
        customer: 'fulda',
        host: 'web-02',
        service: 'http',
        severity: 'warning',
        summary: 'Antwort in 4,2 s',
      }),
    ],
    ago(30),
  );
  noc.append('hamburg', [resolved(8)], ago(2));
  noc.change('kassel', {
    link: 'down',
    since: now - 6 * MINUTE,
    heardAt: now - 6 * MINUTE,
    reason: {code: 'TIMEOUT', message: text('keine Antwort')},
  });
  noc.change('berlin', {heardAt: now - 2 * SECOND});
  noc.change('hamburg', {heardAt: now - 4 * SECOND});
  for (const [host, cpu, memory, disk] of [
    ['srv-db-01', 34, 81, 97],
    ['vm-host-3', 12, 55, 40],
    ['fw-01', 3, 20, 11],
  ] as const) {
    noc.sample('berlin', hostKey({customer: 'mueller', site: '', host}), sampleOf(now - 5 * SECOND, cpu, memory, disk));
  }
  noc.append(
    'berlin',
    [checked('mueller', 'srv-db-01', 'disk', 'critical'), checked('baecker', 'fw-01', '', 'critical')],
    ago(1),
  );
  return night;
}

/** More alerts than any screen has rows: every machine of a customer, an hour after the power went. */
export function floodNight(): Night {
  const night = busyNight();
  const {outside, noc} = night;
  const at = outside.clock.now() - HOUR;
  const machines = Array.from({length: 70}, (_, index) =>
    raised({
      n: 100 + index,
      customer: 'mueller',
      host: `fraese-${String(index + 1).padStart(2, '0')}.halle-ost`,
      service: 'ping',
      severity: index % 3 === 0 ? 'critical' : 'warning',
      summary: 'Steuerung antwortet nicht auf Ping, zuletzt um 01:46 gesehen',
    }),
  );
  noc.append('berlin', machines, {at});
  return night;
}
