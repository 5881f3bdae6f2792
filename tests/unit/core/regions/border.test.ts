import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borderOf } from '../../../../src/core/regions/border.js';
import { polygonRegion, rectangleRegion } from '../../../../src/core/regions/drawn.js';
import { ColumnRuns } from '../../../../src/core/regions/column-runs.js';
import { subtractRegion } from '../../../../src/core/regions/region-sets.js';
import type { Region } from '../../../../src/core/types.js';

const PHOTO = { width: 12, height: 9 };

const rectangle = (x: number, y: number, width: number, height: number): Region =>
  rectangleRegion({ x, y }, { x: x + width, y: y + height }, PHOTO)!;

/** Twice the area within, positive where a ring goes clockwise on screen. */
function signedArea(ring: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += ring[i]! * ring[j + 1]! - ring[j]! * ring[i + 1]!;
  }
  return sum;
}

/** By the even-odd rule: how often a line to the left of a pixel's centre crosses the rings. */
function isInside(rings: readonly Float32Array[], x: number, y: number): boolean {
  let crossings = 0;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const j = (i + 2) % ring.length;
      const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!];
      if (ay > y !== by > y && ax + ((y - ay) / (by - ay)) * (bx - ax) < x) crossings++;
    }
  }
  return crossings % 2 === 1;
}

describe('the border of a region', () => {
  it('of a rectangle is its four corners, clockwise', () => {
    const [ring, ...others] = borderOf(rectangle(2, 3, 4, 2));
    expect(others).toEqual([]);
    expect(ring).toHaveLength(8);
    expect(signedArea(ring!)).toBe(2 * 4 * 2);
  });

  it('goes round a hole the other way', () => {
    const rings = borderOf(subtractRegion(rectangle(1, 1, 6, 6), rectangle(3, 3, 2, 2))!);
    expect(rings.map(signedArea).sort((a, b) => a - b)).toEqual([-2 * 4, 2 * 36]);
  });

  it('of slanted polygons runs along the edges of pixels', () => {
    const rings = borderOf(
      polygonRegion(
        [
          { x: 1, y: 1 },
          { x: 11, y: 2.4 },
          { x: 4, y: 8 },
        ],
        PHOTO,
      )!,
    );
    for (const ring of rings) for (const value of ring) expect(Number.isInteger(value)).toBe(true);
  });

  it('encloses the pixels of any region, and no others', () => {
    const pixels = fc.array(fc.boolean(), {
      minLength: PHOTO.width * PHOTO.height,
      maxLength: PHOTO.width * PHOTO.height,
    });
    fc.assert(
      fc.property(pixels, (isIn) => {
        const runs = new ColumnRuns();
        isIn.forEach((one, at) => {
          const y = Math.floor(at / PHOTO.width);
          if (one) runs.add(at % PHOTO.width, y, y + 1);
        });
        const region = runs.build();
        if (!region) return;
        const rings = borderOf(region);
        const found = isIn.map((_, at) =>
          isInside(rings, (at % PHOTO.width) + 0.5, Math.floor(at / PHOTO.width) + 0.5),
        );
        expect(found).toEqual(isIn);
        expect(rings.reduce((sum, ring) => sum + signedArea(ring), 0) / 2).toBe(isIn.filter(Boolean).length);
      }),
    );
  });
});
