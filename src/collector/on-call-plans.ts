import type {OnCallPlan} from '../domain/on-call/plan.ts';
import type {CollectorConfig, OnCallConfig} from '../runtime/collector-config.ts';
import {safeText} from '../runtime/safe-text.ts';

function plansOf({id, name, customers, people, schedule}: OnCallConfig): readonly OnCallPlan[] {
  const plan = {
    id,
    name: safeText(name),
    people: people.map(person => ({
      id: person.id,
      name: safeText(person.name),
      contact: person.contact === null ? null : safeText(person.contact),
    })),
    schedule,
  };
  return (customers ?? [null]).map(customer => ({customer, ...plan}));
}

/** The schedules of the configuration, once for each customer that they serve. */
export function onCallPlans({onCall}: CollectorConfig): readonly OnCallPlan[] {
  return onCall.flatMap(plansOf);
}
