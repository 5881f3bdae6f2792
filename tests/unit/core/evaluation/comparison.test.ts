import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareFalseAlarms,
  compareTruths,
  type JudgedImages,
} from '../../../../src/core/evaluation/comparison.js';
import type { ComparedImage } from '../../../../src/core/evaluation/compared-image.js';
import { judge } from '../../../../src/core/evaluation/judgement.js';
import { encodeRle } from '../../../../src/core/regions/rle.js';
import { anyImages, image } from './helpers.js';

const judged = (images: readonly ComparedImage[]): JudgedImages => ({
  images,
  judgements: images.map((one) => judge(one, () => true)),
});

const columns = (from: number, to: number) =>
  encodeRle(
    Uint8Array.from({ length: 100 }, (_, i) => Number(i % 10 >= from && i % 10 < to)),
    10,
    10,
  );

describe('compareTruths', () => {
  it('tells fixed, broken, both and neither', () => {
    const first = judged([
      image(
        [[1], [1], [1], [1]],
        [
          [1, 0.9, [0.8]],
          [1, 0.8, [0, 0.8]],
        ],
      ),
    ]);
    const second = judged([
      image(
        [[1], [1], [1], [1]],
        [
          [1, 0.9, [0.8]],
          [1, 0.8, [0, 0, 0.8]],
        ],
      ),
    ]);
    const { fixed, broken, foundByBoth, missedByBoth } = compareTruths(first, second);
    expect(
      [fixed, broken, foundByBoth, missedByBoth].map((list) => list.map((one) => one.first!.truth)),
    ).toEqual([[2], [1], [0], [3]]);
    expect(fixed[0]!.second).toEqual({ image: 0, truth: 2, detection: 1 });
  });

  it('follows a truth to where the other model has it, and leaves out what one doesn’t know', () => {
    const first = judged([image([[1], [2]], [[2, 0.9, [0, 0.9]]])]);
    const reordered: ComparedImage = {
      truths: [
        { classId: 5, isIgnored: false, source: 1 },
        { classId: 0, isIgnored: true, source: 0 },
      ],
      detections: [{ classId: 5, score: 0.9 }],
      overlaps: [[0.9, 0]],
    };
    const changes = compareTruths(first, judged([reordered]));
    expect(changes.foundByBoth).toEqual([
      { image: 0, first: { image: 0, truth: 1, detection: 0 }, second: { image: 0, truth: 0, detection: 0 } },
    ]);
    expect([changes.fixed, changes.broken, changes.missedByBoth]).toEqual([[], [], []]);
  });

  it('changes nothing against itself', () => {
    fc.assert(
      fc.property(anyImages, (images) => {
        const { fixed, broken } = compareTruths(judged(images), judged(images));
        expect([fixed, broken]).toEqual([[], []]);
      }),
    );
  });
});

describe('compareFalseAlarms', () => {
  it('takes masks that overlap by half for the same alarm', () => {
    const first = { detections: [4, 6], masks: [columns(0, 4), columns(5, 9)] };
    const second = { detections: [1, 2], masks: [columns(0, 3), columns(8, 10)] };
    expect(compareFalseAlarms(3, first, second)).toEqual({
      gone: [{ image: 3, first: { image: 3, detection: 6 } }],
      added: [{ image: 3, second: { image: 3, detection: 2 } }],
      kept: [{ image: 3, first: { image: 3, detection: 4 }, second: { image: 3, detection: 1 } }],
    });
  });
});
