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

const { fit } = VIEW;

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
    const [there] = findIn({ x: 1000, y: 500, fit }, reading, []).found;
    const [here] = findIn({ x: 0, y: 0, fit }, reading, []).found;
    expect(there).toMatchObject({ classId: 1, score: 0.5, box: [1010, 520, 30, 40] });
    expect(there!.region).toEqual({ ...here!.region, x: here!.region.x + 1000, y: here!.region.y + 500 });
    here!.contours[0]!.forEach((value, i) => {
      expect(there!.contours[0]![i]).toBeCloseTo(value + (i % 2 === 0 ? 1000 : 500), 3);
    });
  });

  it('is the same thing where the view begins with the photo', () => {
    const [here] = findIn({ x: 0, y: 0, fit }, { candidates: [candidate(0.5)], isCapped: false }, []).found;
    expect(moved(here!, 0, 0)).toBe(here);
  });

  it('is sorted, and capped', () => {
    const candidates = Array.from({ length: 120 }, (_, i) => candidate(i / 200));
    const { found, isCapped } = findIn({ x: 0, y: 0, fit }, { candidates, isCapped: false }, []);
    expect(isCapped).toBe(true);
    expect(found).toHaveLength(100);
    expect(found[0]!.score).toBe(119 / 200);
  });

  it('says so where the network gave as many as it ever gives', () => {
    expect(findIn({ x: 0, y: 0, fit }, { candidates: [candidate(0.5)], isCapped: true }, []).isCapped).toBe(
      true,
    );
  });

  it('keeps in mind where something that would be reported has an empty mask', () => {
    const empty = (score: number, box?: Candidate['box']): Candidate => ({
      ...{ classId: 1, score, shape: () => undefined },
      ...(box && { box }),
    });
    const candidates = [
      candidate(0.9),
      empty(0.7, [10, 20, 30, 40]),
      // Below the threshold, thinner than a pixel, smaller than a network can see, and without a place.
      empty(0.3, [10, 20, 30, 40]),
      empty(0.7, [10, 20, 0.5, 40]),
      empty(0.7, [10, 20, 5, 7]),
      empty(0.7),
    ];
    const view = { x: 1000, y: 500, fit };
    const reading = { candidates, isCapped: false };
    expect(findIn(view, reading, []).unmasked).toEqual([[1010, 520, 30, 40]]);
    expect(findIn(view, reading, [{ id: 1, threshold: 0.8 }]).unmasked).toEqual([]);
    expect(findIn(view, reading, [{ id: 1, threshold: 0.2 }]).unmasked).toHaveLength(2);
    expect(findIn(view, reading, []).found).toHaveLength(1);
  });
});
