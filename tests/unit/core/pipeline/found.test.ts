import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../../src/core/families/family.js';
import { gridShape } from '../../../../src/core/families/grid-shape.js';
import { findIn, moved } from '../../../../src/core/pipeline/found.js';
import { DISC } from '../helpers.js';

const VIEW = {
  width: 100,
  height: 80,
  fit: { scale: 1, width: 100, height: 80, paddedWidth: 128, paddedHeight: 96 },
};

const candidate = (
  score: number,
  box: readonly [number, number, number, number] = [10, 20, 30, 40],
): Candidate => ({
  ...{ classId: 1, score, box },
  shape: () => gridShape({ ...DISC, box }, VIEW),
});

describe('what a view has found', () => {
  it('lies where the view lies in the photo', () => {
    const reading = { candidates: [candidate(0.5)], isCapped: false };
    const [there] = findIn({ x: 1000, y: 500 }, reading).found;
    const [here] = findIn({ x: 0, y: 0 }, reading).found;
    expect(there).toMatchObject({ classId: 1, score: 0.5, box: [1010, 520, 30, 40] });
    expect(there!.region).toEqual({ ...here!.region, x: here!.region.x + 1000, y: here!.region.y + 500 });
    here!.contours[0]!.forEach((value, i) => {
      expect(there!.contours[0]![i]).toBeCloseTo(value + (i % 2 === 0 ? 1000 : 500), 3);
    });
  });

  it('is the same thing where the view begins with the photo', () => {
    const [here] = findIn({ x: 0, y: 0 }, { candidates: [candidate(0.5)], isCapped: false }).found;
    expect(moved(here!, 0, 0)).toBe(here);
  });

  it('is sorted, and capped', () => {
    const candidates = Array.from({ length: 120 }, (_, i) => candidate(i / 200));
    const { found, isCapped } = findIn({ x: 0, y: 0 }, { candidates, isCapped: false });
    expect(isCapped).toBe(true);
    expect(found).toHaveLength(100);
    expect(found[0]!.score).toBe(119 / 200);
  });

  it('says so where the network gave as many as it ever gives', () => {
    expect(findIn({ x: 0, y: 0 }, { candidates: [candidate(0.5)], isCapped: true }).isCapped).toBe(true);
  });
});
