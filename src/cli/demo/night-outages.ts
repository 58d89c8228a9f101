import type {Stage} from './night.ts';
import type {Chance} from './seeded.ts';
import type {DemoHost, DemoOutage} from './world.ts';

const SECOND = 1000;

/** Devices are asked this often. */
export const PULSE_SECONDS = 10;

/** Seconds, from and to. */
const FIRST_OUTAGE = [150, 260] as const;
const OUTAGE = [60, 170] as const;
const BETWEEN_OUTAGES = [180, 420] as const;
const SILENCE = [80, 160] as const;
const BETWEEN_SILENCES = [200, 420] as const;

/** All devices say how they are, again and again; firewalls first, so that what is behind them is no fault of its own. */
export function playPulses({agenda, emit, devices, down, silent}: Stage): void {
  const ordered = devices.toSorted((a, b) => a.parents.length - b.parents.length);
  const pulse = (atMs: number) => {
    // The first pulse is everybody's, so that a silent site is missed.
    const heard = ordered.filter(host => atMs === 0 || !silent.has(host));
    const states = heard.map(host => ({host, isUp: !down.has(host), output: down.get(host) ?? 'antwortet'}));
    emit({type: 'pulse', atMs, states});
    agenda.at(atMs + PULSE_SECONDS * SECOND, pulse);
  };
  agenda.at(0, pulse);
}

/** The machine that is gone, and what cannot be reached without it. */
function affectedBy({customer, site, host}: DemoOutage, devices: readonly DemoHost[]): readonly DemoHost[] {
  return devices.filter(
    device =>
      device.customer === customer && device.site === site && (device.host === host || device.parents.includes(host)),
  );
}

/** A firewall or another machine goes away and comes back; one outage is there from the beginning. */
export function playOutages({agenda, world, devices, down}: Stage, dice: Chance): void {
  const begin = (outage: DemoOutage, seconds: number, atMs: number) => {
    const affected = affectedBy(outage, devices);
    for (const device of affected) down.set(device, device.host === outage.host ? outage.output : outage.dependent);
    agenda.at(atMs + seconds * SECOND, endMs => {
      for (const device of affected) down.delete(device);
      agenda.at(endMs + dice.between(...BETWEEN_OUTAGES) * SECOND, next);
    });
  };
  const next = (atMs: number) => {
    const outage = dice.pick(world.outages);
    if (outage !== undefined) begin(outage, dice.between(...OUTAGE), atMs);
  };
  for (const outage of world.outages) if (outage.isOpening) begin(outage, dice.between(...FIRST_OUTAGE), 0);
}

/** The probe of a site says nothing for a while, from the beginning and now and then. */
export function playSilence({agenda, devices, silent}: Stage, dice: Chance): void {
  const quiet = devices.filter(device => device.isSilentAtTimes);
  const begin = (atMs: number) => {
    for (const device of quiet) silent.add(device);
    agenda.at(atMs + dice.between(...SILENCE) * SECOND, endMs => {
      silent.clear();
      agenda.at(endMs + dice.between(...BETWEEN_SILENCES) * SECOND, begin);
    });
  };
  begin(0);
}
