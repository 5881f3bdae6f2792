/** Photos as they come: by address, in rare kinds of files, damaged. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
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

/** Red, green and blue at a share of the picture's width and height, as it is seen. */
async function seenAt(page: Page, x: number, y: number): Promise<readonly number[]> {
  return page.evaluate(
    ([x, y]) => {
      const viewer = document.querySelector('defect-inspector')!.shadowRoot!.querySelector('defect-viewer')!;
      const canvas = viewer.shadowRoot!.querySelector('canvas')!;
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')!.getImageData(0, 0, width, height).data;
      // The picture's own extent: around it the canvas is transparent.
      const isSeen = (at: number) => pixels[at * 4 + 3] === 255;
      const first = pixels.findIndex((value, i) => i % 4 === 3 && value === 255) >> 2;
      let right = first % width;
      while (right + 1 < width && isSeen(first - (first % width) + right + 1)) right++;
      let bottom = Math.floor(first / width);
      while (bottom + 1 < height && isSeen((bottom + 1) * width + (first % width))) bottom++;
      const [left, top] = [first % width, Math.floor(first / width)];
      const column = Math.round(left + (right - left) * x);
      const row = Math.round(top + (bottom - top) * y);
      return [...pixels.subarray((row * width + column) * 4, (row * width + column) * 4 + 3)];
    },
    [x, y] as const,
  );
}

test('how many of 16 bits count can be chosen: picture and result follow', async () => {
  const { page, errors } = await stage.open();
  const buffer = await readFile('tests/fixtures/pictures/grey-10-in-16.png');
  await drop(page, [{ name: 'grey.png', mimeType: 'image/png', buffer }]);
  const range = page.getByRole('combobox', { name: 'Bits that count' });
  await range.waitFor();
  const [before] = await seenAt(page, 0.9, 0.9);
  await range.selectOption('12');
  await page.getByText('of which 12 were taken to count: 4095 is white').waitFor();
  await expect.poll(async () => (await seenAt(page, 0.9, 0.9))[0]).toBeLessThan(before! / 2);
  expect(errors).toEqual([]);
});

/** A photo that is red at one end and blue at the other, and between them grey, with a mark of single pixels in the middle. */
async function striped(width: number, height: number, orientation?: number): Promise<Buffer> {
  const block = (background: string, across: number, down: number) =>
    sharp({ create: { width: across, height: down, channels: 3, background } })
      .png()
      .toBuffer();
  const [across, down] = width > height ? [width / 10, height] : [width, height / 10];
  const dots = await sharp(
    Uint8Array.from({ length: 64 * 64 }, (_, i) => (((i % 64) + (i >> 6)) % 2) * 255),
    { raw: { width: 64, height: 64, channels: 1 } },
  )
    .png()
    .toBuffer();
  const image = sharp({ create: { width, height, channels: 3, background: '#808080' } })
    .composite([
      { input: await block('#f00', across, down), left: 0, top: 0 },
      { input: await block('#00f', across, down), left: width - across, top: height - down },
      { input: dots, left: width / 2 - 32, top: height / 2 - 32 },
    ])
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' });
  return (orientation ? image.withMetadata({ orientation }) : image).toBuffer();
}

test('a photo of 24 megapixels stands upright, is seen as a whole, and sharp where one looks closer', async () => {
  const { page, errors } = await stage.open({ url: `${stage.site.url}?detail=fast` });
  const buffer = await striped(6000, 4000, 6);
  await drop(page, [{ name: 'turned.jpg', mimeType: 'image/jpeg', buffer }]);
  await page.getByText('4000 × 6000 px', { exact: true }).waitFor();
  // What was at the left stands above.
  await expect.poll(() => seenAt(page, 0.5, 0.02), { timeout: 10_000 }).toEqual([254, 0, 0]);
  expect((await seenAt(page, 0.5, 0.98))[2]).toBeGreaterThan(240);
  await page.evaluate(() => document.querySelector('defect-inspector')!.run('zoom.actual'));
  // Single pixels of black and white, beside each other.
  await expect
    .poll(async () => {
      const [one] = await seenAt(page, 0.5, 0.5);
      return one! < 30 || one! > 225;
    })
    .toBe(true);
  expect(errors).toEqual([]);
});

test.each([
  [20_000, 1500],
  [1500, 60_000],
])('a line scan of %d x %d pixels is seen and inspected to its ends', async (width, height) => {
  const { page } = await stage.open({ url: `${stage.site.url}?detail=fast` });
  await drop(page, [{ name: 'scan.jpg', mimeType: 'image/jpeg', buffer: await striped(width, height) }]);
  await page.getByText(/^Done in/).waitFor();
  const [inspected] = await page.evaluate(() =>
    document.querySelector('defect-inspector')!.inspections.map(({ image }) => [image.width, image.height]),
  );
  expect(inspected).toEqual([width, height]);
  const along = (share: number) => (width > height ? seenAt(page, share, 0.5) : seenAt(page, 0.5, share));
  await expect.poll(async () => (await along(0.03))[0], { timeout: 10_000 }).toBeGreaterThan(240);
  expect((await along(0.97))[2]).toBeGreaterThan(240);
});
