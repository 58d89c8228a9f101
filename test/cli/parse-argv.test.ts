import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {COMMANDS} from '../../src/cli/command-table.ts';
import {EXIT, exitCodeOf} from '../../src/cli/exit-code.ts';
import {COMMON_OPTIONS} from '../../src/cli/options.ts';
import {parseArgv} from '../../src/cli/parse-argv.ts';
import {Fault} from '../../src/domain/fault.ts';

const parse = (line: string) => parseArgv(line.split(' ').filter(Boolean), COMMANDS);

function call(line: string) {
  const request = parse(line);
  if (request.type !== 'run') throw new Error(`${line} is ${request.type}`);
  return {path: request.call.spec.path, args: request.call.args, flags: Object.fromEntries(request.call.flags)};
}

function fault(line: string): Fault {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`${line} is taken`);
}

test.each([
  ['', {path: 'console', args: [], flags: {}}],
  ['--lang de', {path: 'console', args: [], flags: {lang: 'de'}}],
  ['ack K7F3', {path: 'ack', args: ['K7F3'], flags: {}}],
  [
    'ack K7F3 B-9ZZZ -m hallo --for 2h --sticky',
    {path: 'ack', args: ['K7F3', 'B-9ZZZ'], flags: {message: 'hallo', for: '2h', sticky: true}},
  ],
  ['--url ws://a --url=ws://b alerts x y', {path: 'alerts', args: ['x', 'y'], flags: {url: ['ws://a', 'ws://b']}}],
  ['downtime list', {path: 'downtime list', args: [], flags: {}}],
  [
    'downtime --customer a --customer b --for 1h',
    {path: 'downtime', args: [], flags: {customer: ['a', 'b'], for: '1h'}},
  ],
  ['config check nocturne.yaml', {path: 'config check', args: ['nocturne.yaml'], flags: {}}],
  ['ack K7F3 --message=-x', {path: 'ack', args: ['K7F3'], flags: {message: '-x'}}],
  ['ack -- -x', {path: 'ack', args: ['-x'], flags: {}}],
])('%s', (line, expected) => expect(call(line)).toEqual(expected));

test('a text may begin with a dash when a blank in it says that it is no option', () => {
  const request = parseArgv(['note', 'K7F3', '-m', '- Netzteil getauscht'], COMMANDS);
  expect(request).toMatchObject({type: 'run', call: {args: ['K7F3']}});
  expect(request.type === 'run' && request.call.flags.get('message')).toBe('- Netzteil getauscht');
});

test.each([
  ['akc K7F3', 'USAGE_COMMAND', {given: 'akc K7F3'}],
  ['alrts', 'USAGE_COMMAND', {meant: 'alerts'}],
  ['token crate', 'USAGE_COMMAND', {meant: 'token create'}],
  ['token', 'USAGE_COMMAND', {meant: 'token create, token list, token revoke'}],
  ['ack K7F3 --stiky', 'USAGE_OPTION', {meant: '--sticky'}],
  ['unack K7F3 --sticky', 'USAGE_OPTION', {command: 'unack'}],
  ['alerts --url', 'USAGE_VALUE', {option: 'url'}],
  ['alerts --url --json', 'USAGE_VALUE', {option: 'url'}],
  ['alerts --json=yes', 'USAGE_SWITCH', {option: 'json'}],
  ['alerts --lang fr', 'USAGE_CHOICE', {choices: 'de, en'}],
  ['alerts --lang de --lang en', 'USAGE_REPEATED', {option: 'lang'}],
  ['ack K7F3 --for soon', 'USAGE_DURATION', {given: 'soon'}],
  ['ack K7F3 --for 0s', 'USAGE_DURATION', {given: '0s'}],
  ['snooze K7F3 --for=0h0m', 'USAGE_DURATION', {given: '0h0m'}],
  ['downtime --customer a --for 99999d', 'USAGE_DURATION', {given: '99999d'}],
  ['alerts --timeout 0s', 'USAGE_DURATION', {given: '0s'}],
  ['token create --name a --role viewer --expires 0s', 'USAGE_DURATION', {given: '0s'}],
  ['demo --seconds up', 'USAGE_COUNT', {given: 'up'}],
  ['escalate K7F3 --to up', 'USAGE_LEVEL', {given: 'up'}],
  ['escalate K7F3 --to 0', 'USAGE_LEVEL', {given: '0'}],
  ['escalate K7F3 --to 100', 'USAGE_LEVEL', {given: '100'}],
  ['downtime lst', 'USAGE_MANY', {given: 'lst'}],
  ['help nonsense', 'USAGE_COMMAND', {given: 'nonsense'}],
  ['snooze K7F3', 'USAGE_REQUIRED', {option: 'for'}],
  ['ack', 'USAGE_MISSING', {name: 'TARGET'}],
  ['customers x', 'USAGE_MANY', {given: 'x'}],
])('%s is refused with %s: exit 2', (line, code, values) => {
  expect(fault(line)).toMatchObject({code, values});
  expect(exitCodeOf(fault(line))).toBe(EXIT.usage);
});

describe('help', () => {
  test.each([
    ['--help', null],
    ['-h', null],
    ['help', null],
    ['ack --help', 'ack'],
    ['ack', 'ack', '-h'],
    ['help token create', 'token create'],
    ['token --help', 'token'],
    ['help token', 'token'],
    ['help ack K7F3', 'ack'],
  ])('%s', (line, topic, extra = '') => {
    expect(parse(`${line} ${extra}`)).toEqual({type: 'help', topic});
  });

  test('asks for nothing else to be right', () => {
    expect(parse('snooze --help').type).toBe('help');
    expect(parse('--version --nonsense')).toEqual({type: 'version'});
  });
});

test('an option means the same in every command', () => {
  const seen = new Map<string, string>();
  for (const option of [...COMMON_OPTIONS, ...COMMANDS.flatMap(spec => spec.options)]) {
    const {name, short, value, isRepeatable, kind} = {
      short: null,
      value: null,
      isRepeatable: false,
      kind: null,
      ...option,
    };
    const meaning = JSON.stringify({short, value, isRepeatable, kind});
    expect(seen.get(name) ?? meaning).toBe(meaning);
    seen.set(name, meaning);
  }
});

test('any words whatever are taken, or refused with a fault of usage', () => {
  const words = [
    ...COMMANDS.flatMap(spec => spec.path.split(' ')),
    '--url',
    '--json',
    '-m',
    '--',
    '-',
    '--=',
    'x',
    '',
    '-mx',
    '--for=2h',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), {maxLength: 6}), argv => {
      try {
        parseArgv(argv, COMMANDS);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        expect(exitCodeOf(error as Fault)).toBe(EXIT.usage);
      }
    }),
  );
});
