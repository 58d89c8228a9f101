import {Fault} from './fault.ts';

/** Parents further away than this are not asked. Source: DP-1. */
export const DEPENDENCY_DEPTH_LIMIT = 256;

/** A dependency graph, however it is stored: groups of parents of a node, and whether a node by itself is good. */
export interface DependencyGraph<N> {
  /** Groups of which each must have one good, reachable parent. */
  parentsOf(node: N): readonly (readonly N[])[];
  /** Up, never checked, or not confirmed down. */
  isGood(node: N): boolean;
}

/** Answers about one graph; they are remembered, so it must not change meanwhile. */
export interface Reachability<N> {
  /** Whether `node` can be tested at all: every group of its parents has one that is itself reachable and good. */
  isReachable(node: N): boolean;
  /** The nearest nodes that are down by themselves and keep `node` from being reached; in the order of its parents. */
  rootCauses(node: N): readonly N[];
}

/**
 * Asks a dependency graph. Deeper than the limit, and in a circle, a node counts as reachable,
 * so that a broken graph shows too much rather than too little. Source: DP-1.
 */
export function reachabilityOf<N>(graph: DependencyGraph<N>): Reachability<N> {
  const known = new Map<N, boolean>();
  const reach = (node: N, depth: number): boolean => {
    const answer = known.get(node);
    if (answer !== undefined) return answer;
    if (depth >= DEPENDENCY_DEPTH_LIMIT) return true;
    known.set(node, true);
    const isReachable = graph
      .parentsOf(node)
      .every(group => group.some(parent => graph.isGood(parent) && reach(parent, depth + 1)));
    known.set(node, isReachable);
    return isReachable;
  };
  const isReachable = (node: N) => reach(node, 0);
  const rootCauses = (node: N): readonly N[] => {
    const causes = new Set<N>();
    const seen = new Set<N>();
    const walk = (child: N): void => {
      if (seen.has(child)) return;
      seen.add(child);
      for (const group of graph.parentsOf(child)) {
        if (group.some(parent => graph.isGood(parent) && isReachable(parent))) continue;
        for (const parent of group) {
          if (isReachable(parent)) causes.add(parent);
          else walk(parent);
        }
      }
    };
    walk(node);
    return [...causes];
  };
  return {isReachable, rootCauses};
}

/**
 * Refuses a graph in which a node depends on itself, or through more steps than the limit.
 *
 * @throws {Fault} `DEPENDENCY_CYCLE` with the `path`, or `DEPENDENCY_DEPTH` with the `node`. Source: DP-1.
 */
export function refuseCycles<N extends string>(nodes: Iterable<N>, parentsOf: DependencyGraph<N>['parentsOf']): void {
  const heights = new Map<N, number>();
  const heightOf = (node: N, path: readonly N[]): number => {
    const known = heights.get(node);
    if (known !== undefined) return known;
    const start = path.indexOf(node);
    if (start >= 0) {
      const cycle = [...path.slice(start), node].join(' → ');
      throw new Fault('DEPENDENCY_CYCLE', `hosts depend on each other in a circle: ${cycle}`, {path: cycle});
    }
    if (path.length >= DEPENDENCY_DEPTH_LIMIT) {
      throw new Fault('DEPENDENCY_DEPTH', `more than ${DEPENDENCY_DEPTH_LIMIT} parents above ${path[0]}`, {
        node: path[0] ?? node,
      });
    }
    const parents = parentsOf(node).flat();
    const height = 1 + parents.reduce((most, parent) => Math.max(most, heightOf(parent, [...path, node])), 0);
    heights.set(node, height);
    return height;
  };
  for (const node of nodes) {
    if (heightOf(node, []) > DEPENDENCY_DEPTH_LIMIT) {
      throw new Fault('DEPENDENCY_DEPTH', `more than ${DEPENDENCY_DEPTH_LIMIT} parents above ${node}`, {node});
    }
  }
}
