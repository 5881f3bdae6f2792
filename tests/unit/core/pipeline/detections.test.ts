import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classColor } from '../../../../src/core/colors.js';
import { ringArea } from '../../../../src/core/regions/contour.js';
import { rasterize } from '../../../../src/core/regions/region.js';
import { assess } from '../../../../src/core/recipe/assess.js';
import { DEFAULT_THRESHOLD, thresholdFor } from '../../../../src/core/recipe/threshold.js';
import { CLASSES, gridOf, inspectionOf, rawDetections, toDetections, type Found } from '../helpers.js';

const found = (classId: number, score: number, ...corners: Found['corners']): Found => ({
  classId,
  score,
  corners,
});

describe('detections', () => {
  const raw = rawDetections([
    found(1, 0.3, 10, 20, 50, 60),
    found(2, 0.9, -8, -8, 30, 22),
    found(3, 0.5, 180, 100, 400, 300),
    found(3, 0.5, 20, 20, 40, 40),
    found(1, 0.04, 20, 20, 40, 40),
    found(1, 0.8, 250, 20, 290, 40),
    found(1, 0.8, 30, 20, 30, 40),
  ]);
  const { detections, truncated } = toDetections(raw, { scale: 2 });

  it('sorts by score, ties in the order of the network, and numbers from 1', () => {
    expect(detections.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(detections.map(({ score }) => score)).toEqual([0.9, 0.5, 0.5, 0.3].map(Math.fround));
    expect(detections.map(({ classId }) => classId)).toEqual([2, 3, 3, 1]);
    expect(truncated).toBe(false);
  });

  it('brings boxes to photo pixels and clips them', () => {
    expect(detections.map(({ networkBox }) => networkBox)).toEqual([
      [0, 0, 15, 11],
      [90, 50, 30, 40],
      [10, 10, 10, 10],
      [5, 10, 20, 20],
    ]);
  });

  it('boxes the pixels that belong to the defect', () => {
    for (const { box, mask, networkBox } of detections) {
      expect(box).toEqual([mask.x, mask.y, mask.width, mask.height]);
      expect(box[0]).toBeGreaterThanOrEqual(networkBox![0]);
      expect(box[0] + box[2]).toBeLessThanOrEqual(networkBox![0] + networkBox![2]);
    }
  });

  it('names classes; of a model that names none by their numbers', () => {
    expect(detections.map(({ className }) => className)).toEqual(['crack, fine', 'fray', 'fray', 'pitting']);
    const nameless = toDetections(raw, { scale: 2, classes: [] }).detections;
    expect(nameless.map(({ className }) => className)).toEqual(['class 2', 'class 3', 'class 3', 'class 1']);
  });

  it('gives each detection memory of its own', () => {
    for (const { mask } of detections) {
      expect(mask.counts.byteLength).toBe(mask.counts.buffer.byteLength);
    }
    expect(new Set(detections.map(({ mask }) => mask.counts.buffer)).size).toBe(detections.length);
  });

  it('drops what has no pixel in the photo, and goes on counting', () => {
    const mask = gridOf(28, () => 0);
    const some = rawDetections([{ ...found(1, 0.9, 10, 10, 40, 40), mask }, found(2, 0.8, 50, 50, 80, 80)]);
    expect(toDetections(some).detections).toMatchObject([{ id: 1, classId: 2 }]);
  });

  it.each([
    ['a score that is no number', [found(1, NaN, 20, 20, 40, 40)], /score of NaN/],
    ['a score above 1', [found(1, 1492, 20, 20, 40, 40)], /score of 1492/],
    ['a negative score', [found(1, -0.2, 20, 20, 40, 40)], /score of -0.2/],
    ['a label without a name', [found(7, 0.5, 20, 20, 40, 40)], /label of 7/],
    ['a box that is no number', [found(1, 0.8, NaN, 20, 30, 40)], /box of NaN/],
    ['a box far outside', [found(1, 0.8, 20, 20, 24828, 40)], /box of 24828/],
    [
      'a mask that is no number',
      [{ ...found(1, 0.8, 20, 20, 40, 40), mask: gridOf(28, () => Infinity) }],
      /mask of Infinity/,
    ],
  ])('refuses %s', (_, all, sentence) => {
    const error = expect.objectContaining({
      code: 'model-unsupported',
      message: expect.stringMatching(sentence) as string,
    }) as Error;
    expect(() => toDetections(rawDetections(all))).toThrow(error);
  });

  it.each(['labels', 'boxes', 'masks'])('refuses too few %s', (name) => {
    const outputs = { ...raw, [name]: rawDetections([found(1, 0.5, 0, 0, 9, 9)])[name]! };
    expect(() => toDetections(outputs, { scale: 2 })).toThrow(
      new RegExp(`gives [0-9.]+ ${name} for 7 detections`),
    );
  });

  it('measures the area that the mask covers, and outlines it', () => {
    for (const detection of detections) {
      expect(detection.area).toBe(rasterize(detection, 120, 90).reduce((sum, pixel) => sum + pixel, 0));
      expect(detection.area).toBeGreaterThan(0);
      expect(detection.contours).toHaveLength(1);
      const ratio = ringArea(detection.contours[0]!) / detection.area;
      expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
    }
  });

  it('reads 64-bit labels', () => {
    const data = BigInt64Array.from([1n, 2n, 3n, 3n, 1n, 1n, 1n]);
    const labels = { type: 'int64', dims: [7], data } as const;
    expect(toDetections({ ...raw, labels }, { scale: 2 }).detections).toEqual(detections);
  });

  it('says which output is missing', () => {
    const { masks: _, ...rest } = raw;
    expect(() => toDetections(rest)).toThrow(/output "masks" is missing/);
  });

  it('copes with a photo without detections', () => {
    const none = toDetections(rawDetections([]), { width: 10, height: 10 });
    expect(none).toEqual({ detections: [], truncated: false });
  });

  it.each([
    [99, 99, false],
    [100, 100, true],
    [130, 100, true],
  ])('of %i detections keeps %i; cap hit: %s', (count, kept, hit) => {
    const many = Array.from({ length: count }, (_, i) => found(1, 0.1 + i / 200, 2, 2, 8, 8));
    const result = toDetections(rawDetections(many), { width: 10, height: 10 });
    expect(result.detections).toHaveLength(kept);
    expect(result.truncated).toBe(hit);
    expect(result.detections[0]!.score).toBe(Math.fround(0.1 + (count - 1) / 200));
  });

  it('keeps boxes within the photo', () => {
    const value = fc.float({ min: -400, max: 400, noNaN: true });
    const range = fc.tuple(value, value).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    const corners = fc.tuple(range, range).map(([[x1, x2], [y1, y2]]) => [x1, y1, x2, y2] as const);
    fc.assert(
      fc.property(fc.array(corners, { maxLength: 4 }), (boxes) => {
        const input = rawDetections(boxes.map((corners) => ({ classId: 1, score: 0.5, corners })));
        for (const { box } of toDetections(input, { scale: 1.28 }).detections) {
          const [x, y, width, height] = box;
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(Math.min(width, height)).toBeGreaterThan(0);
          expect(x + width).toBeLessThanOrEqual(120 + 1e-9);
          expect(y + height).toBeLessThanOrEqual(90 + 1e-9);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('thresholds', () => {
  const made = inspectionOf('part.png', [
    found(1, 0.4, 0, 0, 20, 20),
    found(1, 0.39, 0, 0, 20, 20),
    found(2, 0.6, 0, 0, 20, 20),
    found(3, 0.55, 0, 0, 20, 20),
    found(3, 0.45, 0, 0, 20, 20),
  ]);
  // The last one's class is unknown to the model whose thresholds apply.
  const inspection = {
    ...made,
    detections: made.detections.map((one) =>
      one.score < 0.5 && one.classId === 3 ? { ...one, classId: 9 } : one,
    ),
  };

  it('are the recommended ones, or one for all', () => {
    expect(thresholdFor(2, 'auto', CLASSES)).toBe(0.7);
    expect(thresholdFor(3, 'auto', CLASSES)).toBe(DEFAULT_THRESHOLD);
    expect(thresholdFor(99, 'auto', CLASSES)).toBe(DEFAULT_THRESHOLD);
    expect(thresholdFor(2, 0.2, CLASSES)).toBe(0.2);
  });

  it('decide what is visible, and the order stays', () => {
    const scores = (threshold: 'auto' | number) =>
      assess(inspection, { threshold }).reported.map(({ score }) => Number(score.toFixed(2)));
    expect(scores('auto')).toEqual([0.55, 0.4]);
    expect(scores(0)).toEqual([0.6, 0.55, 0.45, 0.4, 0.39]);
    expect(scores(0.5)).toEqual([0.6, 0.55]);
    expect(scores(1)).toEqual([]);
  });
});

describe('classColor', () => {
  const classes = [{ id: 5, color: '#123456' }, { id: 2 }, { id: 9 }];

  it('is the class’s own colour, else one of the palette, each its own', () => {
    expect(classColor(classes, 5)).toBe('#123456');
    expect(classColor(classes, 2)).not.toBe(classColor(classes, 9));
  });

  it('is a colour for any class', () => {
    fc.assert(
      fc.property(fc.integer(), (id) => {
        expect(classColor(classes, id)).toMatch(/^#[0-9a-f]{6}$/);
      }),
    );
  });
});
