/** Large photos on the built page, by a model that answers to colours: in tiles, in part, and where something goes wrong on the way. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Sharp } from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DefectInspectorElement, Detector, InspectOptions } from '../../src/index.js';
import type { Box, Inspection, Progress } from '../../src/core/types.js';
import { drawRectangles, ious } from '../drawn-rectangles.js';
import { modelFile } from '../family-fixtures.js';
import { useStage } from './harness.js';
import { watchWorkers, type WatchedWorkers } from './watched-workers.js';

const stage = useStage();
let page: Page;

/** What the functions below leave in the page for each other. */
interface Left {
  readonly watched: WatchedWorkers;
  detector: Detector;
}

interface Outcome {
  readonly inspection?: Inspection;
  readonly error?: string;
  readonly partials: readonly Inspection['input'][];
  readonly progress: readonly Progress[];
}

/** A detector of the colour model: tiles are 640 network pixels wide, and each view finds at most one thing of a colour. */
async function openDetector(workers = 1): Promise<void> {
  const model = (await readFile(modelFile('torchvision'))).toString('base64');
  await page.evaluate(
    async ({ model, workers }) => {
      const left = globalThis as unknown as Left;
      const bytes = Uint8Array.from(atob(model), (c) => c.charCodeAt(0));
      const element = customElements.get('defect-inspector') as typeof DefectInspectorElement;
      const opening = element.detectorFactory!({
        model: new File([bytes], 'colours.onnx'),
        hints: { classes: ['red', 'green'], shortSide: 320 },
        ...{ workers, threads: 1 },
      });
      Object.assign(globalThis, { opening });
      left.detector = await opening;
    },
    { model, workers },
  );
}

const drawn = async (...asked: Parameters<typeof drawRectangles>): Promise<string> =>
  (await drawRectangles(...asked)).toString('base64');

/** Inspects a photo; `cancelAt` gives it up after so many views. */
async function inspect(
  photo: string,
  look: Pick<InspectOptions, 'detail' | 'smallest' | 'area'>,
  { cancelAt }: { cancelAt?: number } = {},
): Promise<Outcome> {
  return page.evaluate(
    async ({ photo, look, cancelAt }) => {
      const { detector } = globalThis as unknown as Left;
      const controller = new AbortController();
      const partials: Inspection['input'][] = [];
      const progress: Progress[] = [];
      const run = async (): Promise<Outcome> => {
        try {
          const { detections, ...inspection } = await detector.inspect(
            new File([Uint8Array.from(atob(photo), (c) => c.charCodeAt(0))], 'drawn'),
            {
              ...look,
              signal: controller.signal,
              onPartial: ({ input }) => partials.push(input),
              onProgress: (step) => {
                progress.push(step);
                if (step.phase === 'inspecting' && step.done === cancelAt) controller.abort();
              },
            },
          );
          const plain = detections.map(({ mask, ...rest }) => ({
            ...rest,
            contours: [],
            mask: { ...mask, counts: Array.from(mask.counts) as unknown as Uint32Array },
          }));
          return { inspection: { ...inspection, detections: plain }, partials, progress };
        } catch (error) {
          return { error: (error as { code: string }).code, partials, progress };
        }
      };
      const outcome = run();
      // The debugger's protocol drops a promise that nothing but itself refers to.
      Object.assign(globalThis, { outcome });
      return outcome;
    },
    { photo, look, cancelAt },
  );
}

const runs = () => page.evaluate(() => (globalThis as unknown as Left).watched.runs);

const change = (watched: Partial<WatchedWorkers>) =>
  page.evaluate((part) => {
    Object.assign((globalThis as unknown as Left).watched, part);
  }, watched);

const thorough = { detail: 'thorough' } as const;
const SIZE = [3000, 2000] as const;
const SPOTS: readonly Box[] = [
  [200, 150, 40, 30],
  [1500, 1900, 30, 40],
  [2900, 1000, 50, 50],
];

beforeEach(async () => {
  ({ page } = await stage.open({ initScript: watchWorkers }));
});

describe('a large photo', () => {
  test('is seen tile by tile, with its progress and what there is so far', async () => {
    await openDetector();
    const { inspection, partials, progress } = await inspect(await drawn(SIZE, SPOTS), thorough);
    const { tiles, planned, scale, detail } = inspection!.input;
    expect({ tiles, scale, detail }).toEqual({ tiles: planned, scale: 1, detail: 'thorough' });
    expect(progress).toEqual(
      Array.from({ length: planned }, (_, i) => ({ phase: 'inspecting', done: i + 1, total: planned })),
    );
    expect(partials[0]).toMatchObject({ tiles: 1, planned });
    expect(partials.every((one) => one.tiles < planned)).toBe(true);
    for (const spot of SPOTS) expect(Math.max(...ious(inspection!, spot))).toBeGreaterThan(0.85);
    expect(inspection!.detections).toHaveLength(SPOTS.length);
  });

  test('is seen in another way when that is asked for', async () => {
    await openDetector();
    const photo = await drawn(SIZE, SPOTS);
    const looks = [{ detail: 'fast' }, thorough, { ...thorough, smallest: 30 }, { detail: 'auto' }] as const;
    const inputs: unknown[] = [];
    for (const look of looks) inputs.push((await inspect(photo, look)).inspection!.input);
    expect(inputs).toMatchObject([
      { detail: 'fast', scale: 0.16, tiles: 1 },
      { detail: 'thorough', scale: 1 },
      { detail: 'thorough', scale: 0.4 },
      { detail: 'thorough', scale: 1 },
    ]);
    const count = (await runs()).length;
    // All of it is known by now.
    for (const look of looks) await inspect(photo, look);
    expect(await runs()).toHaveLength(count);
  });

  test('can be seen in part, as if that was the photo', async () => {
    await openDetector();
    const { inspection } = await inspect(await drawn(SIZE, SPOTS), {
      ...thorough,
      area: [2500, 800, 500, 500],
    });
    expect(inspection!.input.area).toEqual([2500, 800, 500, 500]);
    expect(inspection!.detections).toHaveLength(1);
    expect(ious(inspection!, SPOTS[2]!)[0]).toBeGreaterThan(0.9);
  });

  test('has a band across five tiles as one detection', async () => {
    await openDetector();
    const band: Box = [40, 60, 2500, 24];
    const { inspection } = await inspect(await drawn([2600, 160], [band]), thorough);
    expect(inspection!.detections).toHaveLength(1);
    expect(ious(inspection!, band)[0]).toBeGreaterThan(0.9);
  });

  test('that is turned by its EXIF data is seen upright', async () => {
    await openDetector();
    const photo = await drawn(SIZE, SPOTS, (image) =>
      image.withMetadata({ orientation: 6 }).jpeg({ quality: 95 }),
    );
    const { inspection } = await inspect(photo, thorough);
    expect(inspection!.image).toMatchObject({ width: 2000, height: 3000 });
    // A quarter turn to the right.
    for (const [x, y, w, h] of SPOTS)
      expect(Math.max(...ious(inspection!, [2000 - y - h, x, h, w]))).toBeGreaterThan(0.8);
  });

  test.each([
    ['20,000 x 1,500', [20_000, 1500], (image: Sharp) => image.jpeg({ quality: 95 })],
    ['1,500 x 60,000', [1500, 60_000], (image: Sharp) => image.jpeg({ quality: 95 })],
    ['1,500 x 60,000, without loss,', [1500, 60_000], (image: Sharp) => image.png()],
  ] as const)('of %s pixels hides nothing, wherever it is', async (_, size, finish) => {
    await openDetector();
    const [width, height] = size;
    const spots: Box[] = [
      [0, 0, 96, 96],
      [Math.round(width * 0.37), Math.round(height * 0.61), 96, 96],
      [width - 96, height - 96, 96, 96],
    ];
    const { inspection, error } = await inspect(await drawn(size, spots, finish), {
      ...thorough,
      smallest: 80,
    });
    expect(error).toBeUndefined();
    expect(inspection!.input.tiles).toBe(inspection!.input.planned);
    for (const spot of spots) expect(Math.max(...ious(inspection!, spot))).toBeGreaterThan(0.7);
  });
});

describe('where something goes wrong', () => {
  test('a photo that is cancelled leaves what was seen of it', async () => {
    await openDetector();
    const photo = await drawn(SIZE, SPOTS);
    const { error, partials } = await inspect(photo, thorough, { cancelAt: 4 });
    expect(error).toBe('cancelled');
    expect(partials.at(-1)!.tiles).toBeLessThan(partials.at(-1)!.planned);
    const before = (await runs()).length;
    // At most the tile under way has been looked at in vain.
    expect(before).toBeLessThanOrEqual(5);
    const { inspection } = await inspect(photo, { detail: 'fast' });
    expect(inspection!.input.tiles).toBe(1);
    // Going on, only the tiles that are left are run.
    const seen = partials.at(-1)!.tiles;
    const rest = await inspect(photo, thorough);
    expect(rest.inspection!.input.tiles).toBe(rest.inspection!.input.planned);
    expect(rest.inspection!.detections).toHaveLength(SPOTS.length);
    expect(await runs()).toHaveLength(before + rest.inspection!.input.planned - seen);
  });

  test('on the page, it stays in the list with what was seen of it', async () => {
    await openDetector();
    const photo = await drawn(SIZE, SPOTS);
    const kept = await page.evaluate(async (photo) => {
      const { detector } = globalThis as unknown as Left;
      const element = document.querySelector<DefectInspectorElement>('defect-inspector')!;
      (element.constructor as typeof DefectInspectorElement).detectorFactory = async () => detector;
      const cancelling = new Promise<Inspection['input'] | undefined>((resolve) => {
        const bytes = Uint8Array.from(atob(photo), (c) => c.charCodeAt(0));
        element
          .inspect(new File([bytes], 'drawn.png'), {
            detail: 'thorough',
            onPartial: ({ input }) => {
              if (input.tiles > 1) element.run('photos.cancel');
            },
          })
          .catch(() => resolve(element.inspections[0]?.input));
      });
      // The debugger's protocol drops a promise that nothing but itself refers to.
      Object.assign(globalThis, { cancelling });
      return cancelling;
    }, photo);
    expect(kept).toMatchObject({ detail: 'thorough' });
    expect(kept!.tiles).toBeGreaterThan(1);
    expect(kept!.tiles).toBeLessThan(kept!.planned);
  });

  test('a worker that is ended in the middle costs the tile that it was looking at', async () => {
    await openDetector();
    await change({ killAt: 5 });
    const { inspection, progress } = await inspect(await drawn(SIZE, SPOTS), thorough);
    const { tiles, planned } = inspection!.input;
    expect(tiles).toBe(planned);
    expect(progress).toHaveLength(planned);
    expect(inspection!.detections).toHaveLength(SPOTS.length);
    const all = await runs();
    expect(all).toHaveLength(planned + 1);
    expect(all.filter(({ level }) => level === 0)).toHaveLength(1);
    expect(new Set(all.map(({ worker }) => worker)).size).toBe(2);
  });

  test('two workers share the tiles, and one goes on where the other has no memory', async () => {
    await openDetector(2);
    const photo = await drawn(SIZE, SPOTS);
    const shared = await inspect(photo, thorough);
    expect(shared.inspection!.input.tiles).toBe(shared.inspection!.input.planned);
    expect(new Set((await runs()).map(({ worker }) => worker)).size).toBe(2);
    await change({ starved: 'others' });
    const { inspection } = await inspect(photo, { ...thorough, smallest: 20 });
    expect(inspection!.input).not.toHaveProperty('limitedBy');
    expect(inspection!.input.tiles).toBe(inspection!.input.planned);
  });

  test('without memory for tiles, the photo is seen fast, and that is said', async () => {
    await openDetector();
    await change({ starved: 'all' });
    const { inspection } = await inspect(await drawn(SIZE, SPOTS), thorough);
    expect(inspection!.input).toMatchObject({ detail: 'fast', tiles: 1, planned: 1, limitedBy: 'memory' });
  });
});

test('the page’s address says how photos are looked at', async () => {
  ({ page } = await stage.open({ url: `${stage.site.url}?detail=thorough&smallest=0.2` }));
  const read = () =>
    page.evaluate(() => {
      const { detail, smallest } = document.querySelector<DefectInspectorElement>('defect-inspector')!;
      return { detail, smallest };
    });
  expect(await read()).toEqual({ detail: 'thorough', smallest: 1 });
  ({ page } = await stage.open({ url: `${stage.site.url}?detail=slow&smallest=little` }));
  expect(await read()).toEqual({ detail: 'auto', smallest: undefined });
});
