/** Parents further away than this are not asked. Source: DP-1. */
const DEPENDENCY_DEPTH_LIMIT = 256;

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
 * Asks a dependency graph. Circles are refused when configuration is read; should one come about all the same, or a chain be
 * longer than the limit, a node in it counts as reachable: a broken graph shows too much rather than too little. Source: DP-1.
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
    if (isReachable(node)) return [];
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
