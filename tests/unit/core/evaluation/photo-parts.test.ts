import { expect, test } from 'vitest';
import { evaluateCoco } from '../../../../src/core/evaluation/average-precision.js';
import { segmentationRle, type CocoDataset, type CocoResult } from '../../../../src/core/evaluation/coco.js';
import { splitIntoParts } from '../../../../src/core/evaluation/photo-parts.js';
import { pixelIou } from '../../../../src/core/evaluation/pixel-iou.js';
import { decodeRle, encodeRle } from '../../../../src/core/regions/rle.js';

const WIDTH = 30;
const HEIGHT = 20;

/** A filled rectangle of the picture. */
function rectangle(x: number, y: number, width: number, height: number) {
  const isInside = (column: number, row: number) =>
    column >= x && column < x + width && row >= y && row < y + height;
  const pixels = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    Number(isInside(i % WIDTH, Math.floor(i / WIDTH))),
  );
  return encodeRle(pixels, WIDTH, HEIGHT);
}

const found = (image_id: number, score: number, ...box: [number, number, number, number]): CocoResult => ({
  image_id,
  category_id: 1,
  score,
  segmentation: rectangle(...box),
});

/** Two photos of 10 x 8 pixels in one picture, each with a defect at its border, and a photo by itself. */
const composed: CocoDataset = {
  images: [
    {
      id: 7,
      width: WIDTH,
      height: HEIGHT,
      file_name: 'picture.png',
      parts: [
        { file_name: 'a.jpg', bbox: [2, 2, 10, 8] },
        { file_name: 'b.jpg', bbox: [18, 10, 10, 8] },
      ],
    },
    { id: 9, width: WIDTH, height: HEIGHT, file_name: 'single.jpg' },
  ],
  annotations: [
    { image_id: 7, category_id: 1, segmentation: rectangle(8, 4, 4, 4), bbox: [8, 4, 4, 4] },
    { image_id: 7, category_id: 1, segmentation: rectangle(20, 12, 3, 2), iscrowd: 1 },
    { image_id: 9, category_id: 1, segmentation: rectangle(0, 0, 5, 5) },
  ],
  categories: [{ id: 1, name: 'pitting' }],
};

test('each photo becomes an image of its own with its own truths', () => {
  const { dataset, idsOf } = splitIntoParts(composed);
  expect(dataset.images).toEqual([
    { id: 1, file_name: 'a.jpg', width: 10, height: 8 },
    { id: 2, file_name: 'b.jpg', width: 10, height: 8 },
    { id: 3, file_name: 'single.jpg', width: WIDTH, height: HEIGHT },
  ]);
  expect([...idsOf]).toEqual([
    [7, [1, 2]],
    [9, [3]],
  ]);
  expect(dataset.categories).toBe(composed.categories);
  expect(dataset.annotations.map(({ image_id, bbox, iscrowd }) => ({ image_id, bbox, iscrowd }))).toEqual([
    { image_id: 1, bbox: [6, 2, 4, 4], iscrowd: undefined },
    { image_id: 2, bbox: [2, 2, 3, 2], iscrowd: 1 },
    { image_id: 3, bbox: undefined, iscrowd: undefined },
  ]);
  expect(dataset.annotations[2]!.segmentation).toBe(composed.annotations[2]!.segmentation);
});

test('what is found is clipped to the photos, and what lies between them is not judged', () => {
  const { dataset, split } = splitIntoParts(composed);
  const results = split([
    // The defect with its mirror image beyond the border.
    found(7, 0.9, 8, 4, 8, 4),
    // Between the photos.
    found(7, 0.8, 13, 0, 4, 9),
    // Across both photos.
    found(7, 0.7, 2, 9, 26, 2),
    found(9, 0.6, 0, 0, 5, 5),
    found(8, 0.5, 0, 0, 5, 5),
  ]);
  expect(results.map(({ image_id, score, bbox }) => ({ image_id, score, bbox }))).toEqual([
    { image_id: 1, score: 0.9, bbox: [6, 2, 4, 4] },
    { image_id: 1, score: 0.7, bbox: [0, 7, 10, 1] },
    { image_id: 2, score: 0.7, bbox: [0, 0, 10, 1] },
    { image_id: 3, score: 0.6, bbox: undefined },
  ]);
  const mask = decodeRle(segmentationRle(results[0]!, dataset.images[0]!));
  expect(mask.reduce((sum, value) => sum + value)).toBe(16);
  expect(evaluateCoco(dataset, results, { iouType: 'segm', imageIds: [1] }).AP).toBe(1);
  expect(pixelIou(dataset, [results[0]!], { imageIds: [1] })).toBe(1);
});

test('a mask that only touches a photo’s box without a pixel in it is left out', () => {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  // Around the corner of the first photo: above it and to its left.
  for (let x = 0; x < 9; x++) pixels[x] = 1;
  for (let y = 0; y < 9; y++) pixels[y * WIDTH] = 1;
  const around: CocoResult = {
    image_id: 7,
    category_id: 1,
    score: 0.9,
    segmentation: encodeRle(pixels, WIDTH, HEIGHT),
  };
  expect(splitIntoParts(composed).split([around])).toEqual([]);
});

test('a part that reaches beyond its picture is refused where something lies in it', () => {
  const parts = [{ file_name: 'a.jpg', bbox: [25, 2, 10, 8] }];
  const images = [{ ...composed.images[0]!, parts }];
  const { split } = splitIntoParts({ ...composed, images, annotations: [] });
  expect(() => split([found(7, 0.9, 20, 0, 10, 10)])).toThrow(RangeError);
});
