import {type DependencyGraph, reachabilityOf} from '../../../src/domain/reachability.ts';
import type {ExampleRunner} from './example-file.ts';

interface Node {
  readonly state: string;
  readonly type?: string;
  readonly parents?: readonly (readonly string[])[];
}

/** UP, never checked and not confirmed are good; a parent that is a service is good in a warning too. Source: DP-1. */
function isGood(node: Node | undefined): boolean {
  if (node === undefined || node.type === 'SOFT') return true;
  return ['UP', 'OK', 'WARNING', 'PENDING'].includes(node.state);
}

/** Who is reachable, and what is to blame, DP-1. */
export const reachability: ExampleRunner = ({input}) => {
  const {nodes} = input as unknown as {nodes: Readonly<Record<string, Node>>};
  const graph: DependencyGraph<string> = {
    parentsOf: name => nodes[name]?.parents ?? [],
    isGood: name => isGood(nodes[name]),
  };
  const {isReachable} = reachabilityOf(graph);
  const answers = Object.entries(nodes).map(([name, node]) => {
    const display = node.state === 'DOWN' && !isReachable(name) ? 'UNREACHABLE' : node.state;
    return [name, {reachable: isReachable(name), display}] as const;
  });
  const isHardDown = ({state, type}: Node) => state === 'DOWN' && type !== 'SOFT';
  const rootCauses = Object.entries(nodes).flatMap(([name, node]) =>
    isHardDown(node) && isReachable(name) ? [name] : [],
  );
  return {nodes: Object.fromEntries(answers), rootCauses: rootCauses.sort()};
};
