/** What the composed graphs give is what Python says they have to give. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readCells } from '../../../../src/core/families/taught/cell-view.js';
import { fitInput } from '../../../../src/core/pipeline/fit.js';
import { linearHead } from '../../../../src/core/teach/head.js';
import type { LessonPhoto } from '../../../../src/core/teach/lesson.js';
import { balanced, fitLogistic } from '../../../../src/core/teach/logistic.js';
import { labelsOf, rowsOf } from '../../../../src/core/teach/photo-rows.js';
import { cutFeatures } from '../../../../src/model/onnx/features.js';
import { composeTaught } from '../../../../src/model/onnx/taught-model.js';
import { readModel } from '../../../../src/model/metadata.js';
import { createSession, runNetwork } from '../../../../src/runtime/session.js';
import { DESIGN, metadataOf, picture, shippedFile, taughtFile } from '../../../taught.js';
import { buildOnnx, MASK_RCNN } from '../onnx-builder.js';

const binary = new Uint8Array(
  readFileSync(createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')),
);
const expected = JSON.parse(readFileSync('tests/fixtures/taught/expected.json', 'utf8')) as Record<
  'linear' | 'memory' | 'learnt',
  number[][][]
> & { features: number[] };

async function outputsOf(file: Uint8Array<ArrayBuffer>) {
  const { metadata } = readModel(file);
  const session = await createSession(file, metadata, { binary, threads: 1 });
  const { data, width, height } = picture();
  const { map, features } = await runNetwork(session, {
    image: { type: 'uint8', dims: [height, width, 4], data },
  });
  await session.release();
  return { map: map!, features: features! };
}

describe.each(['linear', 'memory'] as const)('a taught model with a %s head', (kind) => {
  it('gives the map that PyTorch computes', async () => {
    const { map, features } = await outputsOf(taughtFile(kind));
    const { dims, data } = map;
    const wanted = expected[kind];
    expect(dims).toEqual([wanted.length, 12, 20]);
    const values = wanted.flat(2);
    const spread = Math.max(...values) - Math.min(...values);
    expect(spread).toBeGreaterThan(0.05);
    const off = values.map((value, i) => Math.abs(value - Number(data[i])));
    expect(Math.max(...off)).toBeLessThan(2e-4);
    expect(features.dims).toEqual([352]);
    const far = expected.features.map((value, i) => Math.abs(value - Number(features.data[i])));
    expect(Math.max(...far)).toBeLessThan(1e-3);
  }, 60_000);
});

it('what is learnt from a photo’s cells gives the map that scikit-learn’s gives', async () => {
  const features = cutFeatures(shippedFile(), DESIGN);
  const { data, width, height } = picture();
  const { metadata } = readModel(taughtFile('linear'));
  const session = await createSession(features.file, metadata, { binary, threads: 1 });
  const image = { type: 'uint8', dims: [height, width, 4], data } as const;
  const outputs = await runNetwork(session, { image });
  await session.release();
  const area = { x: 0, y: 0, width, height };
  const fit = fitInput(width, height, { ...metadata.input, maxUpscale: 1 });
  const views = [readCells(outputs, { ...area, fit }, DESIGN.cell)];
  // The cells of the disc, as the fixture has them.
  const region = { x: 88, y: 24, width: 24, height: 32, counts: Uint32Array.of(0, 24 * 32) };
  const photo: LessonPhoto = { ...area, name: 'disc', isGood: false, marks: [{ classId: 1, region }], views };
  const targets = labelsOf(photo);
  const weights = balanced(targets, new Float64Array(targets.length).fill(1));
  const problem = { samples: rowsOf(photo), targets, weights, penalty: 0.1 };
  const { model } = fitLogistic(problem, { tolerance: 1e-9, maxIterations: 1000 });
  const head = linearHead({ defect: model, classes: [] }, 0);
  const { map } = await outputsOf(composeTaught(features, head, metadataOf('disc')));
  const wanted = expected.learnt.flat(2);
  expect(Math.max(...wanted)).toBeGreaterThan(0.8);
  expect(Math.min(...wanted)).toBeLessThan(0.1);
  const off = wanted.map((score, i) => Math.abs(score - Number(map.data[i])));
  // Cells are kept with 8 bits of their mantissa while they are learnt from; scikit-learn has all of them.
  expect(Math.max(...off)).toBeLessThan(5e-3);
}, 60_000);

describe('features', () => {
  it('are cut from a file in the same way every time, and take a fraction of it', () => {
    const [one, two] = [cutFeatures(shippedFile(), DESIGN), cutFeatures(shippedFile(), DESIGN)];
    expect(one.dims).toBe(352);
    expect(Buffer.compare(one.file, two.file)).toBe(0);
    expect(one.file.length).toBeLessThan(900_000);
  });

  it('are not cut from what has none', () => {
    const other = buildOnnx(MASK_RCNN);
    expect(() => cutFeatures(other, DESIGN)).toThrow(RangeError);
    const levels = [{ stride: 64, spread: [1] }];
    expect(() => cutFeatures(shippedFile(), { ...DESIGN, levels })).toThrow('no features at stride 64');
  });

  it('take no head of another length or of other classes', () => {
    const features = { ...cutFeatures(shippedFile(), DESIGN), dims: 352 };
    const head = { kind: 'linear', defect: { weights: new Float32Array(352), bias: 0 } } as const;
    const short = { kind: 'linear', defect: { weights: new Float32Array(351), bias: 0 } } as const;
    expect(() => composeTaught(features, short, metadataOf('dent'))).toThrow('351 values');
    expect(() => composeTaught(features, head, metadataOf('dent', 'scratch'))).toThrow('head of 1 scores');
  });
});
