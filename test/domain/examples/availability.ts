import {availability as measure} from '../../../src/domain/sla/availability.ts';
import {MINUTE} from '../../../src/domain/time.ts';
import type {ExampleRunner} from './example-file.ts';
import {calendarNamed, instant, type Pairs, spans} from './shapes.ts';

interface Input {
  readonly calendar?: string | null;
  readonly from: string;
  readonly to: string;
  readonly targetPercent?: number | null;
  readonly downtime?: Pairs | null;
  readonly maintenance?: Pairs | null;
  readonly noData?: Pairs | null;
}

export const availability: ExampleRunner = ({input}, file) => {
  const {calendar, from, to, targetPercent, downtime, maintenance, noData} = input as unknown as Input;
  const result = measure({
    calendar: calendarNamed(file, calendar),
    period: [instant(from), instant(to)],
    downtime: spans(downtime),
    maintenance: spans(maintenance),
    noData: spans(noData),
    targetPercent: targetPercent ?? null,
  });
  return {
    serviceMinutes: result.serviceMs / MINUTE,
    maintenanceMinutes: result.maintenanceMs / MINUTE,
    downtimeMinutes: result.downtimeMs / MINUTE,
    noDataMinutes: result.noDataMs / MINUTE,
    availabilityPercent: result.percent,
    errorBudgetMinutes: result.errorBudgetMs === null ? null : result.errorBudgetMs / MINUTE,
    budgetRemainingMinutes: result.budgetRemainingMs === null ? null : result.budgetRemainingMs / MINUTE,
    targetMet: result.targetMet,
  };
};
