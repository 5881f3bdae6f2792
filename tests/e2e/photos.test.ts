/** Photos as they come: by address, in rare kinds of files, damaged. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { inspectFile } from '../../scripts/inspect-page.js';
import type { DefectInspectorElement } from '../../src/index.js';
import { drop, sample } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

test('addresses of what is in memory are photos like others', async () => {
  const { page, errors } = await stage.open();
  const found = await page.evaluate(async () => {
    const element = document.querySelector<DefectInspectorElement>('defect-inspector')!;
    const file = await (await fetch('samples/tile-cracks.jpg')).blob();
    const address = URL.createObjectURL(file);
    const data = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as string);
      reader.readAsDataURL(file);
    });
    const pending = Promise.all([address, data, file].map((input) => element.inspect(input)));
    URL.revokeObjectURL(address);
    Object.assign(globalThis, { pending });
    return (await pending).map(({ detections, image }) => [image.hash, detections.length]);
  });
  expect(found[0]![1]).toBeGreaterThan(0);
  expect(found[1]).toEqual(found[0]);
  expect(found[2]).toEqual(found[0]);
  expect(errors).toEqual([]);
});

test('16 bits a sample are stretched, and the result says so', async () => {
  const { page } = await stage.open();
  const { image } = await inspectFile(page, 'tests/fixtures/pictures/rgb-alpha-16.png');
  expect(image).toMatchObject({ width: 40, height: 28, bits: 12 });
  const buffer = await readFile('tests/fixtures/pictures/grey-10-in-16.png');
  await drop(page, [{ name: 'grey.png', mimeType: 'image/png', buffer }]);
  await page.getByText('of which 10 were taken to count').waitFor();
});

test('a photo with a hole is marked, one that lacks its end marker alone is not', async () => {
  const { page } = await stage.open();
  const { buffer, ...rest } = await sample();
  await drop(page, [{ ...rest, buffer: buffer.subarray(0, -2) }]);
  await page.getByText(/^Done in/).waitFor();
  const note = page.getByText('A part of this photo is missing');
  expect(await note.count()).toBe(0);
  const holed = Buffer.from(buffer);
  holed.fill(0, holed.length >> 1, (holed.length >> 1) + 8000);
  await drop(page, [{ ...rest, name: 'holed.jpg', buffer: holed }]);
  await note.waitFor();
});
