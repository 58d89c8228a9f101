import type {Severity} from './severity.ts';

/** Whether the state changed at each of the last results: one bit each, the newest lowest. A new check has none set. */
export type FlapBits = number;

/** Results that the flap value looks back. Source: FL-1. */
export const FLAP_RESULTS = 20;

const MASK = 2 ** FLAP_RESULTS - 1;

/** The ring with one result more. */
export function recordChange(bits: FlapBits, hasChanged: boolean): FlapBits {
  return ((bits << 1) | Number(hasChanged)) & MASK;
}

/**
 * Share of the last 20 results at which the state changed, newer changes weighing more.
 *
 * @returns Percent, 0 to 99: a change weighs from 0.8 (oldest) to 1.18 (newest), 4.0 to 5.9 percent. Summed in whole tenths, for
 *   a sum of fractions lies beside the limits of FL-1 where it should meet them.
 *   The code of Icinga 2 counts like this; its documentation says otherwise and is not followed. Source: FL-1.
 */
export function flapPercent(bits: FlapBits): number {
  if (bits === 0) return 0;
  let tenths = 0;
  for (let index = 0; index < FLAP_RESULTS; index++) {
    if (((bits >>> (FLAP_RESULTS - 1 - index)) & 1) === 1) tenths += 40 + index;
  }
  return tenths / 10;
}

/** Flapping starts strictly above `high` and ends at or below `low`; between them it stays as it was. Source: FL-1. */
export function isFlapping(percent: number, wasFlapping: boolean, low: number, high: number): boolean {
  return wasFlapping ? percent > low : percent > high;
}

/**
 * The same share as Nagios counts it, for import and comparison.
 *
 * @param states - Hard states or soft recoveries, oldest first. The last 21 count, 20 transitions; with fewer, nothing had changed
 *   before them.
 * @returns Percent, 0 to 100: a change weighs from 0.75 (oldest) to 1.25 (newest), 57 to 95 of 1520 parts. Source: FL-2, Nagios
 *   Core flapping.c.
 */
export function nagiosFlapPercent(states: readonly Severity[]): number {
  const newest = states.length - 1;
  let parts = 0;
  for (let age = 0; age < Math.min(newest, FLAP_RESULTS); age++) {
    if (states[newest - age] !== states[newest - age - 1]) parts += 95 - 2 * age;
  }
  return (100 * parts) / 1520;
}

/** Nagios starts at `high` already, and stops at `low`. Source: FL-2. */
export function isNagiosFlapping(percent: number, wasFlapping: boolean, low: number, high: number): boolean {
  return wasFlapping ? percent > low : percent >= high;
}
