import {mergeIncidents} from '../../../src/domain/sla/merge.ts';
import type {Priority} from '../../../src/domain/sla/priority.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant, instantOrNull, spans} from './shapes.ts';

interface Input {
  readonly incidents: readonly {
    readonly id: string;
    readonly start: string;
    readonly priority: number;
    readonly respondedAt: string | null;
    readonly pauses: readonly (readonly [string, string])[];
  }[];
}

export const slaMerge: ExampleRunner = ({input}) => {
  const {incidents} = input as unknown as Input;
  const [first, ...others] = incidents.map(incident => ({
    id: incident.id,
    start: instant(incident.start),
    priority: `P${incident.priority}` as Priority,
    respondedAt: instantOrNull(incident.respondedAt),
    pauses: spans(incident.pauses),
  }));
  if (first === undefined) throw new Error('nothing to merge');
  const merged = mergeIncidents(first, ...others);
  return {...merged, priority: Number(merged.priority.slice(1))};
};
