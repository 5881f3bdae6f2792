/** The part of a graph that some of its tensors need. */
import type { Graph, Node } from './model-proto.js';

/**
 * The nodes, weights and inputs that these tensors are made of, without an output.
 * @throws {RangeError} where one is made by nothing, or by branches and loops
 */
export function cutGraph(graph: Graph, tensors: readonly string[]): Graph {
  const makers = makersOf(graph);
  const given = new Set([...graph.weights, ...graph.inputs].map(({ name }) => name));
  const needed = new Set<string>();
  const kept = new Set<Node>();
  const waiting = [...tensors];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === '' || needed.has(name)) continue;
    needed.add(name);
    if (given.has(name)) continue;
    const maker = makers.get(name);
    if (!maker || maker.isNested) throw new RangeError(`Nothing that can be cut out makes “${name}”.`);
    kept.add(maker);
    waiting.push(...maker.inputs);
  }
  const isNeeded = ({ name }: { readonly name: string }) => needed.has(name);
  return {
    nodes: graph.nodes.filter((node) => kept.has(node)),
    weights: graph.weights.filter(isNeeded),
    inputs: graph.inputs.filter(isNeeded),
    outputs: [],
    known: graph.known.filter(isNeeded),
    others: graph.others,
  };
}

/** Which node makes a tensor. */
export function makersOf({ nodes }: Pick<Graph, 'nodes'>): Map<string, Node> {
  return new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
}
