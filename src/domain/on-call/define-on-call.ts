import type {Decision} from '../decision.ts';
import {isSame} from '../is-same.ts';
import {type OnCallPlan, onCallKey} from './plan.ts';

/** Drafts what brings the known schedules to those that are configured; what is no longer configured goes. */
export function defineOnCall(decision: Decision, plans: readonly OnCallPlan[]): void {
  const configured = new Set(plans.map(onCallKey));
  for (const {customer, id} of [...decision.state.onCall.values()]) {
    if (!configured.has(onCallKey({customer, id}))) decision.draft(customer, {type: 'onCall.removed', customer, id});
  }
  for (const plan of plans) {
    const {version: _, ...before} = decision.state.onCall.get(onCallKey(plan)) ?? {version: null};
    if (!isSame(before, plan)) decision.draft(plan.customer, {type: 'onCall.defined', plan});
  }
}
