import { describe, expect, it } from 'vitest';
import { markAt } from '../../../../src/components/viewer/marking/mark-at.js';
import { rectangleRegion } from '../../../../src/core/regions/drawn.js';
import type { Mark } from '../../../../src/workbench/lessons/lesson.js';

const PHOTO = { width: 100, height: 80 };
const mark = (id: number, x: number, y: number, side: number): Mark => ({
  id,
  classId: 1,
  region: rectangleRegion({ x, y }, { x: x + side, y: y + side }, PHOTO)!,
});

describe('the mark at a point', () => {
  const marks = [mark(1, 10, 10, 30), mark(2, 50, 10, 2), mark(3, 41, 10, 6)];

  it('is the one that holds the pixel', () => {
    expect(markAt(marks, { x: 39.9, y: 10 }, 0)?.id).toBe(1);
    expect(markAt(marks, { x: 40, y: 10 }, 0)).toBeUndefined();
  });

  it('goes before a smaller one beside it', () => {
    expect(markAt(marks, { x: 39.5, y: 12 }, 4)?.id).toBe(1);
  });

  it('is, where there is none, the smallest one near it', () => {
    expect(markAt(marks, { x: 48.5, y: 11 }, 3)?.id).toBe(2);
    expect(markAt(marks, { x: 80, y: 60 }, 3)).toBeUndefined();
  });
});
