/** Models of other families, run by the browser's own runtime: it finds what Python finds. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { DefectInspectorElement } from '../../src/index.js';
import type { Detection, ModelHints } from '../../src/core/types.js';
import { expectAlike, expectedDetections, modelFile, photoFile, USABLE } from '../family-fixtures.js';
import { picture, taughtFile } from '../taught.js';
import { useStage } from './harness.js';

// Kernels of WebAssembly add up in another order than native ones.
const TOLERANCE = { score: 1e-3, box: 0.01, iou: 0.95 };

const stage = useStage();

interface Outcome {
  readonly model: string;
  readonly classes: readonly string[];
  readonly fallback: string | undefined;
  readonly scale: number | undefined;
  readonly detections: readonly Detection[];
}

/** Opens a detector with the model as a file and inspects the photo, unless another model had to be used. */
async function inspect(page: Page, name: string, hints?: ModelHints): Promise<Outcome> {
  const [model, photo] = await Promise.all(
    [modelFile(name), photoFile].map(async (path) => (await readFile(path)).toString('base64')),
  );
  return page.evaluate(
    async ({ model, photo, name, hints }): Promise<Outcome> => {
      const toFile = (base64: string, fileName: string) =>
        new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], fileName);
      const run = async () => {
        const element = customElements.get('defect-inspector') as typeof DefectInspectorElement;
        const detector = await element.detectorFactory!({
          model: toFile(model!, `${name}.onnx`),
          fallback: true,
          ...(hints && { hints }),
        });
        const { fallback } = detector;
        const inspection = fallback ? undefined : await detector.inspect(toFile(photo!, 'photo.png'));
        detector.dispose();
        return {
          model: detector.model.name,
          classes: detector.model.classes.map((c) => c.name),
          fallback: fallback?.message,
          scale: inspection?.input.scale,
          detections: (inspection?.detections ?? []).map(({ mask, ...rest }) => ({
            ...rest,
            contours: [],
            mask: { ...mask, counts: Array.from(mask.counts) as unknown as Uint32Array },
          })),
        };
      };
      const pending = run();
      // The debugger's protocol drops a promise that nothing but itself refers to.
      Object.assign(globalThis, { pending });
      return await pending;
    },
    { model, photo, name, hints },
  );
}

test.each(USABLE)('%s', async (name, hints) => {
  const { page, errors } = await stage.open();
  const outcome = await inspect(page, name, hints);
  expect(outcome.fallback).toBeUndefined();
  expect(outcome.model).toBe(name);
  expect(outcome.classes).toEqual(name === 'torchvision' ? ['class 1', 'class 2'] : ["red 'spot'", 'green']);
  expectAlike(outcome.detections, expectedDetections(name), TOLERANCE);
  expect(errors).toEqual([]);
});

test('names given by a person', async () => {
  const { page } = await stage.open();
  const hints = { name: 'Spots', classes: ['red', 'green'], shortSide: 60 };
  const outcome = await inspect(page, 'torchvision', hints);
  expect(outcome).toMatchObject({ model: 'Spots', classes: ['red', 'green'], fallback: undefined });
  expect(outcome.scale).toBeCloseTo(60 / 90);
  expect(outcome.detections.map(({ className }) => className)).toEqual(['red', 'green']);
});

test.each([
  ['classification', /^This is a classification model/],
  ['ultralytics-detection', /^This is a detection model: it has boxes but no masks/],
])('%s is refused with a sentence, and the shipped model used', async (name, sentence) => {
  const { page } = await stage.open();
  const outcome = await inspect(page, name);
  expect(outcome.fallback).toMatch(sentence);
  expect(outcome.model).not.toBe(name);
});

test('a model that was taught in a browser, with its map', async () => {
  const { page, errors } = await stage.open();
  const model = Buffer.from(taughtFile('linear')).toString('base64');
  const { data, width, height } = picture();
  const pixels = Buffer.from(data).toString('base64');
  const outcome = await page.evaluate(
    async ({ model, pixels, width, height }) => {
      const run = async () => {
        const bytes = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const element = customElements.get('defect-inspector') as typeof DefectInspectorElement;
        const detector = await element.detectorFactory!({ model: new File([bytes(model)], 'mine.onnx') });
        const photo = new ImageData(new Uint8ClampedArray(bytes(pixels)), width, height);
        const plain = await detector.inspect(photo);
        const { map, detections } = await detector.inspect(photo, { map: true });
        detector.dispose();
        return {
          name: detector.model.name,
          fallback: detector.fallback?.message,
          hadMap: plain.map !== undefined,
          map: map && { ...map, data: Math.max(...map.data) },
          scores: detections.map(({ score }) => score),
        };
      };
      const pending = run();
      // The debugger's protocol drops a promise that nothing but itself refers to.
      Object.assign(globalThis, { pending });
      return await pending;
    },
    { model, pixels, width, height },
  );
  expect(outcome).toMatchObject({ name: 'my part', fallback: undefined, hadMap: false });
  // 160 x 96 pixels, seen twice as large in cells of 8.
  expect(outcome.map).toMatchObject({ x: 0, y: 0, step: 4, width: 40, height: 24, classes: 3 });
  expect(outcome.scores[0]).toBeCloseTo(outcome.map!.data, 5);
  expect(errors).toEqual([]);
});
