import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Fault} from '../../src/domain/fault.ts';
import type {SafeText} from '../../src/domain/text.ts';
import {clientFrameReader} from '../../src/protocol/client-frame.ts';
import type {ClientFrame} from '../../src/protocol/frames.ts';

const read = clientFrameReader((text, units) => text.replaceAll('\u001b', '\ufffd').slice(0, units) as SafeText);

const CID = '01a1ff74-5022-7a97-9f0b-9130b37fbe94';
const sub = {t: 'sub', client: 'c', epoch: null, seq: null, customers: null};
const body = {kind: 'ack', occurrence: 'K7QM', note: null, until: null, sticky: false};
const cmd = {t: 'cmd', cid: CID, body, issuedAt: 1, ttlMs: 1, expectedVersion: null, as: null};
const downtime = {
  kind: 'downtime',
  customer: 'mueller',
  site: null,
  host: null,
  service: null,
  start: 1,
  end: 2,
  comment: 'Wartung',
};

/** What the reader says of a frame that it does not take. */
function refusal(frame: unknown): Fault {
  try {
    read(typeof frame === 'string' ? frame : JSON.stringify(frame));
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`taken: ${JSON.stringify(frame)}`);
}

test.each<[string, ClientFrame]>([
  ['sub', sub as ClientFrame],
  ['sub, narrowed and resumed', {...sub, epoch: 'e', seq: 7, customers: ['mueller']} as ClientFrame],
  ['cmd', cmd as ClientFrame],
  [
    'cmd of a downtime in the site without a name',
    {...cmd, body: {...downtime, site: '', host: 'srv-01'}} as ClientFrame,
  ],
  ['watch all', {t: 'watch', hosts: 'all'}],
  ['watch some', {t: 'watch', hosts: ['mueller||srv-01']}],
  ['ask', {t: 'ask', id: 1, host: 'mueller||srv-01', spanMs: 3_600_000, points: 60}],
])('%s is read as it was written', (_what, frame) => {
  expect(read(JSON.stringify(frame))).toEqual(frame);
});

test('what is not known falls away: fields in silence, kinds as null', () => {
  expect(read(JSON.stringify({...sub, theme: 'dark'}))).toEqual(sub);
  expect(read('{"t":"wave"}')).toBeNull();
  expect(read('{"t":"__proto__"}')).toBeNull();
  const polluted = read(`{"t":"sub","client":"c","epoch":null,"seq":null,"customers":null,"__proto__":{"polluted":1}}`);
  expect((polluted as {polluted?: unknown}).polluted).toBeUndefined();
  expect(({} as {polluted?: unknown}).polluted).toBeUndefined();
});

test('an occurrence may be typed in small letters', () => {
  expect(read(JSON.stringify({...cmd, body: {...body, occurrence: 'k7qm'}}))).toEqual(cmd);
});

test('rule 42: every text is made safe before anybody sees it', () => {
  const hostile = 'a\u001b[31mb';
  const commands = [
    {...cmd, as: hostile, body: {...body, note: hostile}},
    {...cmd, body: {...downtime, customer: hostile, site: hostile, host: hostile, service: hostile, comment: hostile}},
    {...cmd, body: {kind: 'note', occurrence: 'K7QM', text: hostile, customerVisible: true}},
    {...cmd, body: {kind: 'pause', occurrence: 'K7QM', reason: hostile, question: hostile}},
  ];
  for (const command of commands) expect(JSON.stringify(read(JSON.stringify(command)))).not.toContain('u001b');
});

describe('a frame that cannot be read is refused by one code, and nothing of it is echoed', () => {
  test.each<[string, unknown]>([
    ['no JSON', '{"t":'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', []],
    ['no kind', {}],
    ['a kind that is no text', {t: 3}],
    ['a missing field', {t: 'sub', client: 'c'}],
    ['a negative number', {...sub, seq: -1}],
    ['half a number', {...sub, seq: 1.5}],
    ['too many customers', {...sub, customers: Array(1001).fill('a')}],
    ['an id of another make', {...cmd, cid: 'ack-1'}],
    ['a version 4 id', {...cmd, cid: CID.replace('-7', '-4')}],
    ['an unknown command', {...cmd, body: {kind: 'reboot'}}],
    ['an occurrence that is none', {...cmd, body: {...body, occurrence: '../..'}}],
    ['an empty note', {...cmd, body: {kind: 'note', occurrence: 'K7QM', text: ' ', customerVisible: false}}],
    ['a novel', {...cmd, body: {...body, note: 'x'.repeat(4097)}}],
    ['an instant in microseconds', {...cmd, issuedAt: 1_795_287_175_000_000}],
    ['an endless life', {...cmd, ttlMs: 1e15}],
    ['a level of nothing', {...cmd, body: {kind: 'escalate', occurrence: 'K7QM', level: 0}}],
    [
      'a priority of nothing',
      {...cmd, body: {kind: 'priority', occurrence: 'K7QM', priority: 'P0', mode: 'retroactive', reason: 'x'}},
    ],
    ['a host key that is none', {t: 'watch', hosts: [3]}],
    ['no points', {t: 'ask', id: 1, host: 'h', spanMs: 3_600_000, points: 0}],
    ['too many points', {t: 'ask', id: 1, host: 'h', spanMs: 3_600_000, points: 1441}],
  ])('%s', (_what, frame) => {
    const fault = refusal(frame);
    expect(fault.code).toBe('FRAME');
    expect(fault.message).toMatch(/^(a frame is a JSON object|frame \w+: [\w.]+ is not as agreed)/);
  });

  test('a command with a good id is told by it, so that it can be answered', () => {
    expect(refusal({...cmd, body: {kind: 'reboot'}}).values).toEqual({cid: CID});
    expect(refusal({...cmd, cid: 'x'}).values).toEqual({});
  });

  test('rule 23: whatever comes is read or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.jsonValue().map(value => JSON.stringify({t: 'cmd', cid: CID, body: value})),
        ),
        text => {
          try {
            read(text);
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
          }
        },
      ),
      {numRuns: 2000},
    );
  });
});
