import {restoreTestState} from '../../../src/domain/backup/restore-test.ts';
import {formatDate, parseDate} from '../../../src/domain/local-time/civil-date.ts';
import type {ExampleRunner} from './example-file.ts';

export const restoreTest: ExampleRunner = ({input}) => {
  const {lastSuccessfulTest, today} = input as {lastSuccessfulTest?: string | null; today: string};
  const passed = lastSuccessfulTest === undefined || lastSuccessfulTest === null ? null : parseDate(lastSuccessfulTest);
  const {state, dueOn} = restoreTestState(passed, null, parseDate(today));
  return {state, dueOn: dueOn === null ? null : formatDate(dueOn)};
};
