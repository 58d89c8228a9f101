import {flapPercent, isFlapping, isNagiosFlapping, nagiosFlapPercent, recordChange} from '../../../src/domain/flap.ts';
import type {Severity} from '../../../src/domain/severity.ts';
import type {ExampleRunner} from './example-file.ts';

const CODES: readonly Severity[] = ['ok', 'warning', 'critical', 'unknown'];

interface FlapInput {
  readonly algorithm: 'icinga2' | 'nagios';
  /** Oldest first. */
  readonly changes?: readonly number[];
  readonly states?: readonly number[];
  readonly wasFlapping: boolean;
  readonly low: number;
  readonly high: number;
}

/** Both flap values, FL-1 and FL-2. */
export const flap: ExampleRunner = ({input}) => {
  const {algorithm, changes = [], states = [], wasFlapping, low, high} = input as unknown as FlapInput;
  if (algorithm === 'nagios') {
    const percent = nagiosFlapPercent(states.map(code => CODES[code] ?? 'unknown'));
    return {percent, flapping: isNagiosFlapping(percent, wasFlapping, low, high)};
  }
  const percent = flapPercent(changes.reduce((bits, bit) => recordChange(bits, bit === 1), 0));
  return {percent, flapping: isFlapping(percent, wasFlapping, low, high)};
};
