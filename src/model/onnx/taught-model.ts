/** A taught model as one .onnx file of standard operators: features, and on them a head that says of each cell how much it is of each class. */
import { METADATA_KEY, metadataText } from '../../core/families/defect-inspector/metadata.js';
import type * as Learnt from '../../core/teach/head.js';
import type { ModelMetadata } from '../../core/types.js';
import { makeNode, makeOutput, makeWeight } from './build.js';
import { CELLS, PREFIX, type Features } from './features.js';
import { readModelProto, writeModelProto, type Node, type Weight } from './model-proto.js';

/** How many numbers a cell has is said by the features. */
type LinearHead = Omit<Learnt.LinearHead, 'dims'>;
type MemoryHead = Omit<Learnt.MemoryHead, 'dims'>;
export type Head = LinearHead | MemoryHead;

/** The output: float32 [classes, height / cell, width / cell], 0..1. */
export const MAP = 'map';
/** Beside it, the mean of all cells, by which a photo is known to be unlike those of the lesson. */
const FEATURES = 'features';

/**
 * The file of a taught model, which is a model like any other.
 * @throws {RangeError} when the head is not as long as the features are, or has not as many scores as the metadata has classes
 */
export function composeTaught(
  { file, dims }: Features,
  head: Head,
  metadata: ModelMetadata,
): Uint8Array<ArrayBuffer> {
  const model = readModelProto(file);
  const { graph } = model;
  const { nodes, weights, classes } = head.kind === 'linear' ? linear(head, dims) : memory(head, dims);
  if (classes !== metadata.classes.length) {
    throw new RangeError(`A head of ${classes} scores is not one of ${metadata.classes.length} classes.`);
  }
  return writeModelProto({
    ...model,
    metadata: new Map([[METADATA_KEY, metadataText(metadata)]]),
    graph: {
      ...graph,
      nodes: [
        ...graph.nodes,
        ...nodes,
        makeNode('Squeeze', [`${PREFIX}scores`, `${PREFIX}batch`], MAP),
        makeNode('ReduceMean', [CELLS], FEATURES, { axes: [0, 2, 3], keepdims: 0 }),
      ],
      weights: [...graph.weights, ...weights, makeWeight(`${PREFIX}batch`, [1], BigInt64Array.of(0n))],
      outputs: [makeOutput(MAP, [classes, 'rows', 'columns']), makeOutput(FEATURES, [dims])],
    },
  });
}

interface HeadParts {
  readonly nodes: readonly Node[];
  readonly weights: readonly Weight[];
  readonly classes: number;
}

function linear({ defect, classes }: LinearHead, dims: number): HeadParts {
  const name = (part: string) => PREFIX + part;
  const scored = classes ? name('defect') : name('scores');
  const parts = {
    nodes: [
      makeNode('Conv', [CELLS, name('weights'), name('bias')], name('logit')),
      makeNode('Sigmoid', [name('logit')], scored),
    ],
    weights: [
      makeWeight(name('weights'), [1, dims, 1, 1], defect.weights),
      makeWeight(name('bias'), [1], Float32Array.of(defect.bias)),
    ],
  };
  if (!classes) return { ...parts, classes: 1 };
  const count = classes.biases.length;
  return {
    classes: count,
    nodes: [
      ...parts.nodes,
      makeNode('Conv', [CELLS, name('class-weights'), name('class-biases')], name('class-logits')),
      makeNode('ReduceMax', [name('class-logits')], name('likeliest'), { axes: [1] }),
      makeNode('Sub', [name('class-logits'), name('likeliest')], name('below')),
      makeNode('Exp', [name('below')], name('shares')),
      makeNode('Mul', [name('shares'), scored], name('scores')),
    ],
    weights: [
      ...parts.weights,
      makeWeight(name('class-weights'), [count, dims, 1, 1], classes.weights),
      makeWeight(name('class-biases'), [count], classes.biases),
    ],
  };
}

/** |x - m|^2 = |x|^2 + (|m|^2 - 2 m x): a convolution, and |x|^2 is the same for all cells m. */
function memory({ cells, slope, offset }: MemoryHead, dims: number): HeadParts {
  const count = cells.length / dims;
  const squares = Float32Array.from({ length: count }, (_, row) =>
    cells.subarray(row * dims, (row + 1) * dims).reduce((sum, value) => sum + value * value, 0),
  );
  const name = (part: string) => PREFIX + part;
  return {
    classes: 1,
    nodes: [
      makeNode('Conv', [CELLS, name('cells'), name('squares')], name('to-cells')),
      makeNode('ReduceMin', [name('to-cells')], name('to-nearest'), { axes: [1] }),
      makeNode('Mul', [CELLS, CELLS], name('squared')),
      makeNode('ReduceSum', [name('squared'), name('channels')], name('own-square')),
      makeNode('Add', [name('to-nearest'), name('own-square')], name('distance-squared')),
      // Rounding may leave less than nothing of a cell that is one of those remembered.
      makeNode('Relu', [name('distance-squared')], name('at-least-zero')),
      makeNode('Sqrt', [name('at-least-zero')], name('distance')),
      makeNode('Mul', [name('distance'), name('slope')], name('sloped')),
      makeNode('Add', [name('sloped'), name('offset')], name('logits')),
      makeNode('Sigmoid', [name('logits')], name('scores')),
    ],
    weights: [
      makeWeight(
        name('cells'),
        [count, dims, 1, 1],
        cells.map((value) => -2 * value),
      ),
      makeWeight(name('squares'), [count], squares),
      makeWeight(name('channels'), [1], BigInt64Array.of(1n)),
      makeWeight(name('slope'), [], Float32Array.of(slope)),
      makeWeight(name('offset'), [], Float32Array.of(offset)),
    ],
  };
}
