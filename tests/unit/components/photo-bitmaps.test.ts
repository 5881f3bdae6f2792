import { expect, test } from 'vitest';
import { PhotoBitmaps } from '../../../src/components/viewer/photo-bitmaps.js';
import { UnreadableFile } from '../../../src/workbench/intake/unreadable-file.js';
import { pngHeader } from '../../png-header.js';

const png = (width: number, height: number) => new File([pngHeader(width, height)], `${width}.png`);

/** Bitmaps of 10 x 10 pixels, or as large as said, that come when they are let go, and note that they were closed. */
function fakes(width = 10) {
  const asked: unknown[] = [];
  const closed: unknown[] = [];
  const letGo: (() => void)[] = [];
  const bitmaps = new PhotoBitmaps((input) => {
    asked.push(input);
    return new Promise((resolve) => {
      const bitmap = { width, height: width, close: () => closed.push(input) };
      letGo.push(() => resolve({ bitmap, width, height: width }));
    });
  });
  /** Lets the next one come, once it has been asked for. */
  const go = async () => {
    for (let i = 0; i < 20 && letGo.length === 0; i++) await later();
    letGo.shift()?.();
    await later();
  };
  return { bitmaps, asked, closed, go };
}

const later = () => new Promise((resolve) => setTimeout(resolve));

test('a photo is decoded once, and closed when it is kept no longer, also where it comes only then', async () => {
  const { bitmaps, asked, closed, go } = fakes();
  const [a, b] = [png(10, 10), png(11, 11)];
  bitmaps.keep(a);
  const first = bitmaps.get(a);
  expect(bitmaps.get(a)).toBe(first);
  await go();
  bitmaps.keep(b, [a]);
  bitmaps.get(b).catch(() => undefined);
  bitmaps.keep(a);
  expect(bitmaps.get(a)).toBe(first);
  expect([asked, closed]).toEqual([[a, b], []]);
  await go();
  expect(closed).toEqual([b]);
  bitmaps.keep(undefined);
  await later();
  expect(closed).toEqual([b, a]);
});

test('a large photo is not kept beside another one', async () => {
  const { bitmaps, closed, go } = fakes(5000);
  const [a, b] = [png(5000, 5000), png(11, 11)];
  bitmaps.get(a).catch(() => undefined);
  await go();
  bitmaps.keep(b, [a]);
  await later();
  expect(closed).toEqual([a]);
});

test('beside one that is still being decoded, the photo before stays; both are at hand afterwards', async () => {
  const { bitmaps, asked, closed, go } = fakes();
  const [previous, shown, next] = [png(10, 10), png(11, 11), png(12, 12)];
  for (const photo of [previous, shown]) {
    bitmaps.get(photo).catch(() => undefined);
    await go();
  }
  const running = bitmaps.get(next);
  bitmaps.keep(shown, [next, previous]);
  await go();
  expect(bitmaps.get(next)).toBe(running);
  await bitmaps.get(previous);
  expect([asked, closed]).toEqual([[previous, shown, next], []]);
});

test('a large photo that comes when it is only beside another one is closed', async () => {
  const { bitmaps, closed, go } = fakes(5000);
  const [a, b] = [png(5000, 5000), png(11, 11)];
  bitmaps.keep(a);
  bitmaps.get(a).catch(() => undefined);
  bitmaps.keep(b, [a]);
  expect(closed).toEqual([]);
  await go();
  expect(closed).toEqual([a]);
});

test('a photo that could not be decoded is tried again, and delays none beside it', async () => {
  let isReadable = false;
  const decoded: string[] = [];
  const bitmaps = new PhotoBitmaps(async (input) => {
    if (!isReadable) throw new Error('The file could not be read.');
    decoded.push((input as File).name);
    return { bitmap: { width: 10, height: 10, close: () => undefined }, width: 10, height: 10 };
  });
  const lost = new UnreadableFile('lost.png', () => Promise.reject(new Error('gone')));
  await expect(bitmaps.get(lost)).rejects.toThrow('could not be read');
  isReadable = true;
  await bitmaps.prepare([lost, png(10, 10)]);
  expect(decoded).toEqual(['10.png']);
  await bitmaps.get(lost);
  expect(decoded).toEqual(['10.png', 'lost.png']);
});

test('a photo that is turned away from and back to while it waits for its turn is decoded once', async () => {
  const { bitmaps, asked, go } = fakes();
  const [a, b, c] = [png(1, 1), png(2, 2), png(3, 3)];
  for (const photo of [a, b, c]) {
    bitmaps.keep(photo);
    bitmaps.get(photo).catch(() => undefined);
  }
  bitmaps.keep(a);
  bitmaps.keep(c);
  const again = bitmaps.get(c);
  for (let i = 0; i < 3; i++) await go();
  await again;
  expect(asked).toEqual([a, b, c]);
});

test('who turns the pages fast has two photos decoded at a time, and the last one in the end', async () => {
  const { bitmaps, asked, closed, go } = fakes();
  const photos = [1, 2, 3, 4, 5].map((i) => png(i, i));
  for (const photo of photos) {
    bitmaps.keep(photo);
    bitmaps.get(photo).catch(() => undefined);
  }
  const last = bitmaps.get(photos[4]!);
  expect(asked).toEqual(photos.slice(0, 2));
  for (let i = 0; i < 3; i++) await go();
  await last;
  expect(asked).toEqual([photos[0], photos[1], photos[4]]);
  expect(closed).toEqual([photos[0], photos[1]]);
});

test('photos are decoded ahead one after the other, as long as they are small and nothing else is asked for', async () => {
  const { bitmaps, asked, go } = fakes();
  const [small, other, large] = [png(2000, 1000), png(1000, 1000), png(6000, 5000)];
  const ahead = bitmaps.prepare([small, 'https://page.test/a.png', other]);
  await go();
  await ahead;
  expect(asked).toEqual([small]);
  await bitmaps.prepare([large]);
  expect(asked).toEqual([small]);
  const late = bitmaps.prepare([other]);
  bitmaps.keep(undefined);
  await late;
  expect(asked).toEqual([small]);
});
