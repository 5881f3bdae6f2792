/**
 * Files that `python -m training convert` has made, in the built page: it finds what native onnxruntime finds. They are
 * too large to be kept; `python -m training.tests.convert.build` makes them anew.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { rleArea, rleFromString } from '../../src/core/regions/rle.js';
import type { Box, Detection } from '../../src/core/types.js';
import type { ExpectedDetection } from '../family-fixtures.js';
import { photos } from './files.js';
import { useStage } from './harness.js';

const FOLDER = 'build/converted';
const isBuilt = existsSync(`${FOLDER}/expected.json`);
if (!isBuilt) {
  console.warn(`Skipped: there is no ${FOLDER}. Make it with: python -m training.tests.convert.build`);
}
/** With the names that were given, and those that stand in for names. */
const MODELS: readonly (readonly [file: string, name: RegExp])[] = [
  ['torchvision', /^(scratch|dent)$/],
  ['ours-float', /^class [1-9]$/],
  ['ours-int8', /^class [1-9]$/],
];

/** WebAssembly adds up in another order, which untrained weights amplify: trained ones agree to a tenth of this. */
const TOLERANCE = { score: 0.02, box: 1, area: 0.05 };
/** What is fainter may come and go by rounding: the floor is at 0.05. */
const CLEAR = 0.07;

/** `box` is what the network gave, as in what is expected. */
type Found = Pick<Detection, 'classId' | 'className' | 'score' | 'box' | 'area'>;

const stage = useStage();

const inspected = (page: Page): Promise<readonly Found[]> =>
  page.evaluate(() =>
    document
      .querySelector('defect-inspector')!
      .inspections[0]!.detections.map(({ classId, className, score, box, networkBox, area }) => ({
        classId,
        className,
        score,
        box: networkBox ?? box,
        area,
      })),
  );

const distance = (a: Box, b: Box) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

test.skipIf(!isBuilt).each(MODELS)('%s', { timeout: 180_000 }, async (name, className) => {
  const expected = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as Record<
    string,
    readonly ExpectedDetection[]
  >;
  const clear = expected[`${name}.onnx`]!.filter(({ score }) => score >= CLEAR);
  expect(clear.length, 'detections to compare').toBeGreaterThan(0);

  const { page, errors } = await stage.open();
  const chip = page.getByRole('button', { name: 'Models' });
  await chip.click();
  const dialog = page.getByRole('dialog', { name: 'Models' });
  await dialog.locator('input[type="file"]').setInputFiles(`${FOLDER}/${name}.onnx`);
  await chip.filter({ hasText: name }).waitFor({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await page.locator('input[type="file"][multiple]').first().setInputFiles(`${FOLDER}/surface.png`);
  await photos(page).filter({ hasText: 'Done' }).waitFor({ timeout: 120_000 });

  const found = await inspected(page);
  for (const one of found) expect(one.className).toMatch(className);
  for (const one of clear) {
    const near = found
      .filter(({ classId }) => classId === one.classId)
      .sort((a, b) => distance(a.box, one.box) - distance(b.box, one.box))[0];
    expect(near, `class ${one.classId} at ${one.box.join(', ')}`).toBeDefined();
    expect(distance(near!.box, one.box), 'box, px').toBeLessThan(TOLERANCE.box);
    expect(Math.abs(near!.score - one.score), 'score').toBeLessThan(TOLERANCE.score);
    const area = rleArea(rleFromString(one.segmentation.counts, one.segmentation.size));
    expect(Math.abs(near!.area - area), 'area, px²').toBeLessThanOrEqual(2 + TOLERANCE.area * area);
  }
  expect(found.filter(({ score }) => score >= CLEAR).length).toBeLessThanOrEqual(
    expected[`${name}.onnx`]!.length,
  );
  expect(errors).toEqual([]);
});
