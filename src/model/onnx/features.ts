/** The part of a detector that describes a photo cell by cell, cut out of its file: what a lesson is learnt on, and what a taught model sees. */
import { makeNode, makeOutput, makeWeight } from './build.js';
import { cutGraph } from './cut.js';
import { readModelProto, writeModelProto, type Node, type Weight } from './model-proto.js';
import { findTaps, type Tap } from './taps.js';

/** How features are made of a backbone's outputs. */
export interface FeaturesDesign {
  /** Network pixels per side of a cell. */
  readonly cell: number;
  /** Of the backbone's outputs those that count, by network pixels per value: a cell's side, its half, its double ... */
  readonly levels: readonly {
    readonly stride: number;
    /** By which the level is divided; one for all channels, or one for each. */
    readonly spread: readonly number[];
  }[];
  /** Side of the square of cells whose mean each cell has appended, odd; 1: nothing is appended. */
  readonly neighbourhood: number;
}

export interface Features {
  /** An .onnx file: the detector's own input -> `cells` float32 [1, dims, height / cell, width / cell]. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Numbers per cell. */
  readonly dims: number;
  /** How many of them each level has, in the order of the design; means of neighbours follow in the same order. */
  readonly channels: readonly number[];
}

/** Its output. */
export const CELLS = 'cells';
/** What is added to a detector's graph is called by this and a name; none of a detector's tensors begins with it. */
export const PREFIX = 'taught/';
/** Versions of ONNX's operators with which the ones that are added mean the same. */
const OPSETS = { least: 13, most: 17 };

/**
 * The same bytes whenever the same file is cut by the same design.
 * @param detector an .onnx file of a detector with a feature pyramid
 * @throws {RangeError} where it is none, or has no output of that stride
 */
export function cutFeatures(detector: Uint8Array, design: FeaturesDesign): Features {
  const model = readModelProto(detector);
  const { opset, graph } = model;
  if (opset < OPSETS.least || opset > OPSETS.most) {
    throw new RangeError(`Features can't be cut from a graph of opset ${opset}.`);
  }
  const taps = findTaps(graph);
  const levels = design.levels.map((level) => {
    const tap = taps.find(({ stride }) => stride === level.stride);
    if (!tap) throw new RangeError(`The model has no features at stride ${level.stride}.`);
    return { ...level, tap };
  });
  const names = levels.map(({ tap }) => tap.name);
  const cut = cutGraph(graph, names);
  const added = levels.map(({ tap, spread }) => levelNodes(tap, spread, design.cell));
  const last = concatenate(
    added.map(({ output }) => output),
    design.neighbourhood,
  );
  const channels = levels.map(({ tap }) => tap.channels);
  const dims = channels.reduce((sum, count) => sum + count, 0) * (design.neighbourhood > 1 ? 2 : 1);
  const file = writeModelProto({
    ...model,
    metadata: new Map(),
    graph: {
      ...cut,
      nodes: [...cut.nodes, ...added.flatMap(({ nodes }) => nodes), ...last],
      weights: [...cut.weights, ...added.flatMap(({ weights }) => weights)],
      outputs: [makeOutput(CELLS, [1, dims, 'rows', 'columns'])],
    },
  });
  return { file, dims, channels };
}

/** Brings a level to the grid of cells, and divides it by its spread. */
function levelNodes({ stride, name, channels }: Tap, spread: readonly number[], cell: number) {
  const prefix = `${PREFIX}${stride}/`;
  const nodes: Node[] = [];
  const weights: Weight[] = [];
  let onGrid = name;
  if (stride !== cell) {
    onGrid = `${prefix}on-grid`;
    if (stride < cell) {
      const sides = [cell / stride, cell / stride];
      nodes.push(makeNode('AveragePool', [name], onGrid, { kernel_shape: sides, strides: sides }));
    } else {
      const times = stride / cell;
      weights.push(makeWeight(`${prefix}scales`, [4], Float32Array.of(1, 1, times, times)));
      nodes.push(makeNode('Resize', [name, '', `${prefix}scales`], onGrid, { mode: 'linear' }));
    }
  }
  const count = spread.length === 1 ? 1 : channels;
  weights.push(makeWeight(`${prefix}spread`, [1, count, 1, 1], Float32Array.from(spread)));
  const output = `${prefix}level`;
  nodes.push(makeNode('Div', [onGrid, `${prefix}spread`], output));
  return { output, nodes, weights };
}

/** All levels, and after them the means of all. */
function concatenate(levels: readonly string[], side: number): Node[] {
  if (side === 1) return [makeNode('Concat', levels, CELLS, { axis: 1 })];
  const margin = (side - 1) / 2;
  const pads = [margin, margin, margin, margin];
  // At the border, what lies outside does not count: `count_include_pad` is 0 unless it is set.
  const pool = { kernel_shape: [side, side], pads, strides: [1, 1] };
  const own = `${PREFIX}own`;
  const mean = `${PREFIX}mean`;
  return [
    makeNode('Concat', levels, own, { axis: 1 }),
    makeNode('AveragePool', [own], mean, pool),
    makeNode('Concat', [own, mean], CELLS, { axis: 1 }),
  ];
}
