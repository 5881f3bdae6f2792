import { readFileSync } from 'node:fs';
import { defectInspectorNetwork } from '../../../src/core/families/defect-inspector/family.js';
import type { NamedTensors, Network } from '../../../src/core/families/family.js';
import { toDetections as detectionsOf } from '../../../src/core/pipeline/detections.js';
import { findIn } from '../../../src/core/pipeline/found.js';
import { gridRegion, type BoxGrid } from '../../../src/core/regions/box-grid.js';
import { regionArea } from '../../../src/core/regions/region.js';
import type { Inspection, ModelClass, ModelMetadata } from '../../../src/core/types.js';

/** What lies over a box. */
export type Grid = Omit<BoxGrid, 'box'>;

/** Number of the photo's pixels that belong to the grid. */
export function areaOf(grid: BoxGrid, width: number, height: number): number {
  const region = gridRegion(grid, width, height);
  return region ? regionArea(region) : 0;
}

/** What `python -m training.core_fixtures` wrote. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- The caller knows what its file holds.
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../fixtures/core/${name}.json`, import.meta.url), 'utf8')) as T;
}

export function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

export function floats(base64: string): Float32Array {
  return new Float32Array(bytes(base64).buffer);
}

/** A mask packed by numpy's `packbits`. */
export function bits(base64: string, count: number): Uint8Array {
  const packed = bytes(base64);
  return Uint8Array.from({ length: count }, (_, i) => (packed[i >> 3]! >> (7 - (i & 7))) & 1);
}

/** The grid of a function of grid coordinates. */
export function gridOf(size: number, value: (column: number, row: number) => number): Grid {
  return {
    size,
    data: Float32Array.from({ length: size * size }, (_, i) => value(i % size, Math.floor(i / size))),
  };
}

/** A smooth round spot that fills most of its box, and a ring of the same size. */
export const DISC = gridOf(28, (x, y) => 1 / (1 + Math.exp(Math.hypot(x - 13.5, y - 13.5) - 11)));
export const RING = gridOf(28, (x, y) => {
  const radius = Math.hypot(x - 13.5, y - 13.5);
  return Math.min(1 / (1 + Math.exp(radius - 12)), 1 / (1 + Math.exp(6 - radius)));
});

export const CLASSES: readonly ModelClass[] = [
  { id: 1, name: 'pitting', threshold: 0.4 },
  { id: 2, name: 'crack, fine', threshold: 0.7 },
  { id: 3, name: 'fray' },
];

export interface Found {
  readonly classId: number;
  readonly score: number;
  /** x1, y1, x2, y2 */
  readonly corners: readonly [number, number, number, number];
  readonly mask?: Grid;
}

/** What a network of our own family returns. */
export function rawDetections(found: readonly Found[]): NamedTensors {
  const floats = (numbers: readonly number[], ...dims: number[]) =>
    ({ type: 'float32', dims, data: Float32Array.from(numbers) }) as const;
  const n = found.length;
  return {
    boxes: floats(
      found.flatMap(({ corners }) => corners),
      n,
      4,
    ),
    scores: floats(
      found.map(({ score }) => score),
      n,
    ),
    labels: { type: 'int32', dims: [n], data: Int32Array.from(found, ({ classId }) => classId) },
    masks: floats(
      found.flatMap(({ mask = DISC }) => Array.from(mask.data)),
      n,
      28,
      28,
    ),
  };
}

export function modelOf(classes: readonly ModelClass[] = CLASSES): ModelMetadata {
  const input = { shortSide: 96, longSide: 128, maxUpscale: 1, stride: 32, padValue: 128 };
  return {
    format: 1,
    name: 'surface',
    version: '1.0.0',
    classes,
    input,
    quantisation: 'none',
    license: 'MIT',
  };
}

/** What the pipeline makes of it in a photo, 120 x 90 pixels by default. */
export function toDetections(
  outputs: NamedTensors,
  { scale = 1, width = 120, height = 90, classes = CLASSES } = {},
) {
  return readDetections(defectInspectorNetwork(modelOf(classes)), outputs, { scale, width, height });
}

/** What a network finds in a photo whose input is as large as the photo times its scale. */
export function readDetections(
  network: Network,
  outputs: NamedTensors,
  { scale, width, height }: { scale: number; width: number; height: number },
) {
  const [inputWidth, inputHeight] = [width * scale, height * scale];
  const fit = {
    scale,
    width: inputWidth,
    height: inputHeight,
    paddedWidth: inputWidth,
    paddedHeight: inputHeight,
  };
  const reading = network.read(outputs, { width, height, fit });
  const { classes } = network.metadata;
  const { found, isCapped } = reading.map
    ? { found: network.findOnMap!(reading.map, { width, height }), isCapped: false }
    : findIn({ x: 0, y: 0, fit }, reading, classes);
  return { detections: detectionsOf(found, classes), truncated: isCapped };
}

/** An inspection of a photo of 120 x 90 pixels, or of another size. */
export function inspectionOf(
  name: string,
  found: readonly Found[],
  model: Partial<Inspection['model']> = {},
  { width, height } = { width: 120, height: 90 },
): Inspection {
  return {
    id: name,
    image: { name, width, height, hash: 'a'.repeat(64) },
    input: { width: 128, height: 96, scale: 1, tiles: 1, planned: 1, detail: 'fast' },
    model: { name: 'surface', version: '1.0.0', hash: 'b'.repeat(64), classes: CLASSES, ...model },
    runtime: { provider: 'wasm', threads: 1 },
    ...toDetections(rawDetections(found), { classes: model.classes ?? CLASSES, width, height }),
    timing: { decode: 1, resample: 2, infer: 3, post: 4, total: 10 },
  };
}

/** From a point to the nearest place on a ring, in pixels. */
export function distanceToRing(x: number, y: number, ring: Float32Array): number {
  let least = Infinity;
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    const [x0, y0] = [ring[i]!, ring[i + 1]!];
    const [dx, dy] = [ring[next]! - x0, ring[next + 1]! - y0];
    const length = dx * dx + dy * dy;
    const t = length > 0 ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
    least = Math.min(least, Math.hypot(x - x0 - t * dx, y - y0 - t * dy));
  }
  return least;
}
