import {chmodSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {loadCollectorConfig, parseCollectorConfig} from '../../src/runtime/collector-config-load.ts';
import {problemLine} from '../../src/runtime/config-problem.ts';
import {createTranslate, LANGUAGES} from '../../src/runtime/i18n.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const TYPES = new Set(['alertmanager', 'generic', 'report']);
const HEAD = 'collector: {name: berlin}\n';
const CUSTOMER = 'customers: [{id: mueller}]\n';

function read(text: string, env: Record<string, string> = {}) {
  return parseCollectorConfig(text, {folder: '/etc/nocturne', env, sourceTypes: TYPES});
}

/** Problems as `CODE` and the words of the file at the place they point to. */
function problems(text: string): readonly string[] {
  return read(text).problems.map(({line, column, code}) => {
    const rest = text.split('\n')[line - 1]?.slice(column - 1) ?? '';
    return `${code} ${/^(?:"[^"]*"|[^,\]}:]*)/.exec(rest)?.[0]}`.trim();
  });
}

describe('a collector’s configuration', () => {
  test('the commented example is valid and means what it says', () => {
    const file = new URL('../../config/nocturne.example.yaml', import.meta.url).pathname;
    const {config, problems: found} = loadCollectorConfig(file, {}, TYPES);
    expect(found).toEqual([]);
    expect(config?.collector).toMatchObject({
      name: 'berlin',
      tag: 'B',
      listen: {host: '127.0.0.1', port: 7420},
      data: new URL('../../config/data', import.meta.url).pathname,
      reopenWindowMs: 900_000,
      keepClosedMs: 259_200_000,
    });
    expect(config?.customers[0]).toMatchObject({
      id: 'mueller',
      state: 'BY',
      catholicMunicipality: true,
      augsburg: false,
    });
    expect(config?.customers[1]).toMatchObject({timezone: 'Europe/Berlin', sla: 'office'});
    expect(config?.slaTiers[1]?.calendar.weekly?.fri).toEqual([
      ['08:00', '12:00'],
      ['13:00', '16:00'],
    ]);
    expect(config?.slaTiers[1]?.priorities.P3?.resolution).toEqual({amount: 5, unit: 'day'});
    expect(config?.slaTiers[0]?.calendar.weekly).toBeNull();
    expect(config?.slaTiers[0]?.incidentThreshold).toBeNull();
    expect(config?.hosts.find(({host}) => host === 'web-01')?.parents).toEqual([['fw-01.mueller.example']]);
    expect(config?.hosts.find(({host}) => host === 'nas-01')).toMatchObject({customer: 'hofer', criticality: 'B'});
    expect(config?.checks[3]).toMatchObject({type: 'tcp', port: 22, address: 'srv-01', retryEveryMs: 20_000});
    expect(config?.checks[5]).toMatchObject({type: 'heartbeat', graceMs: 3_600_000});
    expect(config?.exporters[1]?.thresholds).toEqual({
      cpu: {warning: null, critical: null},
      memory: {warning: 90, critical: 97},
      disk: {warning: 80, critical: 90},
    });
  });

  test.each([
    ['an unknown key', 'collector: {name: berlin, lissten: x}', 'CONFIG_UNKNOWN_KEY lissten'],
    ['a missing section', 'customers: []', 'CONFIG_MISSING customers'],
    ['a missing key', 'collector: {tag: B}', 'CONFIG_MISSING collector'],
    ['a wrong type', `${HEAD}customers: 3`, 'CONFIG_WANT_LIST 3'],
    ['a list for a section', 'collector: [one]', 'CONFIG_WANT_MAPPING [one'],
    ['a key twice', `${HEAD}customers: []\ncustomers: []`, 'CONFIG_DUPLICATE_KEY customers'],
    ['no YAML', `${HEAD}customers: [`, 'CONFIG_YAML'],
    ['a tab', 'collector:\n\tname: x', 'CONFIG_YAML \tname'],
    ['an empty file', '', 'CONFIG_WANT_MAPPING'],
    ['an unknown Land', `${HEAD}customers: [{id: a, state: DE-XY}]`, 'CONFIG_CHOICE DE-XY'],
    [
      'an unknown severity of incidents (CO-2)',
      `${HEAD}slaTiers: {g: {hours: 24x7, incidentThreshold: bad, priorities: {}}}`,
      'CONFIG_CHOICE bad',
    ],
    ['an unknown zone', `${HEAD}customers: [{id: a, timezone: Europe/Berlni}]`, 'CONFIG_TIMEZONE Europe/Berlni'],
    [
      'an unknown tier',
      `${HEAD}slaTiers: {gold: {hours: 24x7, priorities: {}}}\ncustomers: [{id: a, sla: golt}]`,
      'CONFIG_UNKNOWN_TIER golt',
    ],
    ['a target without hours', `${HEAD}slaTiers:\n  gold: {priorities: {P1: {response: 15m}}}`, 'CONFIG_NO_HOURS gold'],
    [
      'both hours and a calendar',
      `${HEAD}calendars: {o: {hours: 24x7}}\nslaTiers: {g: {hours: 24x7, calendar: o, priorities: {}}}`,
      'CONFIG_HOURS_TWICE o',
    ],
    [
      'an unknown calendar',
      `${HEAD}slaTiers: {g: {calendar: offise, priorities: {}}}\ncalendars: {office: {hours: 24x7}}`,
      'CONFIG_UNKNOWN_CALENDAR offise',
    ],
    [
      'a target that is none',
      `${HEAD}slaTiers: {g: {hours: 24x7, priorities: {P1: {response: 15}}}}`,
      'CONFIG_WANT_TEXT 15',
    ],
    [
      'overlapping windows of a day',
      `${HEAD}slaTiers: {g: {hours: {mon: ["08:00-12:00", "11:00-13:00"]}, priorities: {}}}`,
      'CONFIG_OVERLAP ["08',
    ],
    [
      'overlapping windows by range and day',
      `${HEAD}slaTiers: {g: {hours: {mon-fri: "08:00-17:00", wed: "16:00-18:00"}, priorities: {}}}`,
      'CONFIG_OVERLAP "16:00-18:00"',
    ],
    [
      'a night into the next morning’s window',
      `${HEAD}slaTiers: {g: {hours: {mon: "22:00-06:00", tue: "05:00-12:00"}, priorities: {}}}`,
      'CONFIG_OVERLAP hours',
    ],
    [
      'an empty window',
      `${HEAD}slaTiers: {g: {hours: {mon: "08:00-08:00"}, priorities: {}}}`,
      'CONFIG_WINDOW_EMPTY "08:00-08:00"',
    ],
    ['a window that is none', `${HEAD}slaTiers: {g: {hours: {mon: "8-17"}, priorities: {}}}`, 'CONFIG_WINDOW "8-17"'],
    [
      'a weekday that is none',
      `${HEAD}slaTiers: {g: {hours: {montag: "08:00-17:00"}, priorities: {}}}`,
      'CONFIG_DAYS "08:00-17:00"',
    ],
    [
      'a date that does not exist',
      `${HEAD}calendars: {o: {hours: 24x7, closed: ["2026-02-30"]}}`,
      'CONFIG_DATE "2026-02-30"',
    ],
    ['an unknown source type', `${HEAD}sources: [{name: a, type: alertmanger}]`, 'CONFIG_UNKNOWN_TYPE alertmanger'],
    ['a source with a name of our own', `${HEAD}sources: [{name: report, type: generic}]`, 'CONFIG_RESERVED report'],
    ['a source twice', `${HEAD}sources: [{name: a, type: generic}, {name: a, type: generic}]`, 'CONFIG_TWICE a'],
    ['a customer twice', `${HEAD}customers: [{id: a}, {id: a}]`, 'CONFIG_TWICE a'],
    ['the customer for what nobody has', `${HEAD}customers: [{id: unassigned}]`, 'CONFIG_RESERVED unassigned'],
    [
      'a check twice',
      `${HEAD}${CUSTOMER}checks:\n  - {host: a, customer: mueller, type: ping, every: 30s}\n  - {host: a, customer: mueller, type: ping, every: 60s}`,
      'CONFIG_TWICE a',
    ],
    [
      'an unknown customer',
      `${HEAD}${CUSTOMER}checks: [{host: a, customer: muller, type: ping, every: 30s}]`,
      'CONFIG_UNKNOWN_CUSTOMER muller',
    ],
    [
      'an unknown check type',
      `${HEAD}${CUSTOMER}checks: [{host: a, customer: mueller, type: pong, every: 30s}]`,
      'CONFIG_CHOICE pong',
    ],
    [
      'a number for a duration',
      `${HEAD}${CUSTOMER}checks: [{host: a, customer: mueller, type: ping, every: 30}]`,
      'CONFIG_WANT_TEXT 30',
    ],
    [
      'a duration that is none',
      `${HEAD}${CUSTOMER}checks: [{host: a, customer: mueller, type: ping, every: 30x}]`,
      'CONFIG_DURATION 30x',
    ],
    [
      'a check more often than every second',
      `${HEAD}${CUSTOMER}checks: [{host: a, customer: mueller, type: ping, every: 10ms}]`,
      'CONFIG_TOO_OFTEN 10ms',
    ],
    [
      'a port that is none',
      `${HEAD}${CUSTOMER}checks: [{host: a, customer: mueller, type: tcp, port: 70000, every: 1m}]`,
      'CONFIG_PORT 70000',
    ],
    [
      'an unknown parent',
      `${HEAD}${CUSTOMER}hosts: [{host: a, customer: mueller}, {host: b, customer: mueller, parents: [A1]}]`,
      'CONFIG_UNKNOWN_HOST A1',
    ],
    ['half a match rule', `${HEAD}customers: [{id: a, match: [{label: tenant}]}]`, 'CONFIG_MATCH {label'],
    [
      'a network that is none',
      `${HEAD}sources: [{name: a, type: generic, allow: [10.0.0.0/33]}]`,
      'CONFIG_CIDR 10.0.0.0/33',
    ],
    [
      'an API of a source that has none',
      `${HEAD}sources: [{name: a, type: generic, api: {url: "http://127.0.0.1:9093"}}]`,
      'CONFIG_NO_API api',
    ],
    [
      'an API that is asked without a pause',
      `${HEAD}sources: [{name: a, type: alertmanager, api: {url: "http://127.0.0.1:9093", every: 10ms}}]`,
      'CONFIG_TOO_OFTEN 10ms',
    ],
    ['an address that is none', 'collector: {name: a, listen: "7420"}', 'CONFIG_LISTEN "7420"'],
    [
      'plain listening beyond loopback (rule 26)',
      'collector: {name: a, listen: "0.0.0.0:7420"}',
      'CONFIG_PLAIN "0.0.0.0:7420"',
    ],
    [
      'a key of JavaScript’s own (rule 32)',
      'collector: {name: a, __proto__: {tag: X}}',
      'CONFIG_UNKNOWN_KEY __proto__',
    ],
  ])('%s is an error at its line and column', (_what, text, expected) => {
    expect(problems(text)).toEqual([expected]);
    expect(read(text).config).toBeNull();
  });

  test('an address beyond loopback is meant with TLS, or with a proxy in front', () => {
    expect(read('collector: {name: a, listen: "0.0.0.0:1", behindProxy: true}').problems).toEqual([]);
    using folder = temporaryFolder();
    const [cert, key] = [folder.file('c.pem'), folder.file('k.pem')];
    for (const file of [cert, key]) writeFileSync(file, '');
    const text = 'collector: {name: a, listen: "[::]:1", tls: {cert: c.pem, key: k.pem}}';
    const {config} = parseCollectorConfig(text, {folder: folder.path, env: {}, sourceTypes: TYPES});
    expect(config?.collector).toMatchObject({listen: {host: '::', port: 1}, tls: {cert, key}});
  });

  test('a file that the collector could not read at its start is an error at its place', () => {
    expect(problems('collector: {name: a, tls: {cert: nowhere.pem, key: "no key.pem"}}')).toEqual([
      'CONFIG_NAMED_FILE nowhere.pem',
      'CONFIG_NAMED_FILE "no key.pem"',
    ]);
    const check = 'checks: [{host: h, customer: mueller, type: tls, port: 443, every: 1m, ca: nowhere.pem}]';
    expect(problems(`${HEAD}${CUSTOMER}${check}`)).toEqual(['CONFIG_NAMED_FILE nowhere.pem']);
    const api = 'sources: [{name: a, type: alertmanager, api: {url: "https://a/", ca: /}}]';
    expect(read(`${HEAD}${api}`).problems).toMatchObject([
      {code: 'CONFIG_NAMED_FILE', values: {file: '/', reason: 'EISDIR'}},
    ]);
  });

  test('every problem and hint has its text in both languages', () => {
    const text = `collector: {name: a, listen: "0.0.0.0:7420", lissten: 1}`;
    const [problem] = read(text).problems;
    if (problem === undefined) throw new Error('no problem');
    expect(problemLine('n.yaml', problem, createTranslate('en'))).toBe(
      'n.yaml:1:46: unknown key "lissten" (did you mean "listen"?)',
    );
    expect(problemLine('n.yaml', problem, createTranslate('de'))).toBe(
      'n.yaml:1:46: unbekannter Schlüssel „lissten“ (gemeint ist vielleicht „listen“)',
    );
    const sources = ['-schema', '-load', '-hours', '-references', '-resolve', '-secrets'].map(part =>
      readFileSync(new URL(`../../src/runtime/collector-config${part}.ts`, import.meta.url), 'utf8'),
    );
    const codes = new Set(sources.flatMap(source => source.match(/CONFIG_[A-Z]+(?:_[A-Z]+)*(?=')/g) ?? []));
    expect(codes.size).toBeGreaterThan(40);
    for (const language of LANGUAGES) {
      const t = createTranslate(language);
      for (const code of codes) expect(t(`config.problem.${code}`), `${language} ${code}`).not.toMatch(/^config\./);
    }
  });

  test('rule 8, 10: secrets come from a file or the environment; in clear, and open to others, they get a warning', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'key');
    writeFileSync(file, 'canary-from-file\n', {mode: 0o600});
    const source = (secret: string) => `${HEAD}sources: [{name: a, type: generic, hmacKey: ${secret}}]`;
    const keys = (secret: string, env = {}) => read(source(secret), env).config?.sources[0]?.hmacKeys;
    expect(keys(`{file: ${file}}`)).toEqual(['canary-from-file']);
    expect(keys('[{env: OLD}, {env: NEW}]', {OLD: 'old-key', NEW: 'new-key'})).toEqual(['old-key', 'new-key']);
    expect(problems(source('{env: MISSING}'))).toEqual(['CONFIG_SECRET_ENV MISSING']);
    expect(problems(source('{file: /nowhere}'))).toEqual(['CONFIG_SECRET_FILE /nowhere']);
    expect(keys('canary-in-clear')).toEqual(['canary-in-clear']);
    expect(problems(source('canary-in-clear'))).toEqual(['CONFIG_CLEAR_SECRET canary-in-clear']);
    chmodSync(file, 0o644);
    expect(keys(`{file: ${file}}`)).toEqual(['canary-from-file']);
    const [problem] = read(source(`{file: ${file}}`)).problems;
    expect(problem).toMatchObject({
      severity: 'warning',
      code: 'CONFIG_SECRET_MODE',
      values: {mend: `chmod 600 ${file}`},
    });
  });

  test('DP-1: hosts that depend on each other are refused, each at its own line', () => {
    const text = `${HEAD}${CUSTOMER}hosts:\n  - {host: a, customer: mueller, parents: [b]}\n  - {host: b, customer: mueller, parents: [a]}`;
    expect(read(text).problems).toMatchObject([
      {line: 4, column: 43, code: 'CONFIG_CYCLE', values: {given: 'a'}},
      {line: 5, column: 43, code: 'CONFIG_CYCLE', values: {given: 'b'}},
    ]);
    const elsewhere = `${HEAD}${CUSTOMER}hosts:\n  - {host: a, site: hq, customer: mueller}\n  - {host: b, customer: mueller, parents: [hq/a]}`;
    expect(read(elsewhere).problems).toEqual([]);
  });

  test('aliases that unfold to too much are refused', () => {
    const lists = ['a', 'b', 'c', 'd'].map(
      (name, index) => `${name}: &${name} [${Array(9).fill(index === 0 ? 'x' : `*${'abcd'[index - 1]}`)}]`,
    );
    expect(read(lists.join('\n')).problems[0]?.code).toBe('CONFIG_YAML');
  });

  test('a file that is not there is a problem at its first line', () => {
    const {config, problems: found} = loadCollectorConfig('/nowhere/nocturne.yaml', {}, TYPES);
    expect(config).toBeNull();
    expect(found).toMatchObject([{line: 1, column: 1, code: 'CONFIG_FILE', values: {reason: 'ENOENT'}}]);
  });
});
