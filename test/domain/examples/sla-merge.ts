import {mergeIncidents} from '../../../src/domain/sla/merge.ts';
import type {Priority} from '../../../src/domain/sla/priority.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant, instantOrNull, type Pairs, spans} from './shapes.ts';

interface Input {
  readonly incidents: readonly {
    readonly id: string;
    readonly start: string;
    readonly priority: number;
    readonly respondedAt?: string | null;
    readonly pauses?: Pairs | null;
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
  const pauses = merged.pauses.map(([from, to]) => [from, Number.isFinite(to) ? to : null]);
  return {...merged, pauses, priority: Number(merged.priority.slice(1))};
};
