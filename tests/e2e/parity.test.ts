/** The browser’s results equal Python’s: same decoding, resampling, network, boxes and masks. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { inspectFile } from '../../scripts/inspect-page.js';
import { regionToRle } from '../../src/core/regions/region.js';
import { rleArea, rleFromString, rleIou } from '../../src/core/regions/rle.js';
import type { Inspection } from '../../src/core/types.js';
import { useStage } from './harness.js';

interface Expected {
  readonly classId: number;
  readonly score: number;
  readonly box: readonly number[];
  readonly segmentation: { readonly size: [number, number]; readonly counts: string };
}

interface Picture {
  readonly novelty: number;
  readonly detections: readonly Expected[];
}

const FIXTURES = 'tests/fixtures/parity';
// Native and WASM kernels add up in another order, which moves scores by some 1e-3 at most and boxes by
// hundredths of a pixel; suppression near its IoU limit can tip, so only what is seen well must agree.
const CLEARLY_SEEN = 0.1;
const SCORE = 0.02;
const BOX = 1;
const MASK_IOU = 0.97;
// Averaged features move by some 1e-4 of the limit.
const NOVELTY = 0.01;

const { pictures } = JSON.parse(await readFile(`${FIXTURES}/expected.json`, 'utf8')) as {
  pictures: Record<string, Picture>;
};

const stage = useStage();

function toExpected({ image: { width, height }, detections }: Inspection) {
  return detections.map((detection) => ({
    classId: detection.classId,
    score: detection.score,
    box: detection.networkBox!,
    rle: regionToRle(detection.mask, width, height),
  }));
}

test('every clear detection is found by both, alike', async () => {
  const { page } = await stage.open();
  let compared = 0;
  for (const [name, expected] of Object.entries(pictures)) {
    const inspection = await inspectFile(page, `${FIXTURES}/${name}`);
    expect(Math.abs(inspection.novelty! - expected.novelty), `${name}: novelty`).toBeLessThan(NOVELTY);
    const ours = toExpected(inspection);
    // At low scores the network may draw no mask in its box: that is no detection.
    const theirs = expected.detections
      .map(({ segmentation: { counts, size }, ...rest }) => ({ ...rest, rle: rleFromString(counts, size) }))
      .filter(({ rle }) => rleArea(rle) > 0);
    for (const [from, to] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      for (const one of from.filter(({ score }) => score >= CLEARLY_SEEN)) {
        const agrees = to.some(
          (other) =>
            other.classId === one.classId &&
            Math.abs(other.score - one.score) <= SCORE &&
            other.box.every((v, i) => Math.abs(v - one.box[i]!) <= BOX) &&
            rleIou(other.rle, one.rle) >= MASK_IOU,
        );
        expect(agrees, `${name}: class ${one.classId}, score ${one.score}, box ${one.box.join(' ')}`).toBe(
          true,
        );
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThanOrEqual(60);
});

test('a photo without detections, then one with, in the same session', async () => {
  const { page } = await stage.open();
  const blank = await inspectFile(page, `${FIXTURES}/blank.png`);
  expect(blank.detections).toEqual([]);
  const [name, expected] = Object.entries(pictures).find(([, { detections }]) =>
    detections.some(({ score }) => score > 0.5),
  )!;
  const after = await inspectFile(page, `${FIXTURES}/${name}`);
  expect(after.detections.filter(({ score }) => score > 0.5).length).toBe(
    expected.detections.filter(({ score }) => score > 0.5).length,
  );
});
