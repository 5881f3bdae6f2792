/** Where a detector's backbone hands its features to the pyramid. */
import { makersOf } from './cut.js';
import type { Graph, Node } from './model-proto.js';

export interface Tap {
  /** Network pixels per value. */
  readonly stride: number;
  /** The tensor, [1, channels, height / stride, width / stride]. */
  readonly name: string;
  readonly channels: number;
}

/**
 * The outputs of the backbone, the finest first: what the lateral convolutions of a feature pyramid (Lin et al., 2017) take, which are 1 x 1 and whose results
 * are added to what the level above was enlarged to. Names in the file have no say. That of the coarsest level, which is
 * enlarged itself, is among them.
 */
export function findTaps(graph: Graph): readonly Tap[] {
  const makers = makersOf(graph);
  const dims = dimsOf(graph);
  const strideOf = strides(graph, makers);
  const isEnlarged = (name: string) => ENLARGING.has(makers.get(name)?.type ?? '');
  const laterals = graph.nodes.flatMap((node) => {
    if (ENLARGING.has(node.type)) return makers.get(node.inputs[0] ?? '') ?? [];
    if (node.type !== 'Add' || !node.inputs.some(isEnlarged)) return [];
    return node.inputs.flatMap((name) => makers.get(name) ?? []);
  });
  const taps = new Map<string, Tap>();
  for (const { type, inputs } of laterals) {
    const [name = '', weight = ''] = inputs;
    const [, channels, ...kernel] = dims.get(weight) ?? [];
    const stride = strideOf(name);
    if (type !== 'Conv' || channels === undefined || stride === undefined) continue;
    if (kernel.every((side) => side === 1)) taps.set(name, { stride, name, channels });
  }
  return [...taps.values()].sort((a, b) => a.stride - b.stride);
}

const ENLARGING = new Set(['Resize', 'Upsample']);
/** Operators that divide the size of what they take by their strides. */
const STRIDING = new Set(['Conv', 'MaxPool', 'AveragePool']);

/** Of weights, also of those that are stored as int8. */
function dimsOf({ weights, nodes }: Graph): ReadonlyMap<string, readonly number[]> {
  const dims = new Map(weights.map(({ name, dims }) => [name, dims]));
  for (const { type, inputs, outputs } of nodes) {
    const stored = type === 'DequantizeLinear' && dims.get(inputs[0] ?? '');
    if (stored) dims.set(outputs[0] ?? '', stored);
  }
  return dims;
}

/** How many pixels of the input a tensor's value stands for; undefined where it is no reduced picture of the input. */
function strides({ inputs, nodes }: Graph, makers: ReadonlyMap<string, Node>) {
  const known = new Map<string, number | undefined>(inputs.map(({ name }) => [name, 1]));
  // Nodes come after those whose outputs they take.
  for (const node of nodes) {
    const before = known.get(node.inputs[0] ?? '');
    const [own = 1] = (STRIDING.has(node.type) && node.numbers.get('strides')) || [];
    const stride = before === undefined || ENLARGING.has(node.type) ? undefined : before * own;
    for (const output of node.outputs) known.set(output, stride);
  }
  return (name: string) => (makers.has(name) ? known.get(name) : undefined);
}
