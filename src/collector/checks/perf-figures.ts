import {safeText} from '../../runtime/safe-text.ts';
import type {Outcome} from './outcome.ts';
import type {PerfItem} from './perfdata.ts';

const MOST_DISKS = 32;
const MOUNT_BYTES = 255;

/** Plugins count in powers of 1,024, whatever the unit is called. Source: check_disk 2.3.3. */
const UNITS: Readonly<Record<string, number>> = {B: 0, KB: 1, KIB: 1, MB: 2, MIB: 2, GB: 3, GIB: 3, TB: 4, TIB: 4};

/** Milliseconds in one of the unit. */
const TIMES: Readonly<Record<string, number>> = {s: 1000, ms: 1, us: 0.001, ns: 0.000_001};

/** `/`, `/var`, `C:`, `C:\ Daten`: what check_disk and the Windows agents call a file system. */
const MOUNT = /^(?:\/|[A-Za-z]:)/;

function disksOf(items: readonly PerfItem[]): NonNullable<Outcome['figures']['disks']> {
  return items.slice(0, MOST_DISKS).flatMap(({label, value, unit, max}) => {
    const power = UNITS[unit.toUpperCase()];
    if (!MOUNT.test(label) || value === null || max === null || max <= 0 || power === undefined) return [];
    const usedPercent = Math.min(100, Math.max(0, (100 * value) / max));
    return [{mount: safeText(label, {bytes: MOUNT_BYTES}), usedPercent, sizeBytes: max * 1024 ** power}];
  });
}

/**
 * Figures of a host that well-known plugins print: file systems of `check_disk` (used of size), the round trip of `check_icmp` and
 * `check_ping` (`rta`), load for each core of `check_load -r` (`scaled_load1`).
 */
export function figuresOf(items: readonly PerfItem[]): Outcome['figures'] {
  const of = (label: string) => items.find(item => item.label === label && item.value !== null);
  const disks = disksOf(items);
  const trip = of('rta');
  const load = of('scaled_load1');
  return {
    ...(disks.length > 0 ? {disks, diskPercent: Math.max(...disks.map(disk => disk.usedPercent))} : {}),
    ...(trip?.value != null ? {latencyMs: trip.value * (TIMES[trip.unit] ?? 1)} : {}),
    ...(load?.value != null ? {loadPerCore: load.value} : {}),
  };
}
