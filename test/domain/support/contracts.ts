import type {Contract} from '../../../src/domain/contract.ts';
import {parseTarget} from '../../../src/domain/sla/target.ts';
import {workdays} from '../sla/calendars.ts';

function promises(response: string, resolution: string, update: string | null) {
  return {
    response: parseTarget(response),
    resolution: parseTarget(resolution),
    update: update === null ? null : parseTarget(update),
  };
}

/** Round the clock, as contract.md has it. */
export const GOLD: Contract = {
  tier: 'gold',
  calendar: {timeZone: 'Europe/Berlin', weekly: null},
  priorities: {P1: promises('15m', '4h', '60m'), P2: promises('1h', '8h', '4h'), P3: promises('8h', '3d', null)},
  availabilityPercent: 99.5,
  ackCountsAsResponse: true,
};

/** Monday to Friday from 08:00 to 17:00, closed on the holidays of Bavaria. */
export const OFFICE: Contract = {
  tier: 'office',
  calendar: {
    timeZone: 'Europe/Berlin',
    weekly: workdays(['08:00', '17:00']),
    holidays: {subdivision: 'BY', catholicMunicipality: false, augsburg: false},
  },
  priorities: {P1: promises('1h', '8h', '4h'), P2: promises('4h', '1d', null), P3: promises('1d', '3d', null)},
  availabilityPercent: 99,
  ackCountsAsResponse: true,
};
