import type {Contract} from '../domain/contract.ts';
import type {CalendarDefinition} from '../domain/sla/calendar-definition.ts';
import type {HolidayRegion} from '../domain/sla/holidays.ts';
import type {CalendarConfig, CollectorConfig, CustomerConfig} from '../runtime/collector-config.ts';

/** Whose holidays close a calendar for a customer; null nobody's. Source: HO-2, HO-3. */
function regionOf({weekly, holidays}: CalendarConfig, customer: CustomerConfig): HolidayRegion | null {
  if (weekly === null || holidays === 'none') return null;
  const subdivision = holidays === 'customer' ? customer.state : holidays.state;
  if (subdivision === null) return null;
  const {catholicMunicipality, augsburg} = customer;
  return {subdivision, catholicMunicipality, augsburg};
}

function calendarFor(config: CalendarConfig, customer: CustomerConfig): CalendarDefinition {
  const {weekly, overrides, closedDates} = config;
  const timeZone = config.timezone ?? customer.timezone;
  return {timeZone, weekly, holidays: regionOf(config, customer), overrides, closedDates};
}

/** What the tier of a customer promises, on that customer's own calendar; null without a tier. */
export function contractOf({slaTiers}: CollectorConfig, customer: CustomerConfig): Contract | null {
  const tier = slaTiers.find(({name}) => name === customer.sla);
  if (tier === undefined) return null;
  const {name, priorities, availabilityPercent, ackCountsAsResponse, incidentThreshold} = tier;
  const calendar = calendarFor(tier.calendar, customer);
  const contract = {tier: name, calendar, priorities, availabilityPercent, ackCountsAsResponse};
  return incidentThreshold === null ? contract : {...contract, incidentThreshold};
}
