import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lessonScale, type SizedPhoto } from '../../../../src/core/teach/lesson-scale.js';
import { rectangle } from './drawn-lesson.js';

const RULE = { maxUpscale: 1.6 };
const photo = (width: number, height: number, ...marks: number[]): SizedPhoto => ({
  width,
  height,
  marks: marks.map((side) => ({ region: rectangle(0, 0, side, side) })),
});
const several = (count: number, one: SizedPhoto) => Array.from({ length: count }, () => one);

describe('the scale of a lesson', () => {
  it('gives photos a short side of 320 network pixels', () => {
    expect(lessonScale(several(3, photo(1280, 640, 100)), RULE, 8)).toEqual({ shortSide: 320 });
    expect(lessonScale([photo(1280, 640), photo(300, 200)], RULE, 8)).toEqual({ shortSide: 320 });
  });

  it('is finer where marks would be too small to be seen, in steps', () => {
    expect(lessonScale(several(3, photo(1280, 640, 20)), RULE, 8)).toEqual({ shortSide: 453 });
    // Most edits of marks change nothing.
    expect(lessonScale(several(3, photo(1280, 640, 18)), RULE, 8)).toEqual({ shortSide: 453 });
  });

  it('is twice as fine where marks are narrow', () => {
    const scratched = (width: number): SizedPhoto => ({
      ...photo(400, 320),
      marks: [{ region: rectangle(0, 0, 100, width) }],
    });
    expect(lessonScale([scratched(4)], RULE, 8)).toEqual({ shortSide: 320 });
    // Nothing is said of it: a long mark is seen, though narrow.
    expect(lessonScale([scratched(3)], RULE, 8)).toEqual({ shortSide: 640 });
    expect(lessonScale([scratched(1)], RULE, 8)).toEqual({ shortSide: 640 });
    // One of twenty may be a stray stroke.
    expect(lessonScale([...several(19, scratched(4)), scratched(1)], RULE, 8)).toEqual({ shortSide: 320 });
  });

  it('says where marks are too small even for the largest that the network enlarges photos to', () => {
    const { doubt } = lessonScale(several(3, photo(400, 300, 5)), RULE, 8);
    expect(doubt).toEqual({ reason: 'marks-too-small', params: { under: 8 } });
  });

  it('is coarser where memory asks for it, and says so where marks suffer', () => {
    const large = several(60, photo(4000, 3000, 12));
    expect(lessonScale(large, RULE, 8).doubt).toMatchObject({ reason: 'photos-too-large' });
    expect(lessonScale(several(60, photo(12_000, 640)), RULE, 8).doubt).toBeUndefined();
    // A photo of 24 megapixels as finely as a dot of one pixel asks for would take hundreds of tiles, each seen in four ways.
    const stray = lessonScale([photo(6000, 4000, 1), photo(6000, 4000)], RULE, 8);
    expect(stray).toEqual({ shortSide: 1810, doubt: { reason: 'photos-too-large', params: { under: 27 } } });
    const sides = fc.integer({ min: 50, max: 4000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), sides, fc.nat(60), (count, side, mark) => {
        const { shortSide } = lessonScale(several(count, photo(2 * side, side, mark + 1)), RULE, 8);
        const scale = Math.min(RULE.maxUpscale, shortSide / side);
        const cells = (count * 2 * side * side * scale ** 2) / 64;
        expect(cells).toBeLessThanOrEqual(shortSide > 320 ? 200_000 : 300_000);
      }),
    );
  });
});
