import {describe, expect, test} from 'vitest';
import {HOUR, MINUTE, SECOND} from '../../src/domain/time.ts';
import {openConsole} from '../support/console.tsx';
import {onCallDefined} from '../wall/on-call-night.ts';
import {busyNight, type Night} from './night.ts';

/** The busy night, with somebody on call for Müller for the next two minutes. */
function onCallNight(): Night {
  const night = busyNight();
  const now = night.outside.clock.now();
  const overrides = [
    {from: now - HOUR, to: now + 2 * MINUTE, user: 'jana'},
    {from: now + 2 * MINUTE, to: now + 5 * HOUR, user: 'ben'},
  ];
  night.noc.append('berlin', onCallDefined({id: 't', name: 'Technik', customers: ['mueller'], overrides}));
  return night;
}

describe('who is on call, in the console', () => {
  test('the detail says it in one line, and hands over by itself (OC-5)', async () => {
    const {noc, outside} = onCallNight();
    using console = openConsole({store: noc, outside, columns: 120, rows: 40});
    const line = async () => (await console.frame()).find(text => text.includes('Bereitschaft:'));
    expect(await line()).toContain('Bereitschaft: Jana Berg +49 171 5550101 bis 02:49');
    await console.pass(2 * MINUTE + SECOND);
    expect(await line()).toContain('Bereitschaft: Ben Krüger +49 171 5550102 bis 07:47');
  });

  test('where no collector has a schedule, nothing is said of it', async () => {
    const {noc, outside} = busyNight();
    using console = openConsole({store: noc, outside, columns: 120, rows: 40});
    expect((await console.frame()).join('\n')).not.toContain('Bereitschaft');
  });

  test('the list of customers says it of the one under the cursor', async () => {
    const {noc, outside} = onCallNight();
    using console = openConsole({store: noc, outside, columns: 80, rows: 24});
    await console.do('pane.customers');
    const calls = async () => (await console.frame()).find(line => line.includes('Bereitschaft:'))?.trim();
    const seen = new Set<string | undefined>();
    for (let row = 0; row < 8; row++) {
      const frame = await console.frame();
      const isMueller = frame.some(line => line.startsWith('▌') && line.includes('Müller'));
      const wanted = isMueller ? 'Jana Berg +49 171 5550101 bis 02:49' : 'kein Bereitschaftsplan hinterlegt';
      expect(await calls()).toBe(`Bereitschaft: ${wanted}`);
      seen.add(await calls());
      await console.do('move.down');
    }
    expect(seen.size).toBe(2);
  });

  test('the question before an escalation names who is on call', async () => {
    const {noc, outside} = onCallNight();
    using console = openConsole({store: noc, outside, columns: 120, rows: 40});
    await console.do('alerts.escalate');
    expect((await console.frame()).at(-1)).toMatch(/auf Stufe 3 eskalieren\? Bereitschaft: Jana Berg/);
  });
});
