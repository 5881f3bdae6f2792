import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toDetections } from '../../../../src/core/pipeline/detections.js';
import { findIn } from '../../../../src/core/pipeline/found.js';
import { fitInput } from '../../../../src/core/pipeline/fit.js';
import { memorySource } from '../../../../src/core/pipeline/pixels.js';
import { readModel } from '../../../../src/model/metadata.js';
import {
  expectAlike,
  expectedDetections,
  expectedInput,
  modelFile,
  networkOutputs,
  photo,
  USABLE,
} from '../../../family-fixtures.js';

describe.each(USABLE)('the family of %s', (name, hints) => {
  const network = readModel(readFileSync(modelFile(name)), hints);
  const { metadata } = network;
  const { width, height } = photo;
  const view = { width, height, fit: fitInput(width, height, metadata.input) };
  const read = (outputs = networkOutputs(name), { read } = network) => {
    const { found, isCapped } = findIn({ ...view, x: 0, y: 0 }, read(outputs, view), metadata.classes);
    return { detections: toDetections(found, metadata.classes), truncated: isCapped };
  };

  it('feeds the network what Python feeds it, bit for bit', () => {
    const expected = expectedInput(name);
    const inputs = network.prepare({ ...view, pixels: memorySource({ data: photo.rgba, width, height }) });
    expect(Object.keys(inputs)).toEqual([expected.name]);
    const { type, dims, data } = inputs[expected.name]!;
    expect(type).toBe('float32');
    expect(dims.slice(-3)).toEqual(expected.dims);
    expect(data).toEqual(Float32Array.from(expected.planes, (value) => value / 255));
  });

  it('makes of the output what Python makes of it', () => {
    const { detections, truncated } = read();
    // Scores and boxes are the same arithmetic, and the fixture rounds them; masks go through a grid.
    expectAlike(detections, expectedDetections(name), { score: 1e-5, box: 1e-3, iou: 0.95 });
    expect(truncated).toBe(false);
    expect(new Set(detections.map(({ mask }) => mask.counts.buffer)).size).toBe(detections.length);
  });

  it('leaves out what is below the floor', () => {
    const [first, ...rest] = expectedDetections(name);
    const scoreFloor = (first!.score + rest[0]!.score) / 2;
    const strict = readModel(readFileSync(modelFile(name)), hints);
    Object.assign(strict.metadata, { scoreFloor });
    const { detections } = read(networkOutputs(name), strict);
    expect(detections.map(({ classId }) => classId)).toEqual([first!.classId]);
  });

  it('says which output is missing', () => {
    const [missing, ...others] = Object.entries(networkOutputs(name));
    expect(() => read(Object.fromEntries(others))).toThrow(
      expect.objectContaining({
        code: 'model-unsupported',
        message: expect.stringContaining(`output "${missing![0]}" is missing`),
      }),
    );
  });
});
