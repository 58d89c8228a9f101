import {describe, expect, test} from 'vitest';
import {markedName} from '../../src/view/marked-name.ts';
import {busyNight, customerDefined, raised} from '../console/night.ts';
import {openConsole} from '../support/console.tsx';

describe('rule 46: names that may be taken for others', () => {
  test.each([
    ['Müller', 'Müller'],
    ['Мüllеr', '≈Мüllеr'],
    ['srv-dc-01', 'srv-dc-01'],
    ['srv-dс-01', '≈srv-dс-01'],
    ['Ростелеком', 'Ростелеком'],
  ])('%s is shown as %s', (name, shown) => {
    expect(markedName(name)).toBe(shown);
  });

  test('the list of alerts and the customers mark a Cyrillic а', async () => {
    const {noc, outside} = busyNight();
    noc.append('berlin', [
      customerDefined('fake', 'Bаnk AG'),
      raised({n: 90, customer: 'fake', host: 'srv-dс-01', summary: 'Platte voll'}),
    ]);
    using console = openConsole({store: noc, outside, columns: 160, rows: 48});
    const screen = (await console.frame()).join('\n');
    expect(screen.split('≈Bаnk AG').length).toBeGreaterThan(2);
    expect(screen).toContain('≈srv-dс-01');
  });
});
