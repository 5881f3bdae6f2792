/** Learning a part in the built page: from photos that the page draws to a model that finds the like in others. */
import { expect, test } from 'vitest';
import type { Region } from '../../src/core/types.js';
import { useStage } from './harness.js';

type Module = typeof import('../../src/index.js');

const stage = useStage();

interface Outcome {
  readonly figures: unknown;
  readonly doubts: readonly string[];
  readonly phases: readonly string[];
  readonly file: string;
  readonly classes: readonly string[];
  readonly found: readonly {
    readonly name: string;
    readonly classes: readonly number[];
    readonly iou: number;
    readonly peak: number;
  }[];
  readonly map: { readonly classes: number; readonly length: number } | undefined;
  readonly error: string | undefined;
}

/** Brushed metal with round pits on some of it, drawn by the page; the first of them are learnt from, the others are inspected. */
const teachAndInspect = async (setup: {
  good: number;
  marked: number;
  cancelAfter?: number;
}): Promise<Outcome> => {
  const SIDE = 320;
  const { module } = globalThis as unknown as { module: Module };
  const random = (seed: number) => () => ((seed = (seed * 16807) % 2147483647) - 1) / 2147483646;
  const draw = (seed: number, isMarked: boolean) => {
    const next = random(seed + 1);
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    const context = canvas.getContext('2d')!;
    for (let y = 0; y < SIDE; y++) {
      const light = 120 + 30 * next();
      context.fillStyle = `rgb(${light}, ${light}, ${light + 8})`;
      context.fillRect(0, y, SIDE, 1);
    }
    const pit = { x: 60 + 200 * next(), y: 60 + 200 * next(), radius: 14 + 8 * next() };
    if (isMarked) {
      context.fillStyle = '#282420';
      context.beginPath();
      context.arc(pit.x, pit.y, pit.radius, 0, 2 * Math.PI);
      context.fill();
    }
    return { image: canvas, pit };
  };
  const discOf = ({ x, y, radius }: { x: number; y: number; radius: number }): Region => {
    const [left, top, side] = [Math.floor(x - radius), Math.floor(y - radius), 2 * Math.ceil(radius) + 1];
    const counts: number[] = [];
    let [value, run] = [0, 0];
    for (let i = 0; i < side * side; i++) {
      const [column, row] = [left + Math.floor(i / side), top + (i % side)];
      const inside = Math.hypot(column + 0.5 - x, row + 0.5 - y) <= radius ? 1 : 0;
      if (inside !== value) {
        counts.push(run);
        [value, run] = [inside, 0];
      }
      run++;
    }
    counts.push(run);
    return { x: left, y: top, width: side, height: side, counts: Uint32Array.from(counts) };
  };
  const good = Array.from({ length: setup.good }, (_, i) => draw(i, false).image);
  const marked = Array.from({ length: setup.marked }, (_, i) => {
    const { image, pit } = draw(100 + i, true);
    return { image, regions: [{ classId: 3, region: discOf(pit) }] };
  });
  const phases: string[] = [];
  const controller = new AbortController();
  const none = { figures: undefined, doubts: [], phases, file: '', classes: [], found: [], map: undefined };
  const run = async (): Promise<Outcome> => {
    const taught = await module.teach(
      { name: 'plate', good, marked, classes: [{ id: 3, name: 'pit', color: '#d55e00' }] },
      {
        signal: controller.signal,
        onProgress: ({ phase }) => {
          if (phases.at(-1) !== phase) phases.push(phase);
          if (phases.length === setup.cancelAfter) controller.abort();
        },
      },
    );
    const detector = await module.createDetector({ model: taught.model });
    const found: { name: string; classes: number[]; iou: number; peak: number }[] = [];
    let map: Outcome['map'];
    for (const [name, isMarked] of [
      ['good', false],
      ['pitted', true],
    ] as const) {
      const { image, pit } = draw(isMarked ? 901 : 900, isMarked);
      const inspection = await detector.inspect(image, { map: true });
      const { threshold = 1 } = detector.model.classes[0]!;
      const shown = inspection.detections.filter(({ score }) => score >= threshold);
      map = inspection.map && { classes: inspection.map.classes, length: inspection.map.data.length };
      const truth = module.rasterize({ mask: discOf(pit) }, SIDE, SIDE);
      const pixels = new Uint8Array(SIDE * SIDE);
      for (const one of shown) module.rasterize(one, SIDE, SIDE).forEach((p, at) => (pixels[at]! |= p));
      let [shared, all] = [0, 0];
      pixels.forEach((p, at) => {
        shared += p & truth[at]!;
        all += p | truth[at]!;
      });
      found.push({
        name,
        classes: shown.map(({ classId }) => classId),
        iou: shared / all,
        peak: Math.max(...inspection.map!.data),
      });
    }
    detector.dispose();
    const { figures, doubts, model } = taught;
    const file = 'name' in model ? String(model.name) : '';
    const classes = detector.model.classes.map(({ name }) => name);
    return {
      ...none,
      figures,
      doubts: doubts.map(({ reason }) => reason),
      file,
      classes,
      found,
      map,
      error: undefined,
    };
  };
  const pending = run().catch((error: unknown): Outcome => ({
    ...none,
    error: error instanceof module.InspectorError ? `${error.code}: ${error.message}` : String(error),
  }));
  // The debugger's protocol drops a promise that nothing but itself refers to.
  Object.assign(globalThis, { pending });
  return pending;
};

/** A page with the package's module at hand. */
async function openModule() {
  const { page } = await stage.open();
  // As text: the test runner would make another import of it.
  await page.evaluate(`import('./defect-inspector.js').then((module) => { globalThis.module = module; })`);
  return page;
}

test('five good photos and three marked ones teach a model that finds the next pit, where it is', async () => {
  const page = await openModule();
  const outcome = await page.evaluate(teachAndInspect, { good: 5, marked: 3 });
  expect(outcome.error).toBeUndefined();
  expect(outcome.phases.filter((phase) => phase !== 'runtime' && phase !== 'model')).toEqual([
    'starting',
    'inspecting',
  ]);
  expect(outcome.figures).toMatchObject({ marked: 3, good: 5, found: 3, falseAlarms: 0, imageAUROC: 1 });
  expect(outcome).toMatchObject({ file: 'plate.onnx', classes: ['pit'], map: { classes: 1, length: 1600 } });
  const [good, pitted] = outcome.found;
  expect(good).toMatchObject({ name: 'good', classes: [] });
  expect(pitted).toMatchObject({ name: 'pitted', classes: [3] });
  expect(pitted!.iou).toBeGreaterThan(0.5);
});

test('good photos alone teach what is unlike them', async () => {
  const page = await openModule();
  const outcome = await page.evaluate(teachAndInspect, { good: 10, marked: 0 });
  expect(outcome).toMatchObject({ error: undefined, classes: ['unlike the good ones'] });
  const [good, pitted] = outcome.found;
  // One good photo in eleven may be called defective, but is so by less.
  expect(pitted!.peak).toBeGreaterThan(good!.peak);
  expect(pitted!.classes).toContain(1);
  // It is seen from cells around the pit as well.
  expect(pitted!.iou).toBeGreaterThan(0.1);
});

test('a lesson of nothing is refused with a sentence, and one that is cancelled ends', async () => {
  const page = await openModule();
  const empty = await page.evaluate(teachAndInspect, { good: 0, marked: 0 });
  expect(empty.error).toBe(
    'lesson-unusable: There is nothing to learn from yet. Call some photos good, or mark defects in some.',
  );
  const cancelled = await page.evaluate(teachAndInspect, { good: 3, marked: 1, cancelAfter: 1 });
  expect(cancelled.error).toMatch(/^cancelled: /);
});
