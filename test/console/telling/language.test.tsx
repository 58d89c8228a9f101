import {expect, test} from 'vitest';
import {SECOND} from '../../../src/domain/time.ts';
import {openConsole} from '../../support/console.tsx';
import {calmNight, raised} from '../night.ts';

test('after :lang desktop notifications speak the new language', async () => {
  const {noc, outside} = calmNight();
  const rules = {rules: [{matches: () => true, ways: ['desktop' as const]}], quiet: null, sound: null};
  using console = openConsole({store: noc, outside, telling: {rules, form: 'osc9', env: {}}});
  noc.append('berlin', [raised({n: 1, customer: 'mueller', host: 'fw-01', summary: 'weg'})]);
  await console.pass(SECOND);
  expect(console.bytes()).toContain(']9;KRIT: Müller');
  await console.do('app.command');
  await console.type('lang en');
  await console.press('enter');
  await console.pass(10 * SECOND);
  noc.append('berlin', [raised({n: 2, customer: 'mueller', host: 'nas-01', summary: 'weg'})]);
  await console.pass(SECOND);
  expect(console.bytes()).toContain(']9;CRIT: Müller');
});
