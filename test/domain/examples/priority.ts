import {type Grade, priorityOf} from '../../../src/domain/sla/priority.ts';
import type {ExampleRunner} from './example-file.ts';

export const priority: ExampleRunner = ({input}) => {
  const {impact, urgency} = input as {impact: Grade; urgency: Grade};
  return {priority: priorityOf(impact, urgency)};
};
