import {Agenda} from './agenda.ts';
import {playFaults} from './night-faults.ts';
import {playOutages, playPulses, playSilence} from './night-outages.ts';
import {chance} from './seeded.ts';
import type {DemoFault, DemoHost, DemoWorld} from './world.ts';

/** What an upstream says of one fault, times in milliseconds since the night began (before it: negative). */
export interface FaultReport {
  readonly type: 'report';
  readonly atMs: number;
  readonly host: DemoHost;
  readonly fault: DemoFault;
  /** Known by this as long as it lives. */
  readonly key: string;
  readonly status: 'firing' | 'resolved';
  readonly severity: string;
  readonly service: string;
  /** Of a full disk: which. */
  readonly mount: string | null;
  readonly summary: string;
  readonly output: string;
  readonly startedMs: number;
}

/** The figures of a host show a fault from now on; null: no more. */
export interface Strain {
  readonly type: 'strain';
  readonly atMs: number;
  readonly host: DemoHost;
  readonly metric: 'cpu' | 'memory' | 'disk';
  readonly mount: string | null;
  readonly percent: number | null;
}

/** What the probes of the sites say of all devices that they can speak of. */
export interface Pulse {
  readonly type: 'pulse';
  readonly atMs: number;
  /** Firewalls before what is behind them. */
  readonly states: readonly {readonly host: DemoHost; readonly isUp: boolean; readonly output: string}[];
}

export type NightEvent = FaultReport | Strain | Pulse;

/** What the parts of a night share. */
export interface Stage {
  readonly world: DemoWorld;
  readonly devices: readonly DemoHost[];
  readonly agenda: Agenda;
  readonly emit: (event: NightEvent) => void;
  /** Devices that do not answer, and what the probe says then. */
  readonly down: Map<DemoHost, string>;
  /** Devices whose probe says nothing. */
  readonly silent: Set<DemoHost>;
}

/**
 * A night of the demo: what happens when, for as long as somebody asks. Pure: the same seed and world give the same night.
 *
 * It begins in the middle of things; then faults come, get worse, flap, recover and come back, firewalls fall and take what is
 * behind them along, and a site falls silent now and then.
 *
 * @returns Events in the order of `atMs`, without end.
 */
export function* night(seed: number, world: DemoWorld): Generator<NightEvent, never> {
  const events: NightEvent[] = [];
  const stage: Stage = {
    world,
    devices: world.hosts.filter(host => host.kind === 'device'),
    agenda: new Agenda(),
    emit: event => void events.push(event),
    down: new Map(),
    silent: new Set(),
  };
  const dice = chance(seed);
  playOutages(stage, chance(dice.between(0, 2 ** 32 - 1)));
  playSilence(stage, chance(dice.between(0, 2 ** 32 - 1)));
  playPulses(stage);
  playFaults(stage, dice);
  for (;;) {
    stage.agenda.runNext();
    yield* events.splice(0);
  }
}
