import { describe, expect, it } from 'vitest';
import { evaluateCoco } from '../../../../src/core/evaluation/average-precision.js';
import { segmentationRle, type CocoDataset, type CocoResult } from '../../../../src/core/evaluation/coco.js';
import { falseAlarmDensity, falseAlarms } from '../../../../src/core/evaluation/false-alarms.js';
import { pixelIou } from '../../../../src/core/evaluation/pixel-iou.js';
import { decodeRle, encodeRle } from '../../../../src/core/regions/rle.js';
import { fixture } from '../helpers.js';
import { reportedOf } from './reported.js';

interface Figures {
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly classes: readonly { readonly id: number; readonly AP: number; readonly AP50: number }[];
}

type ByType = { readonly segm: Figures; readonly bbox: Figures };

const {
  groundTruth,
  results,
  expected,
  someImages,
  expectedOfSome,
  pixelIou: expectedPixelIou,
} = fixture<{
  groundTruth: CocoDataset;
  results: CocoResult[];
  expected: ByType;
  someImages: number[];
  expectedOfSome: ByType;
  pixelIou: number;
}>('evaluation');

/** A mask of 10 x 10 pixels that is 1 in columns `from` to `to`. */
function columns(from: number, to: number) {
  const { size, counts } = encodeRle(
    Uint8Array.from({ length: 100 }, (_, i) => Number(i % 10 >= from && i % 10 < to)),
    10,
    10,
  );
  return { size, counts };
}

const CATEGORIES = [{ id: 1, name: 'pitting' }];
const image = (id: number) => ({ id, width: 10, height: 10 });
const truthOf = (
  ...masks: readonly (readonly [image_id: number, from: number, to: number])[]
): CocoDataset => ({
  images: [image(1), image(2), image(3)],
  annotations: masks.map(([image_id, from, to]) => ({
    image_id,
    category_id: 1,
    segmentation: columns(from, to),
  })),
  categories: CATEGORIES,
});
const found = (image_id: number, score: number, from: number, to: number, category_id = 1): CocoResult => ({
  image_id,
  category_id,
  score,
  segmentation: columns(from, to),
});

describe('evaluateCoco', () => {
  function compare(actual: Figures, wanted: Figures) {
    for (const key of ['AP', 'AP50', 'AP75'] as const) expect(actual[key]).toBeCloseTo(wanted[key], 10);
    expect(actual.classes.map(({ id }) => id)).toEqual(wanted.classes.map(({ id }) => id));
    wanted.classes.forEach(({ AP, AP50 }, i) => {
      expect(actual.classes[i]!.AP).toBeCloseTo(AP, 10);
      expect(actual.classes[i]!.AP50).toBeCloseTo(AP50, 10);
    });
  }

  it.each(['segm', 'bbox'] as const)('equals pycocotools: %s', (iouType) => {
    compare(evaluateCoco(groundTruth, results, { iouType }), expected[iouType]);
  });

  it.each(['segm', 'bbox'] as const)('equals pycocotools on some of the images: %s', (iouType) => {
    const evaluation = evaluateCoco(groundTruth, results, { iouType, imageIds: someImages });
    compare(evaluation, expectedOfSome[iouType]);
  });

  it('names classes and counts the truths that are no crowd', () => {
    const { classes } = evaluateCoco(groundTruth, results, { iouType: 'segm' });
    for (const { id, name, truths } of classes) {
      expect(name).toBe(`class-${id}`);
      const counted = groundTruth.annotations.filter((a) => a.category_id === id && !a.iscrowd);
      expect(truths).toBe(counted.length);
    }
  });

  it('gives AP 1 for the ground truth itself and 0 for no detections', () => {
    const truth = truthOf([1, 0, 4], [1, 5, 9], [2, 3, 6]);
    const same = truth.annotations.map((a) => ({ ...a, score: 0.9 }));
    for (const iouType of ['segm', 'bbox'] as const) {
      expect(evaluateCoco(truth, same, { iouType })).toMatchObject({ AP: 1, AP50: 1, AP75: 1 });
      expect(evaluateCoco(truth, [], { iouType })).toMatchObject({ AP: 0, AP50: 0, AP75: 0 });
    }
  });

  it('counts by overlap: IoU .5 is a hit at .5 only', () => {
    const evaluation = evaluateCoco(truthOf([1, 0, 8]), [found(1, 0.9, 0, 4)], { iouType: 'segm' });
    expect(evaluation).toMatchObject({ AP50: 1, AP75: 0 });
    expect(evaluation.AP).toBeCloseTo(0.1);
  });

  it('counts a second detection of the same defect as wrong', () => {
    const truth = truthOf([1, 0, 4], [2, 0, 4]);
    const twice = [found(1, 0.9, 0, 4), found(1, 0.8, 0, 4), found(2, 0.7, 0, 4)];
    // Precision 1 up to recall .5 (51 of the 101 points), then 2 / 3.
    const { AP50 } = evaluateCoco(truth, twice, { iouType: 'segm' });
    expect(AP50).toBeCloseTo((51 + (50 * 2) / 3) / 101);
  });

  it('has no figure without ground truth', () => {
    const evaluation = evaluateCoco(truthOf(), [found(1, 0.9, 0, 4)], { iouType: 'segm' });
    expect(evaluation).toEqual({ AP: NaN, AP50: NaN, AP75: NaN, classes: [] });
  });

  it('leaves results of other images and classes aside', () => {
    const truth = truthOf([1, 0, 4]);
    const strays = [found(1, 0.9, 0, 4), found(99, 1, 0, 4), found(1, 1, 0, 4, 7)];
    expect(evaluateCoco(truth, strays, { iouType: 'segm' }).AP).toBe(1);
  });

  it('says when there is no mask', () => {
    const bare = { image_id: 1, category_id: 1, score: 1, bbox: [0, 0, 4, 4] };
    expect(() => evaluateCoco(truthOf([1, 0, 4]), [bare], { iouType: 'segm' })).toThrow('no segmentation');
  });
});

describe('segmentationRle', () => {
  it('unites polygons', () => {
    const segmentation = [
      [1, 1, 4, 1, 4, 4, 1, 4],
      [3, 3, 6, 3, 6, 6, 3, 6],
    ];
    const mask = decodeRle(segmentationRle({ segmentation }, { width: 8, height: 8 }));
    const inside = (x: number, y: number) =>
      (x >= 1 && x < 4 && y >= 1 && y < 4) || (x >= 3 && x < 6 && y >= 3 && y < 6);
    expect(Array.from(mask)).toEqual(
      Array.from({ length: 64 }, (_, i) => Number(inside(i % 8, Math.floor(i / 8)))),
    );
  });
});

describe('pixelIou', () => {
  it('equals what the pixels say', () => {
    expect(pixelIou(groundTruth, results)).toBeCloseTo(expectedPixelIou, 12);
  });

  it('sums over images, unites masks of all classes and leaves low scores out', () => {
    const truth = truthOf([1, 0, 4], [2, 0, 2]);
    const detections = [
      found(1, 0.5, 0, 2),
      found(1, 0.9, 1, 6, 9),
      found(1, 0.49, 6, 10),
      found(3, 0.8, 0, 3),
    ];
    // Columns shared: 4 in the first image; covered: 6 in the first, 2 in the second, 3 in the third.
    expect(pixelIou(truth, detections)).toBeCloseTo(4 / 11);
    expect(pixelIou(truth, detections, { imageIds: [1] })).toBeCloseTo(4 / 6);
  });

  it('counts what only a crowd holds neither way', () => {
    const truth = truthOf([1, 0, 4], [1, 6, 10]);
    const crowd = {
      ...truth,
      annotations: truth.annotations.map((one, i) => ({ ...one, iscrowd: i === 1 })),
    };
    // Columns 2 to 8: two on the defect, two beside it, two in the crowd.
    const detections = [found(1, 0.9, 2, 8)];
    expect(pixelIou(truth, detections)).toBeCloseTo(4 / 10);
    expect(pixelIou(crowd, detections)).toBeCloseTo(2 / 6);
    expect(pixelIou(crowd, [])).toBe(0);
  });

  it('has no figure where there is nothing', () => {
    expect(pixelIou(truthOf(), [])).toBeNaN();
  });
});

describe('falseAlarms', () => {
  const truth = truthOf([1, 0, 4]);
  const detections = [
    found(1, 0.9, 5, 9),
    found(2, 0.6, 0, 4),
    found(2, 0.59, 0, 4),
    found(3, 0.5, 0, 4, 2),
    found(3, 0.49, 0, 4, 2),
  ];

  it('counts on images without annotations, each class at its threshold', () => {
    expect(falseAlarms(truth, reportedOf(detections, { 1: 0.6 }))).toEqual({
      detections: 2,
      images: 2,
      perImage: 1,
    });
    const options = { imageIds: [1, 2] };
    expect(falseAlarms(truth, reportedOf(detections), options)).toEqual({
      detections: 2,
      images: 1,
      perImage: 2,
    });
  });

  it('has no figure without clean images', () => {
    const { perImage, images } = falseAlarms(truth, reportedOf(detections), { imageIds: [1] });
    expect(images).toBe(0);
    expect(perImage).toBeNaN();
  });
});

describe('falseAlarmDensity', () => {
  // On the first image columns 0 to 4 are a defect.
  const truth = truthOf([1, 0, 5]);

  it('counts what lies on no defect, by the area of all images', () => {
    const reported = [
      found(1, 0.9, 0, 5),
      // A tenth of it, and nothing of it, on the defect.
      found(1, 0.8, 4, 14),
      found(1, 0.7, 5, 10),
      found(2, 0.6, 0, 4),
    ];
    const { detections, megapixels, perMegapixel } = falseAlarmDensity(truth, reported);
    expect(detections).toBe(2);
    expect(megapixels).toBeCloseTo(300 / 1e6, 12);
    expect(perMegapixel).toBeCloseTo(2 / (300 / 1e6), 6);
  });
});
