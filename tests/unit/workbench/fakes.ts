/** Detectors and inspections for tests of the interface: real masks and contours, but no network. */
import { gridShape } from '../../../src/core/families/grid-shape.js';
import { regionArea } from '../../../src/core/regions/region.js';
import type { Box, Detection, Inspection, ModelInfo } from '../../../src/core/types.js';
import { throwIfCancelled } from '../../../src/detector/cancellation.js';
import type { Detector, Estimate, ImageInput, InspectOptions } from '../../../src/detector/types.js';

export const MODEL: ModelInfo = {
  name: 'test-model',
  version: '1.2.3',
  hash: 'ab'.repeat(32),
  domain: 'ball screws and steel strip',
  license: 'CC0',
  classes: [
    { id: 1, name: 'pitting', threshold: 0.6 },
    { id: 2, name: 'crack', threshold: 0.4, description: 'A line along which the material parted.' },
  ],
};

const SIZE = 28;

/** An elliptic defect that fills its box. */
export function detection(
  id: number,
  score: number,
  box: Box,
  classId = 1,
  image: { width: number; height: number } = { width: 320, height: 160 },
): Detection {
  const data = Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
    const x = ((i % SIZE) + 0.5) / SIZE - 0.5;
    const y = (Math.floor(i / SIZE) + 0.5) / SIZE - 0.5;
    return Math.max(0, Math.min(1, 0.5 + (0.45 - Math.hypot(x, y)) * 8));
  });
  const { region, contours } = gridShape({ box, size: SIZE, data }, image)!;
  return {
    id,
    classId,
    className: MODEL.classes.find((one) => one.id === classId)!.name,
    score,
    box,
    mask: region,
    contours,
    area: regionArea(region),
  };
}

/** Two above their recommended thresholds (0.6 and 0.4), two below; the second lies within the first. */
export const DETECTIONS: readonly Detection[] = [
  detection(1, 0.9, [20, 20, 120, 100]),
  detection(2, 0.55, [60, 50, 30, 30], 2),
  detection(3, 0.5, [200, 30, 60, 40]),
  detection(4, 0.1, [240, 100, 50, 40], 2),
];

let made = 0;

export function inspection(
  name = 'part.png',
  detections: readonly Detection[] = DETECTIONS,
  more: Partial<Inspection> = {},
): Inspection {
  return {
    id: `inspection-${++made}`,
    image: { name, width: 320, height: 160, hash: 'cd'.repeat(32) },
    input: { width: 192, height: 96, scale: 0.5, tiles: 1, planned: 1, detail: 'fast' },
    model: MODEL,
    runtime: { provider: 'wasm', threads: 2 },
    detections,
    truncated: false,
    timing: { decode: 12, resample: 8, infer: 240, post: 5, total: 265 },
    ...more,
  };
}

/** Answers at once, or when `release` is called for as often as it was asked to hold; never after it was cancelled. */
export class FakeDetector implements Detector {
  readonly model = MODEL;
  readonly runtime = { provider: 'wasm', threads: 2 } as const;
  readonly fallback?: Error;
  readonly inspected: string[] = [];
  /** What was said about how to look at them. */
  readonly asked: InspectOptions[] = [];
  isDisposed = false;
  private readonly held: (() => void)[] = [];

  constructor(
    private readonly answer: (name: string, input: ImageInput) => Inspection = (name) => inspection(name),
    private readonly options: { isHolding?: boolean; fallback?: Error } = {},
  ) {
    if (options.fallback) this.fallback = options.fallback;
  }

  /** Thorough is three views at twice the scale, or at a smaller one where the smallest defect is larger than 12 pixels. */
  estimate(
    _: unknown,
    { detail, smallest = 12 }: Pick<InspectOptions, 'detail' | 'smallest'> = {},
  ): Estimate {
    return detail === 'thorough'
      ? { detail, planned: 3, scale: 12 / smallest }
      : { detail: 'fast', planned: 1, scale: 0.5 };
  }

  async inspect(input: ImageInput, options: InspectOptions = {}): Promise<Inspection> {
    const { name = '', signal, area } = options;
    this.inspected.push(name);
    this.asked.push(options);
    if (this.options.isHolding) {
      await new Promise<void>((resolve) => {
        this.held.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      });
    }
    throwIfCancelled(signal);
    const made = this.answer(name, input);
    if (options.detail !== 'thorough' && !area) return made;
    const { scale, planned, detail } = this.estimate(undefined, options);
    return {
      ...made,
      input: { ...made.input, ...{ scale, planned, detail }, tiles: planned, ...(area && { area }) },
    };
  }

  /** Gives what the photo under way has come to so far, of three views. */
  give(
    tiles: number,
    name = this.inspected.at(-1),
    { underWay = [], detections }: { underWay?: readonly Box[]; detections?: readonly Detection[] } = {},
  ): Inspection {
    const made = inspection(name, detections);
    const partial = {
      ...made,
      input: { ...made.input, scale: 1, tiles, planned: 3, detail: 'thorough' as const },
    };
    const { onPartial, onProgress, onTiles } = this.asked.at(-1) ?? {};
    onPartial?.(partial);
    onProgress?.({ phase: 'inspecting', done: tiles, total: 3 });
    onTiles?.(underWay);
    return partial;
  }

  /** Lets the photo that is being inspected go on. */
  release(): void {
    this.held.shift()?.();
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

/** A photo of 320 x 160 pixels. */
export async function photo(name = 'part.png', shade = 128): Promise<File> {
  const canvas = new OffscreenCanvas(320, 160);
  const context = canvas.getContext('2d')!;
  context.fillStyle = `rgb(${shade} ${shade} ${shade})`;
  context.fillRect(0, 0, 320, 160);
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' });
}
