import { expect, test } from 'vitest';
import { PhotoBitmaps } from '../../../src/components/viewer/photo-bitmaps.js';

/** A PNG that says of itself how large it is, and no more. */
function png(width: number, height: number): File {
  const bytes = new Uint8Array(32);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return new File([bytes], `${width}.png`);
}

/** Bitmaps that come when they are let go, and note that they were closed. */
function fakes() {
  const asked: unknown[] = [];
  const closed: unknown[] = [];
  const letGo: (() => void)[] = [];
  const bitmaps = new PhotoBitmaps((input) => {
    asked.push(input);
    return new Promise((resolve) => {
      letGo.push(() => resolve({ close: () => closed.push(input) } as unknown as ImageBitmap));
    });
  });
  return { bitmaps, asked, closed, letGo };
}

test('one that is turned to again is decoded once, and what is kept no longer is closed, also late', async () => {
  const { bitmaps, asked, closed, letGo } = fakes();
  const [a, b] = [png(10, 10), png(11, 11)];
  bitmaps.keep([a]);
  const first = bitmaps.get(a);
  bitmaps.keep([b, a]);
  bitmaps.get(b).catch(() => undefined);
  bitmaps.keep([a]);
  expect(bitmaps.get(a)).toBe(first);
  expect(asked).toEqual([a, b]);
  for (const go of letGo) go();
  await first;
  await Promise.resolve();
  expect(closed).toEqual([b]);
  bitmaps.keep([]);
  await Promise.resolve();
  expect(closed).toEqual([b, a]);
});

test('photos are decoded ahead one after the other, as long as they are small and nothing else is asked for', async () => {
  const { bitmaps, asked, letGo } = fakes();
  const [small, other, large] = [png(2000, 1000), png(1000, 1000), png(6000, 5000)];
  const go = async () => {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
    letGo.shift()?.();
  };
  const ahead = bitmaps.prepare([small, 'https://page.test/a.png', other]);
  await go();
  await ahead;
  expect(asked).toEqual([small]);
  await bitmaps.prepare([large]);
  expect(asked).toEqual([small]);
  const late = bitmaps.prepare([other]);
  bitmaps.keep([]);
  await late;
  expect(asked).toEqual([small]);
});
