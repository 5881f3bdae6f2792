import fc from 'fast-check';
import type { ComparedImage } from '../../../../src/core/evaluation/compared-image.js';

type TruthRow = readonly [classId: number, isIgnored?: boolean];
type DetectionRow = readonly [classId: number, score: number, overlaps?: readonly number[]];

/** An image by hand: detections by falling score, each with its overlaps. */
export function image(truths: readonly TruthRow[], detections: readonly DetectionRow[]): ComparedImage {
  return {
    truths: truths.map(([classId, isIgnored = false], source) => ({ classId, isIgnored, source })),
    detections: detections.map(([classId, score]) => ({ classId, score })),
    overlaps: detections.map(([, , overlaps]) => truths.map((_, i) => overlaps?.[i] ?? 0)),
  };
}

export const CLASSES = [
  { id: 1, name: 'pitting' },
  { id: 2, name: 'crack' },
];

export const MODEL = { hash: 'ab'.repeat(32), classes: CLASSES };

/** Images of two classes with any overlaps, ignored truths last. */
export const anyImage: fc.Arbitrary<ComparedImage> = fc
  .record({
    counted: fc.array(fc.constantFrom(1, 2), { maxLength: 4 }),
    ignored: fc.array(fc.constantFrom(0, 1, 2), { maxLength: 2 }),
    detections: fc.array(
      fc.record({
        classId: fc.constantFrom(1, 2),
        score: fc.integer({ min: 1, max: 20 }).map((n) => n / 20),
        overlaps: fc.array(
          fc.integer({ min: 0, max: 10 }).map((n) => n / 10),
          { minLength: 6, maxLength: 6 },
        ),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ counted, ignored, detections }) =>
    image(
      [...counted.map((id) => [id] as const), ...ignored.map((id) => [id, true] as const)],
      detections
        .sort((a, b) => b.score - a.score)
        .map(({ classId, score, overlaps }) => [classId, score, overlaps] as const),
    ),
  );

export const anyImages = fc.array(anyImage, { maxLength: 6 });
