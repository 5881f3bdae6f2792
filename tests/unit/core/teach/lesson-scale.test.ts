import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lessonScale, type SizedPhoto } from '../../../../src/core/teach/lesson-scale.js';
import { rectangle } from './drawn-lesson.js';

const photo = (width: number, height: number, ...marks: number[]): SizedPhoto => ({
  width,
  height,
  marks: marks.map((side) => ({ region: rectangle(0, 0, side, 1) })),
});
const several = (count: number, one: SizedPhoto) => Array.from({ length: count }, () => one);

describe('the scale of a lesson', () => {
  it('gives photos a short side of 320 network pixels', () => {
    expect(lessonScale(several(3, photo(1280, 640, 100)), 1.6, 8)).toEqual({ scale: 0.5 });
  });

  it('is larger where marks would be too small to be seen, in steps', () => {
    const { scale, doubt } = lessonScale(several(3, photo(1280, 640, 20)), 1.6, 8);
    expect(scale).toBeCloseTo(0.5 * 2 ** (2 / 4), 9);
    expect(doubt).toBeUndefined();
    // Most edits of marks change nothing.
    expect(lessonScale(several(3, photo(1280, 640, 18)), 1.6, 8).scale).toBe(scale);
  });

  it('never exceeds what the network enlarges, and says so where that is too little', () => {
    expect(lessonScale(several(3, photo(400, 300, 5)), 1.6, 8)).toEqual({
      scale: 1.6,
      doubt: { reason: 'marks-too-small' },
    });
  });

  it('is smaller where memory asks for it, and says so where marks suffer', () => {
    const most = (photos: readonly SizedPhoto[]) => {
      const { scale } = lessonScale(photos, 1.6, 8);
      return photos.reduce((sum, { width, height }) => sum + (width * height * scale ** 2) / 64, 0);
    };
    expect(lessonScale(several(60, photo(4000, 3000, 12)), 1.6, 8).doubt).toEqual({
      reason: 'photos-too-large',
    });
    expect(lessonScale(several(60, photo(12_000, 640)), 1.6, 8).doubt).toBeUndefined();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 50, max: 4000 }),
        fc.nat(60),
        (n, side, mark) => {
          expect(most(several(n, photo(2 * side, side, mark + 1)))).toBeLessThanOrEqual(300_001);
        },
      ),
    );
  });
});
