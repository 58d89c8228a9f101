import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';

const url = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);

/** Answers every calendar of the example file on many instants of 2026, in a process of its own. */
const PROGRAM = `
  import {compileCalendar} from ${url('src/domain/sla/calendar.ts')};
  import {holidaysOf} from ${url('src/domain/sla/holidays.ts')};
  import {compileSchedule} from ${url('src/domain/backup/schedule.ts')};
  import {onCallAt} from ${url('src/domain/on-call/rotation.ts')};
  import germany from ${url('config/holidays/de.json')} with {type: 'json'};
  import file from ${url('test/fixtures/domain-examples.json')} with {type: 'json'};
  const answers = {};
  const schedule = compileSchedule({timeZone: 'Europe/Berlin', cron: '30 2 * * *'});
  const rotation = {timeZone: 'Europe/Berlin', startLocal: '2026-01-05T08:00:00', shiftMs: 7 * 86400000, participants: ['anna', 'ben', 'cem']};
  for (const [name, definition] of Object.entries(file.calendars)) {
    const calendar = compileCalendar(definition, germany);
    answers[name] = [];
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 17 * 3600000 + 1234567) {
      answers[name].push(calendar.dueInstant(at, 100 * 60000), calendar.businessTime(at, at + 86400000 * 3), schedule.lastDue(at),
        onCallAt({layers: [rotation], overrides: []}, at).user);
    }
  }
  answers.holidays = holidaysOf(germany, {subdivision: 'BY'}, 2026);
  console.log(new Date(Date.UTC(2026, 6, 1)).getHours());
  console.log(JSON.stringify(answers));
`;

function runIn(zone: string): {readonly hour: string; readonly answers: string} {
  const output = execFileSync(process.execPath, ['--input-type=module', '--no-warnings', '-e', PROGRAM], {
    env: {...process.env, TZ: zone},
    encoding: 'utf8',
  });
  const [hour = '', answers = ''] = output.split('\n');
  return {hour, answers};
}

describe('the zone of the machine', () => {
  test('changes no answer: service time, schedules and shifts are the same under three TZ (CA-9)', () => {
    const runs = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map(runIn);
    expect(runs.map(({hour}) => hour)).toEqual(['0', '14', '21']);
    expect(new Set(runs.map(({answers}) => answers)).size).toBe(1);
    expect(runs[0]?.answers.length).toBeGreaterThan(100_000);
  });

  test('is not even asked: the domain reads no local parts of a Date', () => {
    const local = /\.(getHours|getDate|getDay|getMonth|getFullYear|getTimezoneOffset|toLocale\w+)\(|new Date\(/;
    for (const path of [
      'local-time/zone',
      'local-time/civil-date',
      'sla/calendar',
      'sla/service-pages',
      'sla/holidays',
    ]) {
      const source = readFileSync(new URL(`../../../src/domain/${path}.ts`, import.meta.url), 'utf8');
      expect(source).not.toMatch(local);
    }
  });
});
