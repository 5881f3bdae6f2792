/** A taught model's file from being dropped to what it finds, without a browser. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { taughtNetwork } from '../../../../../src/core/families/taught/family.js';
import { conclude } from '../../../../../src/core/pipeline/conclude.js';
import { inspectPhoto } from '../../../../../src/core/pipeline/inspect.js';
import { memorySource } from '../../../../../src/core/pipeline/pixels.js';
import { finestScale, layOut, scaleFor } from '../../../../../src/core/pipeline/plan.js';
import { chooseLayout } from '../../../../../src/core/pipeline/detail.js';
import { regionArea } from '../../../../../src/core/regions/region.js';
import { metadataText, parseMetadata } from '../../../../../src/core/families/defect-inspector/metadata.js';
import type { NamedTensors } from '../../../../../src/core/families/family.js';
import type { ModelMetadata } from '../../../../../src/core/types.js';
import { openNodeDetector, type NodeDetector } from '../../../../../src/node/open-detector.js';
import { readModel } from '../../../../../src/model/metadata.js';
import { metadataOf, picture, taughtFile } from '../../../../taught.js';

const METADATA: ModelMetadata = {
  ...metadataOf('dent', 'scratch'),
  input: {
    shortSide: 64,
    longSide: 128,
    maxUpscale: 1,
    stride: 32,
    padValue: 0,
    scale: 1,
    hasOneScale: true,
  },
  taught: {
    cell: 8,
    level: 0.4,
    smallest: 0.3,
    areaWeight: 0.1,
    calibration: { slope: 2, offset: 0 },
    features: 'abc',
  },
};

/** A network that sees how bright the middle of each cell is: white is a dent. */
function brightness({ image }: NamedTensors): NamedTensors {
  const [height = 0, width = 0] = image!.dims;
  const [rows, columns] = [height / 8, width / 8];
  const data = new Float32Array(2 * rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      data[row * columns + column] = Number(image!.data[((row * 8 + 4) * width + column * 8 + 4) * 4]) / 255;
    }
  }
  return { map: { type: 'float32', dims: [2, rows, columns], data } };
}

/** Black, with white rectangles. */
function drawn(
  width: number,
  height: number,
  ...boxes: readonly (readonly [number, number, number, number])[]
) {
  const data = new Uint8Array(width * height * 4);
  for (const [left, top, w, h] of boxes) {
    for (let y = top; y < top + h; y++) data.fill(255, (y * width + left) * 4, (y * width + left + w) * 4);
  }
  return memorySource({ data, width, height });
}

const network = taughtNetwork(METADATA, METADATA.taught!);
const inspect = (photo: ReturnType<typeof drawn>, options: Parameters<typeof inspectPhoto>[3] = {}) =>
  inspectPhoto(
    photo,
    network,
    {
      decode: (source) => Promise.resolve(source),
      run: (inputs) => Promise.resolve(brightness(inputs)),
      now: () => 0,
    },
    options,
  );

describe('what a taught model says of itself', () => {
  it('is written and read alike', () => {
    expect(parseMetadata(metadataText(METADATA))).toEqual(METADATA);
    expect(JSON.parse(metadataText(METADATA))).toMatchObject({ family: 'taught', cell: 8, scale: 1 });
  });

  it.each([
    [{ cell: 0 }, 'cell must be a whole number'],
    [{ scale: -1 }, 'scale must be'],
    [{ level: 2 }, 'level must be'],
    [{ calibration: { slope: 0, offset: 0 } }, 'calibration.slope must be'],
    [{ smallest: 'x' }, 'smallest must be'],
    [{ areaWeight: 'x' }, 'areaWeight must be'],
  ])('is checked: %o', (wrong, message) => {
    const json = JSON.stringify({ ...(JSON.parse(metadataText(METADATA)) as object), ...wrong });
    expect(() => parseMetadata(json)).toThrow(message);
  });
});

describe('a photo seen by a taught model', () => {
  it('has a map over all of it, where it is asked for', async () => {
    const photo = drawn(100, 60, [16, 16, 24, 16]);
    expect((await inspect(photo)).map).toBeUndefined();
    const { map, input } = await inspect(photo, { map: true });
    expect(input).toMatchObject({ scale: 1, tiles: 1 });
    expect(map).toMatchObject({ x: 0, y: 0, step: 8, width: 13, height: 8, classes: 2 });
    expect(map!.data[2 * 13 + 2]).toBe(1);
    expect(map!.data[2 * 13 + 5]).toBe(0);
  });

  it('has detections like any other', async () => {
    const { detections, truncated } = await inspect(drawn(100, 60, [16, 16, 24, 16], [72, 40, 16, 16]));
    expect(truncated).toBe(false);
    expect(detections.map(({ id, classId, className }) => [id, classId, className])).toEqual([
      [1, 1, 'dent'],
      [2, 1, 'dent'],
    ]);
    for (const { mask, area, box } of detections) expect([regionArea(mask), box[0]]).toEqual([area, mask.x]);
  });

  it('finds the same thing once in tiles, wherever they lie, at the scale that was taught', async () => {
    // Across the seams of tiles of 128 x 128 pixels.
    const photo = drawn(400, 300, [90, 60, 200, 40], [200, 180, 16, 16]);
    const { detections, input, map } = await inspect(photo, { detail: 'thorough', map: true });
    expect(input).toMatchObject({ scale: 1, detail: 'thorough' });
    expect(input.tiles).toBeGreaterThan(9);
    expect(map).toMatchObject({ step: 8, width: 50, height: 38 });
    expect(detections).toHaveLength(2);
    const [long] = [...detections].sort((a, b) => b.area - a.area);
    expect(long!.area).toBeGreaterThan(200 * 40 * 0.85);
    expect(long!.area).toBeLessThan(200 * 40 * 1.2);
  });

  it('is in pixels of the photo, where an area of it is inspected', async () => {
    const photo = drawn(300, 200, [150, 100, 24, 24], [10, 10, 40, 40]);
    const { detections, map } = await inspect(photo, { area: [120, 80, 100, 60], map: true });
    expect(map).toMatchObject({ x: 120, y: 80, width: 13, height: 8 });
    expect(detections).toHaveLength(1);
    const [x, y, width] = detections[0]!.box;
    expect(Math.abs(x - 150)).toBeLessThan(8);
    expect(Math.abs(y - 100)).toBeLessThan(8);
    expect(Math.abs(width - 24)).toBeLessThan(8);
  });

  it('is told in part as far as tiles have been seen', () => {
    const one = { width: 2, height: 2, classes: 2, x: 0, y: 0, step: 8 };
    const view = {
      level: 0,
      x: 0,
      y: 0,
      width: 16,
      height: 16,
      fit: { scale: 1, width: 16, height: 16, paddedWidth: 32, paddedHeight: 32 },
    };
    const map = { ...one, data: Float32Array.of(0.9, 0, 0, 0, 0, 0, 0, 0) };
    const timing = { resample: 0, infer: 0, post: 0, total: 0 };
    const seen = [{ view, found: [], unmasked: [], isCapped: false, timing, map }];
    const { detections } = conclude(seen, [5, 7, 16, 16], network);
    expect(detections.map(({ box }) => [box[0], box[1]])).toEqual([[5, 7]]);
  });

  it('gives numbers that are checked', () => {
    const fit = { scale: 1, width: 30, height: 20, paddedWidth: 32, paddedHeight: 32 };
    const view = { width: 30, height: 20, fit };
    const read = (dims: number[], value: number) => () => {
      const data = new Float32Array(dims.reduce((a, b) => a * b)).fill(value);
      return network.read({ map: { type: 'float32', dims, data } }, view);
    };
    expect(read([2, 4, 4], 0.5)().map).toMatchObject({ width: 4, height: 3 });
    for (const wrong of [
      read([2, 4, 4], 1.5),
      read([2, 4, 4], NaN),
      read([1, 4, 4], 0),
      read([2, 2, 8], 0),
    ]) {
      expect(wrong).toThrow(expect.objectContaining({ code: 'model-unsupported' }));
    }
  });
});

describe('the scale of a taught model', () => {
  const rule = METADATA.input;

  it('is the same for every photo, by tiles where that is larger than one view', () => {
    expect(layOut({ width: 100, height: 60 }, rule, { detail: 'fast', scale: 1 }).scale).toBe(1);
    expect(layOut({ width: 10, height: 8 }, rule, { detail: 'fast', scale: 1 }).scale).toBe(1);
    expect(scaleFor(3, rule)).toBe(1);
    expect(scaleFor(undefined, { maxUpscale: 1, scale: 1.5 })).toBe(1.5);
    const scales = layOut({ width: 4000, height: 3000 }, rule, { detail: 'thorough', scale: 1 }).levels;
    expect(scales.map(({ fit }) => fit.scale)).toEqual([128 / 4000, 1]);
  });

  it('is that of its short side where the file names no other', () => {
    const { scale: _, ...own } = rule;
    expect(finestScale({ width: 400, height: 128 }, own, undefined)).toBe(0.5);
    expect(finestScale({ width: 400, height: 128 }, own, 3)).toBe(0.5);
    const { levels } = layOut({ width: 400, height: 128 }, own, { detail: 'thorough', scale: 0.5 });
    expect(levels.map(({ fit }) => fit.scale)).toEqual([128 / 400, 0.5]);
    const { layout } = chooseLayout({ width: 400, height: 128 }, own, { detail: 'auto' }, () => undefined);
    expect(layout).toMatchObject({ detail: 'thorough', scale: 0.5 });
  });

  it('is kept where nothing is said about detail', () => {
    const { layout } = chooseLayout({ width: 140, height: 100 }, rule, { detail: 'auto' }, () => undefined);
    expect(layout).toMatchObject({ detail: 'thorough', scale: 1 });
  });
});

describe('a taught model as a file', () => {
  let detector: NodeDetector;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taught-'));
    const path = join(folder, 'mine.onnx');
    await writeFile(path, taughtFile('linear'));
    detector = await openNodeDetector(path);
  }, 60_000);
  afterAll(async () => {
    await detector.dispose();
    await rm(folder, { recursive: true });
  });

  it('is known for what it is', () => {
    expect(readModel(taughtFile('memory'))).toMatchObject({ family: 'taught' });
    expect(detector.model).toMatchObject({ name: 'my part', version: '1.0.0' });
    expect(detector.model.classes.map(({ name }) => name)).toEqual(['scratch', 'spot', 'stain']);
  });

  it('inspects a photo', async () => {
    const { data, width, height } = picture();
    const png = encode({ data, width, height, channels: 4, depth: 8 });
    const { map, detections } = await detector.inspect(new Uint8Array(png), 'part.png', { map: true });
    const best = Math.max(...map!.data);
    expect(map!.classes).toBe(3);
    expect(best).toBeGreaterThan(0.5);
    expect(detections[0]!.score).toBeCloseTo(best, 5);
  }, 60_000);
});
