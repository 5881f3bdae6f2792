/** What `python -m training.adapter_fixtures` wrote: models of other families, and what should be found with them. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { expect } from 'vitest';
import type { NamedTensors, PlainTensor } from '../src/core/families/family.js';
import { regionToRle } from '../src/core/regions/region.js';
import { rleFromString, rleIou } from '../src/core/regions/rle.js';
import type { Box, Detection, ModelHints } from '../src/core/types.js';

const FOLDER = 'tests/fixtures/adapters';

interface Packed {
  readonly type: PlainTensor['type'];
  readonly dims: readonly number[];
  readonly data: string;
}

export interface ExpectedDetection {
  readonly classId: number;
  readonly score: number;
  readonly box: Box;
  readonly segmentation: { readonly size: [number, number]; readonly counts: string };
}

interface ExpectedModel {
  readonly input: { readonly name: string; readonly dims: readonly number[]; readonly planes: string };
  readonly outputs: Readonly<Record<string, Packed>>;
  readonly detections: readonly ExpectedDetection[];
}

const record = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as {
  photo: { width: number; height: number; rgba: string };
  models: Readonly<Record<string, ExpectedModel>>;
};

/** The models that can be used, with what Python was told about them. */
export const USABLE: readonly (readonly [name: string, hints: ModelHints])[] = [
  ['torchvision', { shortSide: 60 }],
  ['ultralytics-raw', {}],
  ['ultralytics-end-to-end', {}],
];

export const photo = { ...record.photo, rgba: unpack(record.photo.rgba) };
export const photoFile = `${FOLDER}/photo.png`;
export const modelFile = (name: string) => `${FOLDER}/${name}.onnx`;
export const expectedDetections = (name: string) => record.models[name]!.detections;

/** The photo as Python prepared it, 0..255. */
export function expectedInput(name: string) {
  const { planes, ...input } = record.models[name]!.input;
  return { ...input, planes: unpack(planes) };
}

/** What the network gave in Python. */
export function networkOutputs(name: string): NamedTensors {
  return Object.fromEntries(
    Object.entries(record.models[name]!.outputs).map(([key, { type, dims, data }]) => {
      const { buffer } = unpack(data);
      const arrays = { float32: Float32Array, int64: BigInt64Array, int32: Int32Array, uint8: Uint8Array };
      return [key, { type, dims, data: new arrays[type](buffer) } as PlainTensor];
    }),
  );
}

function unpack(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(inflateSync(Buffer.from(base64, 'base64')));
}

/**
 * Holds detections to the expected ones, in order.
 * @param tolerance of scores (0..1), boxes (px) and masks (IoU)
 */
export function expectAlike(
  found: readonly Detection[],
  expected: readonly ExpectedDetection[],
  tolerance: { readonly score: number; readonly box: number; readonly iou: number },
): void {
  expect(found.map(({ classId }) => classId)).toEqual(expected.map(({ classId }) => classId));
  const { width, height } = photo;
  for (const [i, detection] of found.entries()) {
    const { score, box, segmentation } = expected[i]!;
    expect(Math.abs(detection.score - score), `score ${i}`).toBeLessThanOrEqual(tolerance.score);
    for (const [side, value] of box.entries()) {
      expect(Math.abs(detection.networkBox![side]! - value), `box ${i}`).toBeLessThanOrEqual(tolerance.box);
    }
    const ours = regionToRle(detection.mask, width, height);
    const theirs = rleFromString(segmentation.counts, segmentation.size);
    expect(rleIou(ours, theirs), `mask ${i}`).toBeGreaterThanOrEqual(tolerance.iou);
  }
}
