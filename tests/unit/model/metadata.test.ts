import { describe, expect, it } from 'vitest';
import { InspectorError } from '../../../src/core/errors.js';
import { parseMetadata } from '../../../src/core/families/defect-inspector/metadata.js';
import { readModel } from '../../../src/model/metadata.js';
import { readOnnxFile } from '../../../src/model/onnx-file.js';
import { FLOAT, INT64 } from '../../../src/core/families/onnx-summary.js';
import { buildOnnx, MASK_RCNN, METADATA, tinyModel } from './onnx-builder.js';

function errorOf(action: () => unknown): InspectorError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(InspectorError);
    return error as InspectorError;
  }
  throw new Error('Nothing was thrown.');
}

const text = (content: string) => new TextEncoder().encode(content);

describe('readModel', () => {
  it('reads names, types and shapes of inputs and outputs, and the metadata', () => {
    const file = readOnnxFile(tinyModel());
    expect(file.inputs).toEqual(MASK_RCNN.inputs);
    expect(file.outputs).toEqual(MASK_RCNN.outputs);
    expect(readModel(tinyModel())).toMatchObject({ family: 'defect-inspector', metadata: METADATA });
  });

  it('leaves weights out of the inputs', () => {
    const weight = { name: 'w0', type: FLOAT, shape: [32, 32] };
    const file = buildOnnx({
      ...MASK_RCNN,
      inputs: [...MASK_RCNN.inputs, weight],
      weights: ['w0'],
      metadata: { 'defect-inspector': JSON.stringify(METADATA) },
    });
    expect(readOnnxFile(file).inputs.map(({ name }) => name)).toEqual(['image']);
  });

  it('finds any truncation', () => {
    const whole = tinyModel();
    for (let length = 3; length < whole.length; length++) {
      const { code } = errorOf(() => readModel(whole.subarray(0, length)));
      // A cut just before the metadata leaves a file that is merely silent about its classes.
      expect(['model-corrupt', 'model-unsupported']).toContain(code);
    }
    expect(errorOf(() => readModel(whole.subarray(0, whole.length - 1))).code).toBe('model-corrupt');
    expect(errorOf(() => readModel(whole.subarray(0, 60)))).toMatchObject({
      code: 'model-corrupt',
      message: expect.stringMatching(/ends early/) as string,
    });
  });

  it.each([
    ['an empty file', new Uint8Array(), 'model-corrupt', /empty/],
    ['plain text', text('hello, this is no model'), 'model-unsupported', /not an ONNX model/],
    ['a web page', text('<!DOCTYPE html><title>404</title>'), 'model-unsupported', /web page/],
    [
      'a Git LFS pointer',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4365372\n'),
      'model-corrupt',
      /Git LFS pointer.*git lfs pull/,
    ],
    ['a PyTorch checkpoint', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'model-unsupported', /PyTorch/],
    [
      'an old PyTorch checkpoint',
      new Uint8Array([0x80, 2, 0x8a, 0x0a, 0x6c]),
      'model-unsupported',
      /PyTorch/,
    ],
    [
      'a safetensors file',
      new Uint8Array([8, 0, 0, 0, 0, 0, 0, 0, ...text('{"a": 1}')]),
      'model-unsupported',
      /safetensors file.*Convert/,
    ],
    ['a TensorFlow Lite model', text('\u001c\0\0\0TFL3'), 'model-unsupported', /TensorFlow Lite.*Convert/],
    ['a model in ORT format', text('\u0010\0\0\0ORTM'), 'model-unsupported', /ORT format.*ONNX file/],
    ['OpenVINO', text('<?xml version="1.0"?>\n<net name="a" version="11">'), 'model-unsupported', /OpenVINO/],
    [
      'random bytes',
      Uint8Array.from({ length: 500 }, (_, i) => (i * 131 + 17) & 255),
      'model-unsupported',
      /not an ONNX/,
    ],
  ])('says what is wrong with %s', (_, bytes, code, message) => {
    expect(errorOf(() => readModel(bytes))).toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  it.each([
    [
      'a classification model',
      [{ name: 'logits', type: FLOAT, shape: [1, 1000] }],
      /^This is a classification model: it has no masks\. Use/,
    ],
    [
      'a detection model of our names',
      MASK_RCNN.outputs.slice(0, 3),
      /^This is a detection model: it has boxes but no masks\. Use/,
    ],
    [
      'a detection model of other names',
      [
        { name: 'detection_boxes', type: FLOAT },
        { name: 'detection_scores', type: FLOAT },
        { name: 'num', type: FLOAT },
      ],
      /^This is a detection model: it has boxes but no masks\. Use/,
    ],
    [
      'a detection model by Ultralytics',
      [{ name: 'output0', type: FLOAT, shape: [1, 84, 8400] }],
      /^This is a detection model/,
    ],
    [
      'a detection model by torchvision, without names',
      [
        { name: 'boxes.55', type: FLOAT, shape: ['n', 4] },
        { name: '2524', type: FLOAT, shape: ['n'] },
        { name: '2525', type: INT64, shape: ['n'] },
      ],
      /^This is a detection model/,
    ],
    [
      'semantic segmentation by torchvision',
      [
        { name: 'out', type: FLOAT, shape: [1, 21, 'h', 'w'] },
        { name: 'aux', type: FLOAT, shape: [1, 21, 'h', 'w'] },
      ],
      /does not tell defects apart/,
    ],
    ['a map of classes', [{ name: 'map', type: INT64, shape: [1, 'h', 'w'] }], /does not tell defects apart/],
    [
      'semantic segmentation',
      [{ name: 'map', type: FLOAT, shape: [1, 21, 'h', 'w'] }],
      /does not tell defects apart/,
    ],
    [
      'something else',
      [
        { name: 'a', type: FLOAT },
        { name: 'b', type: FLOAT },
      ],
      /"pixel_values".*"a", "b"/,
    ],
  ])('recognises %s', (_, outputs, message) => {
    const inputs = [{ name: 'pixel_values', type: FLOAT, shape: [1, 3, 224, 224] }];
    const error = errorOf(() => readModel(buildOnnx({ inputs, outputs })));
    expect(error.code).toBe('model-unsupported');
    expect(error.message).toMatch(message);
  });

  it('asks for metadata where everything else is right', () => {
    expect(errorOf(() => readModel(buildOnnx(MASK_RCNN))).message).toMatch(
      /lacks the key "defect-inspector"/,
    );
  });

  it('refuses an input that is not RGBA', () => {
    const inputs = [{ name: 'image', type: FLOAT, shape: [1, 3, 'h', 'w'] }];
    const metadata = { 'defect-inspector': JSON.stringify(METADATA) };
    expect(errorOf(() => readModel(buildOnnx({ ...MASK_RCNN, inputs, metadata }))).message).toMatch(
      /not uint8/,
    );
  });
});

describe('parseMetadata', () => {
  const parse = (change: object) => parseMetadata(JSON.stringify({ ...METADATA, ...change }));

  it.each([
    [{ name: 7 }, 'name must be a text'],
    [{ classes: [] }, 'classes must be at least one class'],
    [{ classes: [{ id: 0, name: 'x' }] }, 'classes[0].id must be a whole number of at least 1'],
    [
      {
        classes: [
          { id: 1, name: 'x' },
          { id: 1, name: 'y' },
        ],
      },
      'classes must be classes whose ids differ',
    ],
    [{ classes: [{ id: 1, name: 'x', color: 'red' }] }, 'classes[0].color must be a colour like #0072b2'],
    [{ classes: [{ id: 1, name: 'x', threshold: 2 }] }, 'classes[0].threshold must be a number from 0 to 1'],
    [{ input: { ...METADATA.input, stride: 1.5 } }, 'input.stride must be a whole number of at least 1'],
    [{ input: { ...METADATA.input, padValue: 256 } }, 'input.padValue must be a whole number from 0 to 255'],
    [{ input: { ...METADATA.input, maxUpscale: 0 } }, 'input.maxUpscale must be a number above 0'],
    [
      { novelty: { centres: [[0, 1], [2]], limit: 1 } },
      'novelty.centres must be a list of centres of one length',
    ],
    [{ novelty: { centres: [[0, '1']], limit: 1 } }, 'novelty.centres[0] must be a number'],
    [{ novelty: { centres: [[0, 1]], limit: 0 } }, 'novelty.limit must be a number above 0'],
    [{ quantisation: 'int4' }, 'quantisation must be none, weights or qdq'],
    [{ training: [] }, 'training must be an object'],
    [{ license: undefined }, 'license must be a text'],
  ])('refuses %j', (change, sentence) => {
    expect(errorOf(() => parse(change))).toMatchObject({
      code: 'model-unsupported',
      message: `The model's metadata is invalid: ${sentence}. Correct it, and export the model again.`,
    });
  });

  it('leaves out of names what nobody can read and what turns the rest', () => {
    const name = '\u202e\u001b[1mgnittip\u2066\u200b';
    const { classes, ...rest } = parseMetadata(
      JSON.stringify({
        ...METADATA,
        name,
        license: '\u0000',
        classes: [{ id: 1, name: 'Grübchen \u0646\u200c\u0645' }],
      }),
    );
    expect([rest.name, rest.license]).toEqual(['[1mgnittip', '']);
    expect(classes[0]!.name).toBe('Grübchen \u0646\u200c\u0645');
  });

  it('says which format it would need', () => {
    expect(errorOf(() => parse({ format: 2 })).message).toMatch(/has format 2; .* reads format 1/);
  });

  it('refuses what is no JSON', () => {
    expect(errorOf(() => parseMetadata('{')).message).toMatch(/not JSON/);
  });
});
