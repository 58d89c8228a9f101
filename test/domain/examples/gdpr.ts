import {gdprDeadlines} from '../../../src/domain/compliance/gdpr.ts';
import type {ExampleRunner} from './example-file.ts';
import {instant} from './shapes.ts';

export const gdpr: ExampleRunner = ({input}) => {
  const {awareAt} = input as {awareAt: string};
  return gdprDeadlines(instant(awareAt));
};
