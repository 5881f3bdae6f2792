import { expect, test } from 'vitest';
import { paintPhoto, type PaintedPhoto } from '../../../src/components/evaluation/paint-photo.js';
import type { photoPicture } from '../../../src/components/shared/pictures.js';
import type { PictureRequest } from '../../../src/detector/photo/picture.js';

const WHOLE_BITMAP = { name: 'whole' } as unknown as ImageBitmap;
const PHOTO: PaintedPhoto = {
  file: new File([''], 'a.jpg'),
  whole: { bitmap: WHOLE_BITMAP, x: 0, y: 0, width: 6000, height: 4000, step: 2 },
  outlines: { width: 6000, height: 4000, truths: [], detections: [] },
  classes: [],
};
const ONE = { image: 0, truth: 0, overlap: 0 };
const SMALL = { x: 1000, y: 500, width: 100, height: 100 };

/** A canvas, what is drawn on it, and pictures of parts that come when they are let go. */
function fakes() {
  const drawn: unknown[] = [];
  const asked: PictureRequest[] = [];
  const answers: { resolve(): void; reject(): void }[] = [];
  let isClosed = false;
  const part = { name: 'part', close: () => (isClosed = true) } as unknown as ImageBitmap;
  const make = ((_, request) => {
    asked.push(request);
    return new Promise((resolve, reject) => {
      answers.push({
        resolve: () => resolve({ bitmap: part, width: 6000, height: 4000 }),
        reject: () => reject(new Error('The worker ended.')),
      });
    });
  }) satisfies typeof photoPicture;
  const context = new Proxy(
    {},
    {
      get: (_, name) => (name === 'drawImage' ? (bitmap: unknown) => drawn.push(bitmap) : () => undefined),
      set: () => true,
    },
  );
  const canvas = { width: 160, height: 160, getContext: () => context } as unknown as HTMLCanvasElement;
  return { canvas, drawn, asked, answers, make, part, isClosed: () => isClosed };
}

test('a case is painted at once, and again when the part of a large photo is there', async () => {
  const { canvas, drawn, asked, answers, make, part, isClosed } = fakes();
  const painted = paintPhoto({ canvas, one: ONE, area: SMALL, unit: 1 }, PHOTO, () => true, make);
  expect(drawn).toEqual([WHOLE_BITMAP]);
  expect(asked).toMatchObject([{ what: 'part', step: 1, part: SMALL }]);
  answers[0]!.resolve();
  await painted;
  expect(drawn).toEqual([WHOLE_BITMAP, part]);
  expect(isClosed()).toBe(true);
});

test('what comes when the canvas shows another case is not painted on it, but closed', async () => {
  const { canvas, drawn, answers, make, isClosed } = fakes();
  let isWanted = true;
  const painted = paintPhoto({ canvas, one: ONE, area: SMALL, unit: 1 }, PHOTO, () => isWanted, make);
  isWanted = false;
  answers[0]!.resolve();
  await painted;
  expect(drawn).toEqual([WHOLE_BITMAP]);
  expect(isClosed()).toBe(true);
});

test('a part that cannot be made leaves the picture of the whole, and fails nothing', async () => {
  const { canvas, drawn, answers, make } = fakes();
  const painted = paintPhoto({ canvas, one: ONE, area: SMALL, unit: 1 }, PHOTO, () => true, make);
  answers[0]!.reject();
  await painted;
  expect(drawn).toEqual([WHOLE_BITMAP]);
});

test('a large area needs no finer picture', async () => {
  const { canvas, drawn, asked, make } = fakes();
  const area = { x: 0, y: 0, width: 2000, height: 2000 };
  await paintPhoto({ canvas, one: ONE, area, unit: 1 }, PHOTO, () => true, make);
  expect([drawn.length, asked]).toEqual([1, []]);
});

test('neither does one that is much higher than the canvas', async () => {
  const { canvas, drawn, asked, make } = fakes();
  const area = { x: 0, y: 0, width: 300, height: 4000 };
  await paintPhoto({ canvas, one: ONE, area, unit: 1 }, PHOTO, () => true, make);
  expect([drawn.length, asked]).toEqual([1, []]);
});
