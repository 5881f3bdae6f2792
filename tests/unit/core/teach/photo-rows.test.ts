import { describe, expect, it } from 'vitest';
import { toBfloat16 } from '../../../../src/core/teach/bfloat16.js';
import type { LessonPhoto } from '../../../../src/core/teach/lesson.js';
import {
  BORDER,
  MARKED,
  areasOf,
  labelsOf,
  rowsOf,
  sharesOf,
} from '../../../../src/core/teach/photo-rows.js';
import { rectangle } from './drawn-lesson.js';

/** 10 x 7 pixels in cells of four: the third column lies half within, the second row by three quarters, the others are padding. */
function photoWith(...regions: readonly ReturnType<typeof rectangle>[]): LessonPhoto {
  const cells = {
    width: 4,
    height: 3,
    dims: 1,
    values: toBfloat16(Float32Array.from({ length: 12 }, (_, i) => i)),
  };
  return {
    name: 'a.png',
    width: 10,
    height: 7,
    isGood: false,
    marks: regions.map((region) => ({ classId: 1, region })),
    views: [{ x: 0, y: 0, width: 10, height: 7, step: 4, cells, mean: new Float32Array(1) }],
  };
}

describe('the rows of a photo', () => {
  it('are its cells without the padding: those whose centres lie within', () => {
    expect([...rowsOf(photoWith()).values]).toEqual([0, 1, 2, 4, 5, 6]);
    expect([...areasOf(photoWith())]).toEqual([16, 16, 8, 12, 12, 6]);
  });

  it('are marked from a half on, and at a border below', () => {
    const photo = photoWith(rectangle(0, 0, 5, 4));
    expect([...sharesOf(photo, photo.marks)]).toEqual([1, 0.25, 0, 0, 0, 0]);
    expect([...labelsOf(photo)]).toEqual([MARKED, BORDER, 0, 0, 0, 0]);
  });

  it('are marked by a thin mark, too, beside a large one', () => {
    const photo = photoWith(rectangle(0, 0, 4, 4), rectangle(5, 0, 1, 5));
    expect([...labelsOf(photo)]).toEqual([MARKED, MARKED, 0, 0, BORDER, 0]);
  });

  it('are of all tiles, one after the other', () => {
    const photo = photoWith(rectangle(0, 0, 4, 4));
    const view = photo.views[0]!;
    const tiles = { ...photo, views: [{ ...view, x: -4 }, view] };
    expect([...rowsOf(tiles).values]).toEqual([0, 1, 2, 4, 5, 6, 0, 1, 2, 4, 5, 6]);
    expect([...labelsOf(tiles)]).toEqual([0, MARKED, 0, 0, 0, 0, MARKED, 0, 0, 0, 0, 0]);
  });
});
