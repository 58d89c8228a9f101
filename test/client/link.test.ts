import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {reconnectDelayMs} from '../../src/client/backoff.ts';
import {CollectorLink, type LinkStatus, type PictureFrame, type VerdictFrame} from '../../src/client/link.ts';
import type {ServerFrame} from '../../src/protocol/frames.ts';
import {CLOSE} from '../../src/protocol/frames.ts';
import {NIGHT, type VirtualOutside, virtualOutside} from '../support/clock.ts';
import {delta, hello, text} from '../support/frames.ts';
import {type Line, openLine} from '../support/line.ts';

interface Bench {
  readonly link: CollectorLink;
  readonly line: Line;
  readonly outside: VirtualOutside;
  readonly taken: PictureFrame[];
  readonly verdicts: VerdictFrame[];
  readonly statuses: LinkStatus[];
  greetings: number;
}

const target = {url: 'ws://127.0.0.1:7420/ws', token: 'canary-token', ca: null};

function openBench(narrowed: {readonly customers?: readonly string[]} = {}): Bench {
  const outside = virtualOutside();
  const line = openLine();
  const bench = {outside, line, taken: [], verdicts: [], statuses: [], greetings: 0} as unknown as Bench & {
    link: CollectorLink;
  };
  bench.link = new CollectorLink({...target, ...narrowed}, line.dial, outside, {
    onStatus: status => bench.statuses.push(status),
    onPicture: frame => bench.taken.push(frame),
    onVerdict: frame => bench.verdicts.push(frame),
    onGreeted: () => {
      bench.greetings++;
    },
  });
  bench.link.open();
  return bench;
}

const snapshot = (seq: number, epoch = 'e1'): readonly ServerFrame[] => [
  {t: 'snap', seq, epoch, occurrences: 0},
  {t: 'item', items: [{kind: 'source', value: {name: 's', type: 'generic', capabilities: [], freshness: 'live'}}]},
  {t: 'snapend', seq, count: 1, digest: 'd'},
  {t: 'live'},
];

function live(bench: Bench, seq = 10): void {
  bench.line.call.accept();
  bench.line.call.say(hello(), ...snapshot(seq));
}

const lastSub = (bench: Bench): unknown => bench.line.call.sent.filter(frame => frame.t === 'sub').at(-1);

describe('a link that comes up', () => {
  test('greets, takes a snapshot and is live', () => {
    const bench = openBench();
    expect(bench.link.status.link).toBe('connecting');
    bench.line.call.accept();
    bench.line.call.say(hello({now: NIGHT + 3000}));
    expect(bench.link.status).toMatchObject({link: 'loading', skewMs: 3000, collector: {name: 'berlin', tag: 'B'}});
    expect(lastSub(bench)).toMatchObject({t: 'sub', epoch: null, seq: null, customers: null});
    bench.line.call.say(...snapshot(10));
    expect(bench.link.status).toMatchObject({link: 'live', reason: null});
    expect(bench.taken.map(frame => frame.t)).toEqual(['snap', 'item', 'snapend']);
  });

  test('takes what the delay of a line may be for no skew: eight o’clock at the collector is eight o’clock here', () => {
    for (const [offMs, skewMs] of [
      [-8, 0],
      [9, 0],
      [-400, 0],
      [800, 800],
      [-90_000, -90_000],
    ] as const) {
      const bench = openBench();
      bench.line.call.accept();
      bench.line.call.say(hello({now: NIGHT + offMs}));
      expect(bench.link.status.skewMs).toBe(skewMs);
    }
  });

  test('asks for the customers it was narrowed to, and for no others, also when it comes back', () => {
    const bench = openBench({customers: ['mueller']});
    live(bench);
    expect(lastSub(bench)).toMatchObject({customers: ['mueller']});
    bench.line.call.end({type: 'closed', code: 1006, reason: ''});
    bench.outside.advance(60_000);
    bench.line.call.accept();
    bench.line.call.say(hello());
    expect(lastSub(bench)).toMatchObject({seq: 10, customers: ['mueller']});
  });

  test('says who it is in the upgrade alone: no token in a frame (security rule 16)', () => {
    const bench = openBench();
    live(bench);
    bench.link.watch(['a|b|c']);
    expect(bench.line.call.target.token).toBe('canary-token');
    expect(bench.line.call.target.url).not.toContain('canary');
    expect(JSON.stringify(bench.line.call.sent)).not.toContain('canary');
  });

  test('asks for samples again on every new connection', () => {
    const bench = openBench();
    live(bench);
    bench.link.watch('all');
    bench.line.call.end({type: 'closed', code: 1006, reason: ''});
    bench.outside.advance(250);
    live(bench);
    expect(bench.line.calls).toHaveLength(2);
    expect(bench.line.call.sent).toContainEqual({t: 'watch', hosts: 'all'});
  });
});

describe('frames that do not join on', () => {
  test('a gap makes it subscribe anew from its own number, and what comes meanwhile is not taken', () => {
    const bench = openBench();
    live(bench, 10);
    bench.line.call.say(delta(10, 12), delta(13, 14), delta(14, 15));
    expect(bench.taken.filter(frame => frame.t === 'd')).toHaveLength(1);
    expect(bench.link.status.link).toBe('loading');
    expect(lastSub(bench)).toMatchObject({epoch: 'e1', seq: 12});
    bench.line.call.say({t: 'resumed', seq: 12}, delta(12, 15), {t: 'live'});
    expect(bench.taken.filter(frame => frame.t === 'd').map(frame => frame.seq)).toEqual([12, 15]);
    expect(bench.link.status.link).toBe('live');
  });

  test('a snapshot that is short of an item is asked for again', () => {
    const bench = openBench();
    bench.line.call.accept();
    bench.line.call.say(
      hello(),
      {t: 'snap', seq: 4, epoch: 'e1', occurrences: 0},
      {t: 'snapend', seq: 4, count: 1, digest: ''},
    );
    expect(bench.line.call.sent.filter(frame => frame.t === 'sub')).toHaveLength(2);
    expect(lastSub(bench)).toMatchObject({seq: null});
    expect(bench.taken.map(frame => frame.t)).toEqual(['snap']);
  });

  test('a wrong digest is answered by a whole snapshot, but not again and again', () => {
    const bench = openBench();
    live(bench);
    bench.link.resync();
    expect(lastSub(bench)).toMatchObject({epoch: null, seq: null});
    expect(bench.link.status).toMatchObject({link: 'loading', reason: {code: 'DIGEST'}});
    bench.line.call.say(...snapshot(11));
    bench.link.resync();
    expect(bench.line.call.sent.filter(frame => frame.t === 'sub')).toHaveLength(2);
    for (let step = 0; step < 3; step++) {
      bench.outside.advance(10_000);
      bench.line.call.ping();
    }
    expect(bench.line.call.sent.filter(frame => frame.t === 'sub')).toHaveLength(3);
  });

  test('a cut in the middle of a snapshot goes on from the last whole picture', () => {
    const bench = openBench();
    live(bench, 10);
    bench.line.call.end({type: 'closed', code: 4000, reason: ''});
    bench.outside.advance(250);
    bench.line.call.accept();
    bench.line.call.say(hello({epoch: 'e2'}), {t: 'snap', seq: 3, epoch: 'e2', occurrences: 0});
    bench.line.call.end({type: 'closed', code: 1006, reason: ''});
    bench.outside.advance(500);
    bench.line.call.accept();
    bench.line.call.say(hello());
    expect(lastSub(bench)).toMatchObject({epoch: 'e1', seq: 10});
  });

  test('what is no frame ends the connection, an unknown frame does not', () => {
    const bench = openBench();
    live(bench);
    bench.line.call.text('{"t":"rainbow","colours":7}');
    expect(bench.link.status.link).toBe('live');
    bench.line.call.text('{"t":"d","seq":"11","prev":10,"events":[]}');
    expect(bench.line.call.isOver).toBe(true);
    expect(bench.link.status).toMatchObject({link: 'down', reason: {code: 'PROTOCOL'}});
  });

  test('no frame whatever throws (security rule 23)', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.record({t: fc.constantFrom('hello', 'd', 'item', 'cack', 'mark')}).map(v => JSON.stringify(v)),
        ),
        junk => {
          const bench = openBench();
          live(bench);
          bench.line.call.text(junk);
          return true;
        },
      ),
    );
  });
});

describe('a line that goes', () => {
  test('30 s without a byte end it, a ping keeps it (security rule 25)', () => {
    const bench = openBench();
    live(bench);
    bench.outside.advance(25_000);
    bench.line.call.ping();
    bench.outside.advance(25_000);
    expect(bench.link.status.link).toBe('live');
    bench.outside.advance(5_000);
    expect(bench.line.calls[0]?.isOver).toBe(true);
    expect(bench.link.status).toMatchObject({link: 'down', reason: {code: 'SILENT'}});
  });

  test('a machine that slept finds its line dead at once', () => {
    const bench = openBench();
    live(bench);
    bench.outside.jump(3_600_000);
    bench.outside.advance(5_000);
    expect(bench.link.status.link).toBe('down');
  });

  test.each([
    [{type: 'answered', status: 401}, 'UNAUTHORIZED'],
    [{type: 'answered', status: 403}, 'FORBIDDEN'],
    [{type: 'answered', status: 404}, 'UNSUPPORTED'],
    [{type: 'closed', code: CLOSE.revoked, reason: ''}, 'REVOKED'],
    [{type: 'closed', code: CLOSE.rescoped, reason: ''}, 'RESCOPED'],
    [{type: 'closed', code: CLOSE.unsupported, reason: ''}, 'UNSUPPORTED'],
    [{type: 'closed', code: 4199, reason: ''}, 'UNSUPPORTED'],
    [{type: 'failed', code: 'SUBPROTOCOL', message: ''}, 'UNSUPPORTED'],
  ] as const)('%o waits for a human', (end, code) => {
    const bench = openBench();
    bench.line.call.end(end);
    expect(bench.link.status).toMatchObject({link: 'refused', reason: {code}});
    bench.outside.advance(3_600_000);
    expect(bench.line.calls).toHaveLength(1);
    bench.link.reconnect();
    expect(bench.line.calls).toHaveLength(2);
    expect(bench.link.status.link).toBe('connecting');
  });

  test.each([
    [{type: 'answered', status: 503}, 'OVERLOADED'],
    [{type: 'answered', status: 429}, 'OVERLOADED'],
    [{type: 'closed', code: CLOSE.restart, reason: ''}, 'CLOSED'],
    [{type: 'closed', code: CLOSE.overload, reason: ''}, 'OVERLOADED'],
    [{type: 'closed', code: 1006, reason: ''}, 'CLOSED'],
    [{type: 'failed', code: 'ECONNREFUSED', message: ''}, 'UNREACHABLE'],
    [{type: 'failed', code: 'CERT_HAS_EXPIRED', message: ''}, 'TLS'],
  ] as const)('%o comes back by itself', (end, code) => {
    const bench = openBench();
    bench.line.call.end(end);
    expect(bench.link.status).toMatchObject({link: 'down', reason: {code}});
    bench.outside.advance(250);
    expect(bench.line.calls).toHaveLength(2);
  });

  test('an outage keeps its beginning through all the tries', () => {
    const bench = openBench();
    live(bench);
    bench.outside.advance(1000);
    bench.line.call.end({type: 'closed', code: 1006, reason: ''});
    const since = bench.link.status.since;
    for (let attempt = 0; attempt < 5; attempt++) {
      bench.outside.advance(5000);
      bench.line.call.end({type: 'failed', code: 'ECONNREFUSED', message: ''});
    }
    expect(bench.link.status).toMatchObject({link: 'down', since});
  });

  test('after close nothing is dialled and nothing heard', () => {
    const bench = openBench();
    live(bench);
    bench.link.close();
    const heard = bench.statuses.length;
    bench.line.call.say(delta(10, 11));
    bench.line.call.end({type: 'closed', code: 1006, reason: ''});
    bench.outside.advance(60_000);
    expect(bench.line.calls).toHaveLength(1);
    expect(bench.statuses).toHaveLength(heard);
    expect(bench.outside.pending()).toBe(0);
  });
});

describe('the wait before the next try (security rule 25)', () => {
  test('is spread evenly from nothing to its ceiling', () => {
    const {random} = virtualOutside();
    const buckets = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw++) {
      const bucket = Math.floor(reconnectDelayMs(9, 0, random.next()) / 500);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    expect(Math.min(...buckets)).toBeGreaterThan(850);
    expect(Math.max(...buckets)).toBeLessThan(1150);
  });

  test.each([
    [0, 0, 250],
    [1, 0, 500],
    [4, 0, 4000],
    [5, 0, 5000],
    [2000, 599_999, 5000],
    [2000, 600_000, 30_000],
  ])('after %i failures and %i ms it has the ceiling %i ms', (failures, downMs, ceiling) => {
    expect(reconnectDelayMs(failures, downMs, 1)).toBe(ceiling);
    expect(reconnectDelayMs(failures, downMs, 0)).toBe(0);
  });
});

describe('a face that does not take frames', () => {
  test('keeps the line and the verdicts, and goes on from the last frame handed on', () => {
    const bench = openBench();
    live(bench, 10);
    bench.line.call.say(delta(10, 11));
    bench.link.hold();
    bench.line.call.say(delta(11, 12), {
      t: 'cack',
      cid: 'c',
      outcome: 'applied',
      code: 'OK',
      by: text('jana'),
      at: NIGHT,
      seq: 12,
      message: null,
    });
    expect(bench.verdicts).toHaveLength(1);
    expect(bench.line.call.isOver).toBe(false);
    bench.link.release();
    expect(lastSub(bench)).toMatchObject({epoch: 'e1', seq: 11});
    bench.line.call.say({t: 'resumed', seq: 11}, delta(11, 12), {t: 'live'});
    expect(bench.taken.filter(frame => frame.t === 'd').map(frame => frame.seq)).toEqual([11, 12]);
    expect(bench.link.status.link).toBe('live');
  });
});
