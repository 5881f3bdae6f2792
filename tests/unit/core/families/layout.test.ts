import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { possibleLayouts } from '../../../../src/core/families/ultralytics/layout.js';
import { FLOAT } from '../../../../src/core/families/onnx-summary.js';
import type { NamedTensors } from '../../../../src/core/families/family.js';
import { readModel } from '../../../../src/model/metadata.js';
import { buildOnnx } from '../../model/onnx-builder.js';
import { readDetections } from '../helpers.js';

const CHANNELS = 32;
const NAMES = Array.from({ length: 80 }, (_, i) => `kind ${i}`);

function model(predictions: readonly (number | string)[], names: readonly string[] = NAMES) {
  const list = names.map((name, i) => `${i}: '${name}'`).join(', ');
  return readModel(
    buildOnnx({
      inputs: [{ name: 'images', type: FLOAT, shape: [1, 3, 64, 64] }],
      outputs: [
        { name: 'output0', type: FLOAT, shape: [...predictions] },
        { name: 'output1', type: FLOAT, shape: [1, CHANNELS, 16, 16] },
      ],
      metadata: names.length > 0 ? { names: `{${list}}`, stride: '32' } : {},
    }),
  );
}

/** Prototypes whose first channel is on everywhere, and predictions of the given rows. */
function outputs(dims: readonly number[], rows: readonly (readonly number[])[]): NamedTensors {
  const data = new Float32Array(dims.reduce((product, side) => product * side, 1));
  rows.forEach((row, i) => data.set(row, i * dims[2]!));
  const prototypes = new Float32Array(CHANNELS * 256).fill(1, 0, 256);
  return {
    output0: { type: 'float32', dims, data },
    output1: { type: 'float32', dims: [1, CHANNELS, 16, 16], data: prototypes },
  };
}

/** A row as YOLOv5 exports it: centre, size, objectness, classes, coefficients. */
function objectnessRow(
  box: readonly [number, number, number, number],
  objectness: number,
  scores: Readonly<Record<number, number>>,
  classes = NAMES.length,
): number[] {
  const coefficients = Array.from({ length: CHANNELS }, (_, i) => (i === 0 ? 8 : 0));
  return [...box, objectness, ...Array.from({ length: classes }, (_, i) => scores[i] ?? 0), ...coefficients];
}

const read = (network: ReturnType<typeof model>, tensors: NamedTensors) =>
  readDetections(network, tensors, { scale: 1, width: 64, height: 64 }).detections;

describe('the layout of predictions', () => {
  it.each([
    [[1, 116, 8400], 80, ['raw']],
    [[1, 300, 38], 80, ['end-to-end']],
    [[1, 25200, 117], 80, ['objectness']],
    [[1, 25200, 38], 1, ['end-to-end', 'objectness']],
    [[1, 116, 8400], undefined, ['raw']],
    [[1, 25200, 117], undefined, ['objectness']],
    [[1, 300, 38], undefined, ['end-to-end', 'objectness']],
    [[1, 'rows', 'columns'], 80, ['end-to-end', 'raw', 'objectness']],
    [[1, 25200, 117], 79, []],
    [[1, 115, 8400], 80, []],
    [[1, 300, 39], 80, []],
  ] as const)('%j of %s classes: %j', (dims, classCount, layouts) => {
    expect(possibleLayouts(dims, CHANNELS, classCount)).toEqual(layouts);
  });

  it('never counts another number of classes than the file names', () => {
    const side = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 90 }), (second, third, classes) => {
        for (const layout of possibleLayouts([1, second, third], CHANNELS, classes)) {
          if (layout === 'raw') expect(second - 4 - CHANNELS).toBe(classes);
          if (layout === 'objectness') expect(third - 5 - CHANNELS).toBe(classes);
          if (layout === 'end-to-end') expect(third - 6 - CHANNELS).toBe(0);
        }
      }),
    );
  });
});

describe('YOLOv5’s segmentation', () => {
  const dims = [1, 252, 117];

  it('is read: objectness times class, suppressed, with its mask', () => {
    const rows = [
      objectnessRow([20, 20, 20, 16], 0.9, { 7: 0.8, 3: 0.1 }),
      objectnessRow([21, 20, 20, 16], 0.8, { 7: 0.8 }),
      objectnessRow([50, 40, 10, 30], 0.5, { 79: 0.6 }),
      objectnessRow([50, 40, 10, 30], 0.01, { 2: 1 }),
    ];
    const found = read(model(dims), outputs(dims, rows));
    expect(found).toMatchObject([
      { className: 'kind 7', box: [10, 12, 20, 16], area: 320 },
      { className: 'kind 79', box: [45, 25, 10, 30], area: 300 },
    ]);
    expect(found.map(({ score }) => score)).toEqual(
      [0.72, 0.3].map((score) => expect.closeTo(score, 5) as number),
    );
  });

  it('is told from an end-to-end model with one class by its values', () => {
    const one = model([1, 'n', 38], ['dent']);
    const shape = [1, 252, 38];
    const five = outputs(shape, [objectnessRow([20, 20, 20, 16], 0.9, { 0: 0.5 }, 1)]);
    expect(read(one, five)).toMatchObject([{ className: 'dent', box: [10, 12, 20, 16] }]);
    const coefficients = Array.from({ length: CHANNELS }, (_, i) => (i === 0 ? 8 : 0));
    const end = outputs(shape, [[10, 12, 30, 28, 0.9, 0, ...coefficients]]);
    expect(read(one, end)).toMatchObject([{ className: 'dent', box: [10, 12, 20, 16] }]);
  });

  it('is refused when the file names another number of classes', () => {
    expect(() => model(dims, NAMES.slice(1))).toThrow(
      /predictions have the shape \[1, 252, 117\].*79 classes/,
    );
    const open = model([1, 'n', 'm'], NAMES.slice(1));
    expect(() => read(open, outputs(dims, []))).toThrow(
      expect.objectContaining({ code: 'model-unsupported' }) as Error,
    );
  });

  it.each([
    ['a score above 1', [20, 20, 40, 36, 1492, 0], /score of 1492/],
    ['a class without a name', [20, 20, 40, 36, 0.9, 24827], /label of 24828/],
    ['a class that is no whole number', [20, 20, 40, 36, 0.9, 0.37], /label of 1.37/],
    ['numbers that are none', [20, 20, NaN, 36, 0.9, 0], /output0 of NaN/],
  ])('end to end, %s is refused', (_, row, sentence) => {
    const shape = [1, 300, 38];
    expect(() => read(model([1, 300, 38]), outputs(shape, [row]))).toThrow(sentence);
  });
});
