/** Models that are made to do harm, or that damage has made such: what each stands for is in the README beside this file. */
import { FLOAT, FLOAT16, INT64 } from '../../src/core/families/onnx-summary.js';
import type { ModelMetadata } from '../../src/core/types.js';
import { MASK_RCNN, METADATA, buildOnnx, tinyModel, type Tensor } from '../unit/model/onnx-builder.js';
import {
  floats,
  int32s,
  int64s,
  writeModel,
  type Graph,
  type ModelParts,
  type Node,
  type Weight,
} from './onnx-graph.js';

const STRING = 8;
const BOOL = 9;
const FOREVER = 2n ** 62n;

/** Outputs that are always the same: one detection in the middle of a small input. */
const FOUND = [
  floats('a-box', [1, 4], 16, 16, 48, 48),
  floats('a-score', [1], 0.9),
  int32s('a-label', [1], 1),
  floats('a-mask', [1, 28, 28], ...new Array<number>(28 * 28).fill(1)),
];
const same = (input: string, output: string): Node => ({
  type: 'Identity',
  inputs: [input],
  outputs: [output],
});
const GIVE_SCORES = same('a-score', 'scores');
const GIVE_REST = [same('a-box', 'boxes'), same('a-label', 'labels'), same('a-mask', 'masks')];

const ours = (metadata: object = METADATA) => ({ 'defect-inspector': JSON.stringify(metadata) });

/** A model of this project's format that runs and always finds the same. */
export function workingModel(change: Partial<Graph> = {}, parts: Partial<ModelParts> = {}) {
  const { inputs, outputs } = MASK_RCNN;
  const graph: Graph = { nodes: [GIVE_SCORES, ...GIVE_REST], weights: FOUND, inputs, outputs, ...change };
  return writeModel({ graph, metadata: ours(), ...parts });
}

/** The same, with other nodes to make its scores of `a-score`. */
const withScoresBy = (
  nodes: readonly Node[],
  weights: Graph['weights'] = [],
  parts: Partial<ModelParts> = {},
) => workingModel({ nodes: [...GIVE_REST, ...nodes], weights: [...FOUND, ...weights] }, parts);

/** Hands its input on again and again: longer than anybody waits. */
const loop = (input: string, output: string): Node => ({
  type: 'Loop',
  inputs: ['times', 'yes', input],
  outputs: [output],
  attributes: {
    body: {
      nodes: [same('go-on', 'still'), { type: 'Sin', inputs: ['value'], outputs: ['next'] }],
      inputs: [
        { name: 'turn', type: INT64, shape: [] },
        { name: 'go-on', type: BOOL, shape: [] },
        { name: 'value', type: FLOAT },
      ],
      outputs: [
        { name: 'still', type: BOOL, shape: [] },
        { name: 'next', type: FLOAT },
      ],
    },
  },
});
const LOOP_WEIGHTS = [
  int64s('times', FOREVER),
  { name: 'yes', type: BOOL, dims: [], bytes: Uint8Array.of(1) },
];

/** Of torchvision's format, which isn't run before the first photo. */
function endlessOnPhotos(): Uint8Array<ArrayBuffer> {
  const outputs: Tensor[] = [
    { name: 'boxes', type: FLOAT, shape: ['n', 4] },
    { name: 'labels', type: INT64, shape: ['n'] },
    { name: 'scores', type: FLOAT, shape: ['n'] },
    { name: 'masks', type: FLOAT, shape: ['n', 'c', 'h', 'w'] },
  ];
  return writeModel({
    graph: {
      nodes: [
        loop('image', 'masks'),
        same('a-box', 'boxes'),
        same('a-score', 'scores'),
        { type: 'Cast', inputs: ['a-label'], outputs: ['labels'], attributes: { to: INT64 } },
      ],
      weights: [...FOUND, ...LOOP_WEIGHTS],
      inputs: [{ name: 'image', type: FLOAT, shape: [1, 3, 'h', 'w'] }],
      outputs,
    },
  });
}

const withInput = (input: Partial<ModelMetadata['input']>) =>
  tinyModel({ ...METADATA, input: { ...METADATA.input, ...input } });
const withNames = (names: readonly string[]) =>
  tinyModel({ ...METADATA, classes: names.map((name, index) => ({ id: index + 1, name })) });
const withMetadata = (json: string) => buildOnnx({ ...MASK_RCNN, metadata: { 'defect-inspector': json } });
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const json = (change: Record<string, string>) => {
  const rest = JSON.stringify(METADATA).slice(1);
  return `{${Object.entries(change)
    .map(([key, value]) => `${JSON.stringify(key)}:${value},`)
    .join('')}${rest}`;
};
const ultralytics = (
  predictions: (number | string)[],
  metadata: Record<string, string> = {},
  side: number | string = 's',
) =>
  buildOnnx({
    inputs: [{ name: 'images', type: FLOAT, shape: [1, 3, side, side] }],
    outputs: [
      { name: 'output0', type: FLOAT, shape: predictions },
      { name: 'output1', type: FLOAT, shape: [1, 32, 'h', 'w'] },
    ],
    metadata,
  });

type Make = () => Uint8Array<ArrayBuffer>;

/** They never come to an end. */
export const ENDLESS = {
  'endless-from-the-start': () => withScoresBy([loop('a-score', 'scores')], LOOP_WEIGHTS),
  'endless-on-photos': endlessOnPhotos,
} satisfies Record<string, Make>;

/** They are refused as `model-unsupported` before a session is made. */
export const UNREADABLE = {
  'metadata-300000-deep': () => withMetadata(json({ training: `{"a":${deep(300_000)}}` })),
  'metadata-format-300000-deep': () => withMetadata(`{"format":${deep(300_000)}}`),
  'metadata-of-10-MB': () => withMetadata(json({ training: JSON.stringify({ text: 'x'.repeat(1e7) }) })),
  'names-of-10-MB': () => withNames(['x'.repeat(3e6)]),
  'a-hundred-thousand-classes': () => withNames(Array.from({ length: 100_000 }, (_, i) => `c${i}`)),
  'model-name-of-1-MB': () => tinyModel({ ...METADATA, name: 'x'.repeat(1e6) }),
  'class-4294967294': () => tinyModel({ ...METADATA, classes: [{ id: 4_294_967_294, name: 'x' }] }),
  'short-side-of-1e9': () => withInput({ shortSide: 1e9, longSide: 1e9 }),
  'stride-of-1e9': () => withInput({ stride: 1e9 }),
  'tensor-name-of-1-MB': () =>
    buildOnnx({
      inputs: [{ name: 'x'.repeat(1e6), type: FLOAT, shape: [1, 3, 64, 64] }],
      outputs: [{ name: 'y'.repeat(1e6), type: FLOAT, shape: [1, 10] }],
    }),
  'a-hundred-thousand-inputs': () =>
    buildOnnx({
      inputs: Array.from({ length: 100_000 }, (_, i) => ({ name: `input ${i}`, type: FLOAT, shape: [1] })),
      outputs: [{ name: 'masks', type: FLOAT, shape: ['n', 1, 'h', 'w'] }, ...MASK_RCNN.outputs.slice(0, 2)],
    }),
  'input-of-1e9-pixels': () => ultralytics([1, 38, 8400], { names: `{0: 'a', 1: 'b'}` }, 1e9),
  'input-of-0-pixels': () => ultralytics([1, 38, 8400], { names: `{0: 'a', 1: 'b'}` }, 0),
  'imgsz-of-1e9': () => ultralytics([1, 38, 8400], { names: `{0: 'a', 1: 'b'}`, imgsz: '[1000000000, 640]' }),
  'a-billion-classes-by-shape': () => ultralytics([1, 1e9, 2e9]),
  'ultralytics-names-of-10-MB': () => ultralytics([1, 37, 8400], { names: `{0: '${'x'.repeat(1e7)}'}` }),
  'a-billion-classes-by-weights': () => {
    const weight = 'roi_heads.box_predictor.cls_score.bias';
    return buildOnnx({
      inputs: [{ name: 'image', type: FLOAT, shape: [3, 'h', 'w'] }],
      outputs: [
        { name: '1', type: FLOAT, shape: ['n', 4] },
        { name: '2', type: INT64, shape: ['n'] },
        { name: '3', type: FLOAT, shape: ['n'] },
        { name: '4', type: FLOAT, shape: ['n', 1, 'h', 'w'] },
      ],
      weights: [weight],
      shapes: { [weight]: [1e9] },
    });
  },
} satisfies Record<string, Make>;

/** The runtime makes no session of them, or can't run them once: `model-unsupported`, not to be tried again. */
export const UNUSABLE = {
  'unknown-operator': () => withScoresBy([{ type: 'Frobnicate', inputs: ['a-score'], outputs: ['scores'] }]),
  'unknown-domain': () =>
    withScoresBy(
      [{ type: 'Identity', domain: 'com.example', inputs: ['a-score'], outputs: ['scores'] }],
      [],
      {
        opsets: { '': 17, 'com.example': 1 },
      },
    ),
  'opset-999': () => workingModel({}, { opsets: { '': 999 } }),
  'no-opset': () => workingModel({}, { opsets: {} }),
  'weights-of-4e12-bytes': () =>
    withScoresBy(
      [same('huge', 'scores')],
      [{ name: 'huge', type: FLOAT, dims: [1e12], bytes: new Uint8Array(4) }],
    ),
  'allocation-of-4e12-bytes': () =>
    withScoresBy(
      [{ type: 'ConstantOfShape', inputs: ['sides'], outputs: ['scores'] }],
      [int64s('sides', 1e12)],
    ),
  'negative-sides': () =>
    withScoresBy(
      [{ type: 'ConstantOfShape', inputs: ['sides'], outputs: ['scores'] }],
      [int64s('sides', -5)],
    ),
  'graph-in-a-circle': () =>
    withScoresBy([
      { type: 'Add', inputs: ['a-score', 'there'], outputs: ['here'] },
      { type: 'Add', inputs: ['a-score', 'here'], outputs: ['there'] },
      same('here', 'scores'),
    ]),
  'input-from-nowhere': () => withScoresBy([same('nothing', 'scores')]),
  'weights-that-are-not-there': () =>
    withScoresBy(
      [same('gone', 'scores')],
      [{ name: 'gone', type: FLOAT, dims: [1], bytes: new Uint8Array() }],
    ),
  'a-constant-in-a-second-file': () =>
    withScoresBy([
      {
        type: 'Constant',
        inputs: [],
        outputs: ['scores'],
        attributes: {
          value: { name: 'far', type: FLOAT, dims: [1], bytes: new Uint8Array(), location: 'far.bin' },
        },
      },
    ]),
  'scores-that-are-words': () =>
    withScoresBy([{ type: 'Cast', inputs: ['a-score'], outputs: ['scores'], attributes: { to: STRING } }]),
  'scores-that-are-a-sequence': () =>
    withScoresBy([{ type: 'SequenceConstruct', inputs: ['a-score'], outputs: ['scores'] }]),
  'scores-in-half-precision': () =>
    workingModel({
      nodes: [
        ...GIVE_REST,
        { type: 'Cast', inputs: ['a-score'], outputs: ['scores'], attributes: { to: FLOAT16 } },
      ],
      outputs: MASK_RCNN.outputs.map((one) => (one.name === 'scores' ? { ...one, type: FLOAT16 } : one)),
    }),
  'an-output-is-made-twice': () => withScoresBy([GIVE_SCORES, GIVE_SCORES]),
} satisfies Record<string, Make>;

/** One of the outputs is another. */
const withOutput = (output: Weight) =>
  workingModel({ weights: [output, ...FOUND.filter(({ name }) => name !== output.name)] });

/** They run, and what they give can't be: `model-unsupported`. */
export const IMPLAUSIBLE = {
  'scores-of-7': () => withOutput(floats('a-score', [1], 7)),
  'scores-that-are-no-numbers': () => withOutput(floats('a-score', [1], NaN)),
  'boxes-that-are-no-numbers': () => withOutput(floats('a-box', [1, 4], NaN, 16, 48, 48)),
  'boxes-at-minus-1e9': () => withOutput(floats('a-box', [1, 4], -1e9, -1e9, 48, 48)),
  'corners-in-another-order': () => withOutput(floats('a-box', [1, 4], 48, 48, 16, 16)),
  'masks-that-are-no-numbers': () =>
    withOutput(floats('a-mask', [1, 28, 28], ...new Array<number>(28 * 28).fill(NaN))),
  'masks-without-a-size': () => withOutput(floats('a-mask', [1, 0, 0])),
  'more-masks-than-detections': () => withOutput(floats('a-mask', [2, 1, 1], 1, 1)),
  'a-label-of-minus-1': () => withOutput(int32s('a-label', [1], -1)),
  'twenty-thousand-detections': () =>
    workingModel({
      outputs: [
        ...MASK_RCNN.outputs.filter(({ name }) => name !== 'masks'),
        { name: 'masks', type: FLOAT, shape: ['n', 1, 1] },
      ],
      weights: [
        floats('a-score', [20_000], ...new Array<number>(20_000).fill(0.9)),
        floats('a-box', [20_000, 4], ...new Array<number>(80_000).fill(1)),
        int32s('a-label', [20_000], ...new Array<number>(20_000).fill(1)),
        floats('a-mask', [20_000, 1, 1], ...new Array<number>(20_000).fill(1)),
      ],
    }),
  'labels-without-a-name': () => withOutput(int32s('a-label', [1], 2_000_000_000)),
} satisfies Record<string, Make>;

/** A model whose detections have no pixels. */
export const withoutMasks = () =>
  withOutput(floats('a-mask', [1, 28, 28], ...new Array<number>(28 * 28).fill(0)));
