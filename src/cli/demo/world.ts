import faultsJson from '../../../config/demo/faults.json' with {type: 'json'};
import landscapeJson from '../../../config/demo/landscape.json' with {type: 'json'};

/** A machine of a demo customer. Devices have no exporter; they answer to the probe of their site, or do not. */
export interface DemoHost {
  readonly customer: string;
  readonly site: string;
  readonly host: string;
  readonly kind: 'linux' | 'windows' | 'device';
  readonly roles: readonly string[];
  readonly criticality: 'A' | 'B' | 'C';
  /** Behind these: when they are down, it cannot be reached. */
  readonly parents: readonly string[];
  readonly cores: number;
  /** Mount point or drive to used percent on a good day. */
  readonly disks: Readonly<Record<string, number>>;
  /** Its site falls silent now and then. */
  readonly isSilentAtTimes: boolean;
}

export interface DemoCustomer {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly sla: string;
}

/** How bad a fault is for how long, and what is said of it. `{name}` in a text stands for a number of the fault. */
export interface FaultStep {
  readonly severity: string;
  readonly summary: string;
  readonly output: string;
  /** How long it lasts, from and to. */
  readonly seconds: readonly number[];
  /** Of a fault with a strain: how full or busy, from and to. */
  readonly percent?: readonly number[];
}

/** A fault that happens to machines of some roles, told by one of the two webhooks. */
export interface DemoFault {
  readonly id: string;
  readonly via: 'alertmanager' | 'generic';
  readonly roles: readonly string[];
  /** Only machines of these kinds. */
  readonly kinds?: readonly string[];
  readonly alertname?: string;
  readonly service: string;
  readonly runbook: string;
  /** Figures of the host that show the same. */
  readonly strain?: 'disk' | 'cpu' | 'memory';
  /** Comes and goes this often before it is over, from and to. */
  readonly flaps?: readonly number[];
  /** Numbers in its texts, from the first step's to the last one's. */
  readonly numbers: Readonly<Record<string, readonly number[]>>;
  readonly steps: readonly FaultStep[];
}

/** Something that was there before anybody looked. */
export interface OpeningFault {
  readonly fault: string;
  readonly customer: string;
  readonly host: string;
  readonly step: number;
  readonly agoSeconds: number;
}

/** A machine that goes away, with everything behind it. */
export interface DemoOutage {
  readonly customer: string;
  readonly site: string;
  readonly host: string;
  readonly isOpening: boolean;
  readonly output: string;
  readonly dependent: string;
}

/** Who and what there is in the demo, and what can happen to it. */
export interface DemoWorld {
  readonly customers: readonly DemoCustomer[];
  readonly tiers: object;
  readonly hosts: readonly DemoHost[];
  readonly faults: readonly DemoFault[];
  readonly opening: readonly OpeningFault[];
  readonly outages: readonly DemoOutage[];
}

/** A host as `config/demo/landscape.json` has it. */
interface WrittenHost {
  readonly host: string;
  readonly kind: string;
  readonly roles: readonly string[];
  readonly criticality?: string;
  readonly parents?: readonly string[];
  readonly cores?: number;
  readonly disks?: object;
}

function hostOf(customer: string, site: string, isSilentAtTimes: boolean, written: WrittenHost): DemoHost {
  const {host, kind, roles, criticality = 'B', parents = [], cores = 1, disks = {}} = written;
  return {
    customer,
    site,
    host,
    kind: kind as DemoHost['kind'],
    roles,
    criticality: criticality as DemoHost['criticality'],
    parents,
    cores,
    disks: {...disks} as Readonly<Record<string, number>>,
    isSilentAtTimes,
  };
}

/** The world of `config/demo`: eight invented customers of an invented service provider. */
export function demoWorld(): DemoWorld {
  const {customers, tiers} = landscapeJson;
  return {
    customers: customers.map(({id, name, state, sla}) => ({id, name, state, sla})),
    tiers,
    hosts: customers.flatMap(({id, sites}) =>
      sites.flatMap(site =>
        site.hosts.map(host => hostOf(id, site.name, 'isSilentAtTimes' in site && site.isSilentAtTimes, host)),
      ),
    ),
    faults: faultsJson.faults as readonly DemoFault[],
    opening: faultsJson.opening,
    outages: faultsJson.outages,
  };
}
