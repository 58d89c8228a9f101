import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hostKey} from '../../src/domain/address.ts';
import {hostReachability, parentHosts} from '../../src/domain/dependencies.ts';
import {type DependencyGraph, reachabilityOf} from '../../src/domain/reachability.ts';
import {MINUTE} from '../../src/domain/time.ts';
import {alertOf, evening, FIVE_MINUTES, message, pass, result, START, service, types} from './support/reports.ts';

type Collector = ReturnType<typeof evening>;

function define(collector: Collector, host: string, parents: readonly (readonly string[])[] = [], site = 'hq'): void {
  const event = {type: 'host.defined', customer: 'mueller', site, host, parents, criticality: 'B'} as const;
  collector.draft({customer: 'mueller', event});
}

/** A router, a switch behind it, a server behind that; all up. */
function network(): Collector {
  const collector = evening();
  define(collector, 'router');
  define(collector, 'switch', [['router']]);
  define(collector, 'server', [['switch']]);
  for (const host of ['router', 'switch', 'server']) result(collector, service(host), 'ok');
  result(collector, service('server', 'disk'), 'ok');
  pass(collector, 60);
  return collector;
}

const flags = (collector: Collector, host: string, name = '') => {
  const {suppressed, rootCause} = alertOf(collector, service(host, name));
  return {suppressed, rootCause};
};

describe('a parent is down (DP-1 to DP-3, ST-6)', () => {
  test('what hangs under it opens flagged, under the alert of the root', () => {
    const collector = network();
    result(collector, service('router'), 'critical');
    const root = alertOf(collector, service('router')).occurrence;
    for (const host of ['switch', 'server']) result(collector, service(host), 'critical');
    result(collector, service('server', 'disk'), 'unknown');
    expect(flags(collector, 'router')).toEqual({suppressed: [], rootCause: null});
    for (const [host, name] of [
      ['switch', ''],
      ['server', ''],
      ['server', 'disk'],
    ] as const) {
      expect(flags(collector, host, name)).toEqual({suppressed: ['unreachable'], rootCause: root});
    }
  });

  test('the child may report first: its alert moves under the root when that is certain, and nothing recovers', () => {
    const collector = network();
    const soft = {policy: FIVE_MINUTES};
    result(collector, service('server'), 'critical');
    result(collector, service('server', 'disk'), 'critical');
    result(collector, service('switch'), 'critical');
    for (const [attempt, expected] of [
      [1, []],
      [2, []],
      [3, ['unreachable']],
    ] as const) {
      result(collector, service('router'), 'critical', soft);
      expect(flags(collector, 'switch').suppressed, `attempt ${attempt}`).toEqual(expected);
      pass(collector, 60);
    }
    const root = alertOf(collector, service('router')).occurrence;
    expect(flags(collector, 'server', 'disk')).toEqual({suppressed: ['unreachable'], rootCause: root});
    expect(types(collector.log)).not.toContain('alert.resolved');
  });

  test('services of a host that is down hang under the host (ST-6)', () => {
    const collector = network();
    result(collector, service('server'), 'critical');
    result(collector, service('server', 'disk'), 'critical');
    const root = alertOf(collector, service('server')).occurrence;
    expect(flags(collector, 'server', 'disk')).toEqual({suppressed: ['unreachable'], rootCause: root});
  });

  test('what upstreams say of a host counts like a check of its own, where it has none', () => {
    const collector = evening();
    define(collector, 'fw');
    define(collector, 'nas', [['fw']]);
    message(collector, {address: service('nas', 'raid'), key: 'am:1'});
    message(collector, {address: service('fw'), key: 'am:2'});
    const root = alertOf(collector, service('fw')).occurrence;
    expect(flags(collector, 'nas', 'raid')).toEqual({suppressed: ['unreachable'], rootCause: root});
  });

  test('one parent of a group is enough; a parent at another site is named with it', () => {
    const collector = evening();
    define(collector, 'wan1');
    define(collector, 'wan2', [], 'branch');
    define(collector, 'fw', [['wan1', 'branch/wan2']]);
    result(collector, service('wan1'), 'critical');
    result(collector, service('fw'), 'critical');
    expect(flags(collector, 'fw').suppressed).toEqual([]);
    pass(collector, 1);
    result(collector, service('wan2', '', 'mueller', 'branch'), 'critical');
    expect(flags(collector, 'fw').suppressed).toEqual(['unreachable']);
    expect(parentHosts(collector.state, hostKey(service('fw')))).toEqual(['mueller|hq|wan1', 'mueller|branch|wan2']);
  });

  test('a parent of the same name at another customer means nothing', () => {
    const collector = network();
    result(collector, service('router', '', 'schulze'), 'critical');
    result(collector, service('switch'), 'critical');
    expect(flags(collector, 'switch').suppressed).toEqual([]);
  });

  test('when the root of the root fails too, everything moves on to it', () => {
    const collector = network();
    result(collector, service('switch'), 'critical');
    result(collector, service('server'), 'critical');
    expect(flags(collector, 'server').rootCause).toBe(alertOf(collector, service('switch')).occurrence);
    result(collector, service('router'), 'critical');
    const root = alertOf(collector, service('router')).occurrence;
    expect(flags(collector, 'switch').rootCause).toBe(root);
    expect(flags(collector, 'server').rootCause).toBe(root);
  });

  test('a parent of which nothing is heard is not known to be down', () => {
    const collector = network();
    result(collector, service('server', 'disk'), 'warning');
    const fresh = {policy: {...FIVE_MINUTES, intervalMs: 60 * MINUTE}};
    result(collector, service('switch'), 'ok', fresh);
    pass(collector, 20 * 60);
    expect(hostReachability(collector.state).isReachable(hostKey(service('server')))).toBe(true);
  });
});

describe('the parent is back (DP-4)', () => {
  function recovering(): Collector {
    const collector = network();
    result(collector, service('router'), 'critical');
    result(collector, service('switch'), 'critical');
    result(collector, service('server', 'disk'), 'critical');
    pass(collector, 60);
    result(collector, service('router'), 'ok');
    return collector;
  }

  test('a child counts only with a bad result executed after that', () => {
    const collector = recovering();
    const backAt = collector.now;
    pass(collector, 5);
    expect(result(collector, service('switch'), 'critical', {executedAt: backAt - 1000})).toEqual([]);
    pass(collector, 60);
    expect(types(result(collector, service('switch'), 'critical'))).toContain('alert.unsuppressed');
    expect(flags(collector, 'switch')).toEqual({suppressed: [], rootCause: null});
  });

  test('a new alert from a result of before that opens as if it had come then, and counts with the next', () => {
    const collector = recovering();
    const backAt = collector.now;
    define(collector, 'ap', [['router']]);
    pass(collector, 5);
    result(collector, service('ap', 'wifi'), 'critical', {executedAt: backAt - 1000});
    const root = alertOf(collector, service('router')).occurrence;
    expect(flags(collector, 'ap', 'wifi')).toEqual({suppressed: ['unreachable'], rootCause: root});
    pass(collector, 60);
    result(collector, service('ap', 'wifi'), 'critical');
    expect(flags(collector, 'ap', 'wifi')).toEqual({suppressed: [], rootCause: null});
  });

  test('a child that is well again goes silently', () => {
    const collector = recovering();
    pass(collector, 60);
    result(collector, service('switch'), 'ok');
    expect(alertOf(collector, service('switch'))).toMatchObject({condition: 'resolved', suppressed: ['unreachable']});
  });

  test('what hung under the router and finds its own host down hangs under that', () => {
    const collector = recovering();
    result(collector, service('server'), 'critical');
    expect(flags(collector, 'server').suppressed).toEqual(['unreachable']);
    pass(collector, 60);
    result(collector, service('switch'), 'ok');
    pass(collector, 60);
    result(collector, service('server'), 'critical');
    result(collector, service('server', 'disk'), 'critical');
    const root = alertOf(collector, service('server')).occurrence;
    expect(flags(collector, 'server').suppressed).toEqual([]);
    expect(flags(collector, 'server', 'disk')).toEqual({suppressed: ['unreachable'], rootCause: root});
  });

  test('what no check of ours feeds is let go when the root’s alert closes', () => {
    const collector = network();
    result(collector, service('router'), 'critical');
    message(collector, {address: service('server', 'raid'), startedAt: START});
    expect(flags(collector, 'server', 'raid').suppressed).toEqual(['unreachable']);
    for (let minute = 0; minute < 17; minute++) {
      pass(collector, 60);
      for (const host of ['router', 'switch', 'server']) result(collector, service(host), 'ok');
    }
    expect(flags(collector, 'server', 'raid')).toEqual({suppressed: [], rootCause: null});
  });
});

/** Random graphs, with circles: node n may name any node as a parent. */
const graphs = fc.integer({min: 1, max: 8}).chain(size =>
  fc.array(
    fc.record({
      isGood: fc.boolean(),
      parents: fc.array(fc.array(fc.nat(size - 1), {minLength: 1, maxLength: 2}), {maxLength: 2}),
    }),
    {minLength: size, maxLength: size},
  ),
);

/** DP-1 word for word, on graphs without circles: slow, and right by being short. */
function reachableByTheBook(nodes: readonly {isGood: boolean; parents: number[][]}[], node: number): boolean {
  return (nodes[node]?.parents ?? []).every(group =>
    group.some(parent => nodes[parent]?.isGood === true && reachableByTheBook(nodes, parent)),
  );
}

describe('reachability (DP-1)', () => {
  test('is what the rule says, on every graph that may be configured', () => {
    fc.assert(
      fc.property(graphs, raw => {
        const nodes = raw.map((node, index) => ({
          ...node,
          parents: node.parents.map(group => group.filter(parent => parent < index)).filter(group => group.length > 0),
        }));
        const graph: DependencyGraph<number> = {
          parentsOf: node => nodes[node]?.parents ?? [],
          isGood: node => nodes[node]?.isGood === true,
        };
        const {isReachable, rootCauses} = reachabilityOf(graph);
        nodes.forEach((_, node) => {
          expect(isReachable(node)).toBe(reachableByTheBook(nodes, node));
          const causes = rootCauses(node);
          expect(causes.length === 0).toBe(isReachable(node));
          for (const cause of causes) expect([graph.isGood(cause), isReachable(cause)]).toEqual([false, true]);
        });
      }),
    );
  });

  test('a circle does not hang it', () => {
    fc.assert(
      fc.property(graphs, nodes => {
        const {isReachable, rootCauses} = reachabilityOf<number>({
          parentsOf: node => nodes[node]?.parents ?? [],
          isGood: node => nodes[node]?.isGood === true,
        });
        for (const node of nodes.keys()) if (isReachable(node)) expect(rootCauses(node)).toEqual([]);
      }),
    );
  });

  test('many paths through a broken network are walked once each', () => {
    const levels = 60;
    const graph: DependencyGraph<string> = {
      parentsOf: node => {
        const level = Number(node.slice(1));
        return level === 0 ? [] : [[`a${level - 1}`, `b${level - 1}`]];
      },
      isGood: node => !node.endsWith('0') || node.length > 2,
    };
    const {isReachable, rootCauses} = reachabilityOf(graph);
    expect(isReachable(`a${levels}`)).toBe(false);
    expect([...rootCauses(`a${levels}`)].sort()).toEqual(['a0', 'b0']);
  });
});
