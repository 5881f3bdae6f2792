import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FLOAT, FLOAT16, INT64, UINT8 } from '../../../../src/core/families/onnx-summary.js';
import { readTorchvision } from '../../../../src/core/families/torchvision/recognise.js';
import { readUltralytics } from '../../../../src/core/families/ultralytics/recognise.js';
import { readModel } from '../../../../src/model/metadata.js';
import { readOnnxFile } from '../../../../src/model/onnx-file.js';
import type { ModelHints } from '../../../../src/core/types.js';
import { modelFile } from '../../../family-fixtures.js';
import { buildOnnx, type OnnxParts, type Tensor } from '../../model/onnx-builder.js';

const TORCHVISION: OnnxParts = {
  inputs: [{ name: 'image.1', type: FLOAT, shape: [3, 'h', 'w'] }],
  outputs: [
    { name: 'boxes.55', type: FLOAT, shape: ['n', 4] },
    { name: '2525', type: INT64, shape: ['n'] },
    { name: '2524', type: FLOAT, shape: ['n'] },
    { name: '3122', type: FLOAT, shape: ['n', 1, 'h', 'w'] },
  ],
};

const ULTRALYTICS: OnnxParts = {
  inputs: [{ name: 'images', type: FLOAT, shape: ['batch', 3, 'height', 'width'] }],
  outputs: [
    { name: 'output0', type: FLOAT, shape: ['batch', 'Concatoutput0_dim_1', 'anchors'] },
    { name: 'output1', type: FLOAT, shape: ['batch', 32, 'mask_height', 'mask_width'] },
  ],
  metadata: { names: `{0: 'scratch', 1: "dent"}`, imgsz: '[480, 640]', stride: '32', task: 'segment' },
};

const ULTRALYTICS_SILENT: OnnxParts = { ...ULTRALYTICS, metadata: {} };

const read = (parts: OnnxParts, hints?: ModelHints) => readModel(buildOnnx(parts), hints);
const withInput = (parts: OnnxParts, change: Partial<Tensor>): OnnxParts => ({
  ...parts,
  inputs: [{ ...parts.inputs[0]!, ...change }],
});
const classNames = (parts: OnnxParts, hints?: ModelHints) =>
  read(parts, hints).metadata.classes.map(({ id, name }) => `${id} ${name}`);

describe('Mask R-CNN by torchvision', () => {
  it('is known by what its outputs are, whatever they are called', () => {
    const format = (parts: OnnxParts) => readTorchvision(readOnnxFile(buildOnnx(parts)), {})?.format;
    expect(read(TORCHVISION).family).toBe('torchvision');
    expect(format(TORCHVISION)).toEqual({
      input: 'image.1',
      batched: false,
      outputs: { boxes: 'boxes.55', labels: '2525', scores: '2524', masks: '3122' },
    });
    const outputs = [...TORCHVISION.outputs].reverse();
    expect(format({ ...TORCHVISION, outputs })).toEqual(format(TORCHVISION));
    expect(format(withInput(TORCHVISION, { shape: [1, 3, 'h', 'w'] }))).toMatchObject({ batched: true });
  });

  it('gets photos small enough for its masks', () => {
    expect(read(TORCHVISION).metadata.input).toMatchObject({ shortSide: 640, longSide: 640, maxUpscale: 1 });
    expect(read(TORCHVISION, { shortSide: 320 }).metadata.input).toMatchObject({
      shortSide: 320,
      longSide: 640,
    });
    expect(read(TORCHVISION, { shortSide: 4000 }).metadata.input).toMatchObject({
      shortSide: 800,
      longSide: 800,
    });
  });

  it('counts its classes by its weights', () => {
    const name = 'roi_heads.box_predictor.cls_score.bias';
    const parts = { ...TORCHVISION, weights: [name], shapes: { [name]: [300] } };
    expect(read(parts).metadata.classes).toHaveLength(299);
    expect(classNames(TORCHVISION)).toEqual([]);
    expect(classNames(TORCHVISION, { classes: ['dent', ''] })).toEqual(['1 dent', '2 class 2']);
  });
});

describe('segmentation by Ultralytics', () => {
  it('says what it is', () => {
    expect(read(ULTRALYTICS, { name: 'Dents', shortSide: 100 })).toMatchObject({
      family: 'ultralytics',
      metadata: {
        name: 'Dents',
        classes: [
          { id: 1, name: 'scratch' },
          { id: 2, name: 'dent' },
        ],
        input: { shortSide: 480, longSide: 640, maxUpscale: 640, stride: 32, padValue: 114 },
        quantisation: 'none',
        license: 'unknown',
      },
    });
    expect(readUltralytics(readOnnxFile(buildOnnx(ULTRALYTICS)), {})?.format).toEqual({
      input: 'images',
      outputs: { predictions: 'output0', prototypes: 'output1' },
      classCount: 2,
    });
  });

  it('may be silent about its size', () => {
    const silent = { ...ULTRALYTICS, metadata: {} };
    expect(read(silent).metadata.input).toMatchObject({ shortSide: 640, longSide: 640, stride: 32 });
    expect(read(silent, { shortSide: 320 }).metadata.input).toMatchObject({ shortSide: 320, longSide: 320 });
  });

  it.each([
    [
      [1, 39, 8400],
      ['1 class 1', '2 class 2', '3 class 3'],
    ],
    [[1, 300, 38], []],
  ])('of the shape %j counts its classes where it can', (shape, names) => {
    const outputs = [{ ...ULTRALYTICS.outputs[0]!, shape }, ULTRALYTICS.outputs[1]!];
    expect(classNames({ ...ULTRALYTICS, outputs, metadata: {} })).toEqual(names);
  });

  it('goes by its own names before those given', () => {
    expect(classNames(ULTRALYTICS, { classes: ['a', 'b', 'c'] })).toEqual(['1 scratch', '2 dent']);
  });
});

describe.each([
  ['torchvision', TORCHVISION],
  ['Ultralytics', ULTRALYTICS],
])('a model by %s', (_, parts) => {
  it('may take one size alone', () => {
    expect(read(withInput(parts, { shape: [1, 3, 96, 160] })).metadata.input).toMatchObject({
      shortSide: 96,
      longSide: 160,
      maxUpscale: 160,
      size: { width: 160, height: 96 },
    });
  });

  it.each([
    [['Conv'], 'none'],
    [['Conv', 'DequantizeLinear'], 'weights'],
    [['QuantizeLinear', 'DequantizeLinear'], 'qdq'],
  ])('with the operators %j is quantised: %s', (operators, quantisation) => {
    expect(read({ ...parts, operators }).metadata.quantisation).toBe(quantisation);
  });

  it.each([
    [{ type: FLOAT16 }, /half precision/],
    [{ type: UINT8 }, /is not float32/],
    [{ shape: [1, 'h', 'w', 3] }, /colours last/],
    [{ shape: [1, 1, 64, 64] }, /number of channels is 1, not 3/],
    [{ shape: [4, 3, 64, 64] }, /takes 4 photos at once/],
    [{ shape: ['n', 3] }, /is not float32 \[3, height, width\]/],
  ])('with the input %j is refused with a sentence', (change, sentence) => {
    expect(() => read(withInput(parts, change))).toThrow(
      expect.objectContaining({ code: 'model-unsupported', message: expect.stringMatching(sentence) }),
    );
  });

  it('that needs more than a photo is refused', () => {
    const inputs = [...parts.inputs, { name: 'sizes', type: INT64, shape: [2] }];
    expect(() => read({ ...parts, inputs })).toThrow(/more than a photo.*"sizes"/);
  });

  it('with its weights in a second file is refused', () => {
    expect(() => read({ ...parts, weights: ['w'], isSplit: true })).toThrow(/second file/);
  });
});

it('tells how many names are needed', () => {
  const file = readFileSync(modelFile('torchvision'));
  expect(() => readModel(file, { classes: ['dent'] })).toThrow(/tells 2 classes apart, but 1 name was given/);
  expect(readModel(file, { classes: ['dent', 'crack'] }).metadata.classes).toHaveLength(2);
});

it('takes hints only within bounds', () => {
  const side = (shortSide: number) => read(ULTRALYTICS_SILENT, { shortSide }).metadata.input.shortSide;
  expect([1e9, Infinity, 0, -5, 320.4, NaN].map(side)).toEqual([4096, 4096, 32, 32, 320, 640]);
  const named = (...classes: string[]) => read(TORCHVISION, { classes });
  expect(() => named('x'.repeat(257))).toThrow(/more than 256 characters/);
  expect(() => named(...Array.from({ length: 4097 }, String))).toThrow(/at most 4096 can be used/);
  expect(read(TORCHVISION, { name: 'x'.repeat(1e6) }).metadata.name).toHaveLength(256);
  expect(read(TORCHVISION, { name: '' }).metadata.name).toBe('Unnamed model');
});
