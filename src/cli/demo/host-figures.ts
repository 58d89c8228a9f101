import {shareOf} from './seeded.ts';
import type {DemoHost} from './world.ts';

/** How a host fares at one moment. */
export interface HostFigures {
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly disks: readonly {readonly mount: string; readonly usedPercent: number; readonly sizeBytes: number}[];
  readonly celsius: number;
}

/** What a fault does to the figures: percent by `cpu`, `memory` or `disk MOUNT`. */
export type Strains = ReadonlyMap<string, number>;

const MINUTE = 60_000;
const GIBIBYTE = 1024 ** 3;
const SIZES = [60, 120, 250, 500, 1000, 2000];

/** Busy share at night by role; the first that fits. */
const BUSY: readonly (readonly [role: string, percent: number])[] = [
  ['database', 38],
  ['hypervisor', 46],
  ['mail', 33],
  ['app', 27],
  ['web', 22],
  ['gateway', 18],
  ['files', 12],
  ['directory', 7],
  ['desktop', 6],
];

function clamp(value: number): number {
  return Math.min(99.5, Math.max(0.4, value));
}

/** Waves of a host's own length, no higher than 1.1 times `amplitude`, and a little unrest that changes with every look. */
function swing(name: string, ms: number, amplitude: number): number {
  const share = shareOf(name);
  const periodMs = (3 + 9 * share) * MINUTE;
  const slow = Math.sin((2 * Math.PI * ms) / periodMs + share * 6);
  const fast = Math.sin((2 * Math.PI * ms) / (periodMs / 7.3) + share * 11);
  const unrest = shareOf(`${name} ${Math.floor(ms / 10_000)}`) - 0.5;
  return amplitude * (0.6 * slow + 0.25 * fast + 0.5 * unrest);
}

/** @param ms - Since the night began. Pure: the same host at the same moment under the same strains fares alike. */
export function figuresOf(host: DemoHost, ms: number, strains: Strains): HostFigures {
  const name = `${host.customer}/${host.host}`;
  const share = shareOf(name);
  const [, busy] = BUSY.find(([role]) => host.roles.includes(role)) ?? ['', 10];
  const cpuPercent = strains.get('cpu') ?? clamp(busy * (0.6 + 0.8 * share) + swing(`${name} cpu`, ms, busy * 0.4 + 4));
  const memoryPercent = strains.get('memory') ?? clamp(42 + 36 * share + swing(`${name} memory`, ms, 4));
  const disks = Object.entries(host.disks).map(([mount, percent]) => ({
    mount,
    usedPercent: strains.get(`disk ${mount}`) ?? clamp(percent + swing(`${name} ${mount}`, ms, 0.4)),
    sizeBytes: (SIZES[Math.floor(shareOf(`${name} ${mount} size`) * SIZES.length)] ?? 100) * GIBIBYTE,
  }));
  return {cpuPercent, memoryPercent, disks, celsius: 38 + 0.22 * cpuPercent + 6 * share};
}
