import type {Instant} from '../../domain/time.ts';
import {demoBackups} from './backups.ts';
import {exporterUrl} from './fake-exporters.ts';
import {demoOnCall} from './on-call.ts';
import {SOURCES} from './payloads.ts';
import type {DemoWorld} from './world.ts';

/** What of this very machine the demo can watch. */
export interface OwnMachine {
  readonly hostname: string;
  /** Plugins that are installed. */
  readonly plugins: readonly string[];
  /** A node_exporter that answers here; null when none does. */
  readonly exporterUrl: string | null;
  readonly isRoot: boolean;
}

/** Where the demo's parts listen and keep their data. */
export interface DemoPlaces {
  readonly port: number;
  readonly exporterPort: number;
  readonly data: string;
  /** When the demo begins. */
  readonly now: Instant;
}

const OWN_CUSTOMER = 'eigen';
const EVERY = '10s';

/** Checks that say something on any machine, by the plugin's name. */
const PLUGIN_CHECKS = [
  {service: 'Platte /', command: ['check_disk', '-w', '10%', '-c', '5%', '-p', '/']},
  {service: 'Last', command: ['check_load', '-r', '-w', '4,3,2', '-c', '8,6,4']},
  {service: 'Prozesse', command: ['check_procs', '-w', '1000', '-c', '2000']},
] as const;

/** Real checks of this machine and of the demo's own collector. */
function ownChecks({hostname: host, plugins}: OwnMachine, port: number): readonly object[] {
  const own = {host, customer: OWN_CUSTOMER, every: EVERY};
  return [
    {...own, type: 'ping', address: '127.0.0.1'},
    {...own, service: 'Nocturne-Port', type: 'tcp', address: '127.0.0.1', port},
    {...own, service: 'Nocturne', type: 'http', url: `http://127.0.0.1:${port}/healthz`, expectText: 'ok'},
    ...PLUGIN_CHECKS.filter(({command: [name]}) => plugins.includes(name)).map(check => ({
      ...own,
      type: 'plugin',
      ...check,
    })),
  ];
}

/** The configuration of the demo's collector, as contract.md has it. JSON is YAML too. */
export function demoConfig(world: DemoWorld, places: DemoPlaces, machine: OwnMachine): object {
  const {port, exporterPort, data} = places;
  const scraped = world.hosts.filter(host => host.kind !== 'device');
  const {hostname, isRoot} = machine;
  const ownExporter = {host: hostname, customer: OWN_CUSTOMER, type: 'node', url: machine.exporterUrl, every: EVERY};
  return {
    collector: {
      name: 'demo',
      tag: 'D',
      listen: `127.0.0.1:${port}`,
      data,
      ...(isRoot ? {pluginUser: 'nobody'} : {}),
    },
    slaTiers: world.tiers,
    customers: [
      ...world.customers.map(customer => ({
        ...customer,
        timezone: 'Europe/Berlin',
        match: [{label: 'tenant', value: customer.id}],
      })),
      {id: OWN_CUSTOMER, name: 'Diese Maschine', timezone: 'Europe/Berlin'},
    ],
    hosts: world.hosts.map(({host, customer, site, parents, criticality}) => ({
      host,
      customer,
      site,
      criticality,
      ...(parents.length > 0 ? {parents} : {}),
    })),
    sources: [
      {name: SOURCES.alertmanager, type: 'alertmanager', customerLabel: 'tenant'},
      {name: SOURCES.scripts, type: 'generic'},
      {name: SOURCES.probes, type: 'generic', expectEvery: '60s'},
    ],
    checks: [
      ...ownChecks(machine, port),
      ...scraped.map(({host, customer, site}) => ({
        ...{host, customer, site, every: '15s', type: 'tcp', address: '127.0.0.1', port: exporterPort},
      })),
    ],
    exporters: [
      ...scraped.map(host => ({
        host: host.host,
        customer: host.customer,
        site: host.site,
        type: host.kind === 'windows' ? 'windows' : 'node',
        url: exporterUrl(host, exporterPort),
        every: EVERY,
      })),
      ...(machine.exporterUrl === null ? [] : [ownExporter]),
    ],
    backups: demoBackups(world, places.now),
    onCall: demoOnCall(places.now),
  };
}
