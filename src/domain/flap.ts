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
 * @returns Percent, 0 to 99: a change weighs from 0.8 (oldest) to 1.18 (newest).
 *   The code of Icinga 2 counts like this; its documentation says otherwise and is not followed. Source: FL-1.
 */
export function flapPercent(bits: FlapBits): number {
  if (bits === 0) return 0;
  let weight = 0;
  for (let index = 0; index < FLAP_RESULTS; index++) {
    if (((bits >>> (FLAP_RESULTS - 1 - index)) & 1) === 1) weight += 0.8 + 0.02 * index;
  }
  return (100 * weight) / FLAP_RESULTS;
}

/** Flapping starts strictly above `high` and ends at or below `low`; between them it stays as it was. Source: FL-1. */
export function isFlapping(percent: number, wasFlapping: boolean, low: number, high: number): boolean {
  return wasFlapping ? percent > low : percent > high;
}

/**
 * The same share as Nagios counts it, for import and comparison.
 *
 * @param states - 21 hard states or soft recoveries, oldest first: 20 transitions.
 * @returns Percent, 0 to 100: a change weighs from 0.75 (oldest) to 1.25 (newest). Source: FL-2, Nagios Core flapping.c.
 */
export function nagiosFlapPercent(states: readonly Severity[]): number {
  const transitions = states.length - 1;
  let weight = 0;
  for (let index = 0; index < transitions; index++) {
    if (states[index] !== states[index + 1]) weight += 0.75 + (0.5 * index) / (transitions - 1);
  }
  return (100 * weight) / transitions;
}

/** Nagios starts at `high` already, and stops at `low`. Source: FL-2. */
export function isNagiosFlapping(percent: number, wasFlapping: boolean, low: number, high: number): boolean {
  return wasFlapping ? percent > low : percent >= high;
}
