import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {figuresOf} from '../../../src/collector/checks/perf-figures.ts';
import {type PerfItem, parsePerfdata, parseRange} from '../../../src/collector/checks/perfdata.ts';
import {splitPluginOutput} from '../../../src/collector/checks/plugin-output.ts';
import {fastestMs} from '../../support/stopwatch.ts';

interface Captured {
  readonly name: string;
  readonly stdout: string;
}

const corpus: readonly Captured[] = JSON.parse(
  readFileSync(
    new URL('../../fixtures/integrations/nagios-plugins/captured-monitoring-plugins-2.3.3.json', import.meta.url),
    'utf8',
  ),
);

function captured(name: string): string {
  const found = corpus.find(one => one.name === name);
  if (found === undefined) throw new Error(`no ${name} in the corpus`);
  return found.stdout;
}

describe('output of captured plugins', () => {
  test('summary, details and performance data of the whole corpus', () => {
    const parts = corpus.map(({name, stdout}) => {
      const {summary, details, perfdata} = splitPluginOutput(stdout);
      return [
        name,
        summary,
        details.split('\n').length,
        parsePerfdata(perfdata)
          .map(item => item.label)
          .join(' '),
      ];
    });
    expect(parts.filter(([, , , labels]) => labels !== '')).toEqual([
      ['load-ok', 'LOAD OK - total load average: 0.51, 0.77, 0.96', 1, 'load1 load5 load15'],
      [
        'load-critical',
        'LOAD CRITICAL - scaled load average: 0.26, 0.39, 0.48 - total load average: 0.51, 0.77, 0.96',
        1,
        'load1 scaled_load1 load5 scaled_load5 load15 scaled_load15',
      ],
      ['disk', 'DISK OK - free space: / 73695MiB (70% inode=96%);', 1, '/'],
      ['procs-metric', 'PROCS OK: 72 processes', 1, 'procs'],
      ['procs-named-critical', "PROCS CRITICAL: 0 processes with command name 'nosuchdaemon'", 1, 'procs'],
      [
        'swap',
        'SWAP CRITICAL - 0% free (0MB out of 0MB) - Swap is either disabled, not present, or of zero size.',
        1,
        'swap',
      ],
      ['users', 'USERS OK - 0 users currently logged in', 1, 'users'],
      ['icmp-local', 'OK - 127.0.0.1: rta 0.036ms, lost 0%', 1, 'rta pl rtmax rtmin'],
      ['http-ok', 'HTTP OK: HTTP/1.1 200 OK - 153 bytes in 0.043 second response time', 1, 'time size'],
      [
        'http-503',
        'HTTP CRITICAL: HTTP/1.1 503 Service Unavailable - 170 bytes in 0.002 second response time',
        1,
        'time size',
      ],
      [
        'http-string-missing',
        "HTTP CRITICAL: HTTP/1.1 200 OK - string 'Größe' not found on 'http://127.0.0.1:8080/' - 153 bytes in 0.002 second response time",
        1,
        'time size',
      ],
    ]);
    expect(splitPluginOutput(captured('http-refused'))).toEqual({
      summary: 'connect to address 127.0.0.1 and port 9: Connection refused',
      details: 'HTTP CRITICAL - Unable to open TCP socket',
      perfdata: '',
    });
    expect(splitPluginOutput(captured('log-usage')).details.split('\n').length).toBe(5);
  });

  test('every figure of check_load, thresholds and bounds included', () => {
    const {perfdata} = splitPluginOutput(captured('load-ok'));
    expect(parsePerfdata(perfdata)[0]).toEqual({
      label: 'load1',
      value: 0.51,
      unit: '',
      warning: {start: 0, end: 15, isInside: false},
      critical: {start: 0, end: 30, isInside: false},
      min: 0,
      max: null,
    });
  });

  test('performance data also follows the first bar of the long output, to its end', () => {
    expect(splitPluginOutput('A | a=1\r\nline 1\nline 2 | b=2\nc=3 d=4\n')).toEqual({
      summary: 'A',
      details: 'line 1\nline 2',
      perfdata: 'a=1  b=2\nc=3 d=4',
    });
    expect(splitPluginOutput('')).toEqual({summary: '', details: '', perfdata: ''});
    expect(splitPluginOutput('|a=1')).toEqual({summary: '', details: '', perfdata: 'a=1'});
  });
});

describe('items', () => {
  const labels = (text: string) => parsePerfdata(text).map(item => item.label);

  test.each([
    ["'a b'=1 'it''s'=2", ['a b', "it's"]],
    ['a=1,5 b=2', ['b']],
    ['a=1x2 b=2', ['b']],
    ['a b=2', ['b']],
    ["'open=1 b=2", ['b']],
    ["'open b=2", ['b']],
    ["'' ''=1 b=2", ['b']],
    ['=1 b=2', ['b']],
    ["a'b=1 c=2", ['c']],
    ['a=U b=-1.5e3ms;;;;', ['a', 'b']],
    ['a=1;2;3;4;5;6;7', ['a']],
    [' \t a=1\n\n', ['a']],
    ['a=', []],
    ['a=1;x;3', ['a']],
    ['C:\\ %=12%;80;90', ['%']],
    ["'C:\\ %'=12%;80;90", ['C:\\ %']],
  ])('%j has %j', (text, wanted) => expect(labels(text)).toEqual(wanted));

  test('U is unknown, and a threshold that cannot be read is none', () => {
    expect(parsePerfdata('a=U;x;10:')).toEqual([
      {
        label: 'a',
        value: null,
        unit: '',
        warning: null,
        critical: {start: 10, end: Number.POSITIVE_INFINITY, isInside: false},
        min: null,
        max: null,
      },
    ]);
  });

  test.each([
    ['10', {start: 0, end: 10, isInside: false}],
    ['10:', {start: 10, end: Number.POSITIVE_INFINITY, isInside: false}],
    ['~:10', {start: Number.NEGATIVE_INFINITY, end: 10, isInside: false}],
    ['@10:20', {start: 10, end: 20, isInside: true}],
    ['1:250', {start: 1, end: 250, isInside: false}],
    ['-5:5', {start: -5, end: 5, isInside: false}],
    ['', null],
    ['@', null],
    ['10:20:30', null],
    ['~', null],
    ['ten', null],
  ])('range %j', (text, wanted) => expect(parseRange(text)).toEqual(wanted));

  test('what is written is read back', () => {
    const label = fc.stringMatching(/^[^=\n\r\t|]{1,20}$/).filter(text => text.trim() === text && text !== '');
    const item = fc.record({
      label,
      value: fc.double({noNaN: true, noDefaultInfinity: true}),
      unit: fc.constantFrom('', 's', '%', 'B', 'MiB', 'c'),
    });
    fc.assert(
      fc.property(fc.array(item, {maxLength: 8}), items => {
        const text = items.map(one => `'${one.label.replaceAll("'", "''")}'=${one.value}${one.unit};1;2`).join(' ');
        const wanted = items.map(one => [one.label, one.value + 0, one.unit]);
        expect(parsePerfdata(text).map((one: PerfItem) => [one.label, (one.value ?? 0) + 0, one.unit])).toEqual(wanted);
      }),
    );
  });

  test('any text is read without an error, and an unreadable item takes no other with it', () => {
    const junk = fc.string({unit: fc.constantFrom(...`ab=',;:@~ 1.eE+-U%\t\n`), maxLength: 60});
    fc.assert(
      fc.property(junk, text => {
        const last = parsePerfdata(`${text.replaceAll("'", '')} good=1s`).at(-1);
        expect(last).toMatchObject({label: 'good', value: 1, unit: 's'});
        parsePerfdata(text);
      }),
    );
  });

  test('rule 35: 100 KB of the worst characters take under 10 ms', () => {
    for (const worst of [
      "'",
      "''",
      "' ",
      "'' ",
      "''' ",
      "'a'' ",
      'a',
      '=',
      'a=',
      'a=1;',
      ' ',
      `a=${'1'.repeat(9000)}x `,
    ]) {
      const text = worst.repeat(100_000 / worst.length);
      expect(fastestMs(() => void parsePerfdata(text))).toBeLessThan(10);
    }
    expect(fastestMs(() => void parseRange(`${'1'.repeat(100_000)}:`))).toBeLessThan(10);
  });
});

describe('figures of a host', () => {
  test('check_disk, check_icmp and check_load -r are understood', () => {
    const of = (name: string) => figuresOf(parsePerfdata(splitPluginOutput(captured(name)).perfdata));
    expect(of('disk')).toEqual({
      disks: [{mount: '/', usedPercent: expect.closeTo(11.7, 1), sizeBytes: 270552530944}],
      diskPercent: expect.closeTo(11.7, 1),
    });
    expect(of('icmp-local')).toEqual({latencyMs: 0.036});
    expect(of('load-critical')).toEqual({loadPerCore: 0.255});
    expect(of('users')).toEqual({});
  });

  test('absurd figures are none, and the fullest disk counts', () => {
    const items = parsePerfdata(
      "/=50MB;;;0;100 C:=90GB;;;0;100 /bad=1MB;;;0;0 /none=U;;;0;9 /percent=5%;;;0;100 '/x\u001b'=9B;;;0;9",
    );
    expect(figuresOf(items)).toEqual({
      disks: [
        {mount: '/', usedPercent: 50, sizeBytes: 100 * 1024 ** 2},
        {mount: 'C:', usedPercent: 90, sizeBytes: 100 * 1024 ** 3},
        {mount: '/x\uFFFD', usedPercent: 100, sizeBytes: 9},
      ],
      diskPercent: 100,
    });
  });
});
