import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  polygonRegion,
  rectangleRegion,
  strokeRegion,
  type DrawnPoint,
} from '../../../../src/core/regions/drawn.js';
import { rasterize } from '../../../../src/core/regions/region.js';
import type { Region } from '../../../../src/core/types.js';

const PHOTO = { width: 24, height: 18 };

/** Also beside the photo, on pixels' borders, in their middles and anywhere. */
const points: fc.Arbitrary<DrawnPoint> = fc.record({
  x: fc.oneof(
    fc.integer({ min: -8, max: 60 }).map((n) => n / 2),
    fc.double({ min: -6, max: 30, noNaN: true }),
  ),
  y: fc.oneof(
    fc.integer({ min: -8, max: 48 }).map((n) => n / 2),
    fc.double({ min: -6, max: 24, noNaN: true }),
  ),
});

const pixelsOf = (mask: Region | undefined) =>
  mask ? rasterize({ mask }, PHOTO.width, PHOTO.height) : new Uint8Array(PHOTO.width * PHOTO.height);

const middleOf = (at: number): DrawnPoint => ({
  x: (at % PHOTO.width) + 0.5,
  y: Math.floor(at / PHOTO.width) + 0.5,
});

/** How far a place lies from the way between two points. */
function distance(place: DrawnPoint, a: DrawnPoint, b: DrawnPoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const t = square > 0 ? ((place.x - a.x) * dx + (place.y - a.y) * dy) / square : 0;
  const along = Math.min(1, Math.max(0, t));
  return Math.hypot(place.x - a.x - along * dx, place.y - a.y - along * dy);
}

const isUnder = (place: DrawnPoint, one: DrawnPoint) =>
  Math.floor(one.x) === Math.floor(place.x) && Math.floor(one.y) === Math.floor(place.y);

/** What lies so near a border may fall on either side. */
const ROUNDING = 1e-6;

describe('a stroke', () => {
  it('covers the pixels whose middle is no further from its way than the radius, and those under its points', () => {
    const strokes = fc.array(points, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(strokes, fc.double({ min: 0, max: 9, noNaN: true }), (stroke, radius) => {
        pixelsOf(strokeRegion(stroke, radius, PHOTO)).forEach((pixel, at) => {
          const middle = middleOf(at);
          const ways = stroke.map((end, i) => distance(middle, stroke[i - 1] ?? end, end));
          const nearest = Math.min(...ways);
          if (stroke.some((one) => isUnder(middle, one))) expect(pixel).toBe(1);
          else if (Math.abs(nearest - radius) > ROUNDING) expect(pixel).toBe(nearest < radius ? 1 : 0);
        });
      }),
    );
  });

  it('of many points makes one region in the time for its columns', () => {
    const wave = Array.from({ length: 2000 }, (_, i) => ({ x: i * 3, y: 2000 + 1500 * Math.sin(i / 50) }));
    const region = strokeRegion(wave, 40, { width: 6000, height: 4000 });
    expect(region).toMatchObject({ x: 0, width: 6000 });
  });

  it('beside the photo is none', () => {
    expect(strokeRegion([{ x: -20, y: 5 }], 5, PHOTO)).toBeUndefined();
    expect(strokeRegion([], 5, PHOTO)).toBeUndefined();
  });
});

describe('a polygon', () => {
  it('holds the pixels whose middle it encloses an odd number of times', () => {
    fc.assert(
      fc.property(fc.array(points, { minLength: 3, maxLength: 8 }), (corners) => {
        pixelsOf(polygonRegion(corners, PHOTO)).forEach((pixel, at) => {
          const middle = middleOf(at);
          let crossings = 0;
          let nearest = Infinity;
          corners.forEach((b, i) => {
            const a = corners.at(i - 1)!;
            nearest = Math.min(nearest, distance(middle, a, b));
            if (a.y <= middle.y === b.y <= middle.y) return;
            if (a.x + ((b.x - a.x) * (middle.y - a.y)) / (b.y - a.y) > middle.x) crossings++;
          });
          if (nearest > ROUNDING) expect(pixel).toBe(crossings % 2);
        });
      }),
    );
  });

  it('shares no pixel with another one on the other side of a line', () => {
    fc.assert(
      fc.property(points, points, points, points, (a, b, c, d) => {
        // Both on one side of the line from a to b: they overlap there. On different sides: only where those meet.
        const side = (p: DrawnPoint) => Math.sign((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x));
        fc.pre(side(c) * side(d) < 0);
        const [one, other] = [c, d].map((p) => pixelsOf(polygonRegion([a, b, p], PHOTO)));
        expect(one!.some((pixel, at) => pixel === 1 && other![at] === 1)).toBe(false);
      }),
    );
  });

  it('without an inside is none', () => {
    expect(polygonRegion([], PHOTO)).toBeUndefined();
    expect(
      polygonRegion(
        [
          { x: 3, y: 3 },
          { x: 9, y: 9 },
        ],
        PHOTO,
      ),
    ).toBeUndefined();
  });
});

describe('a rectangle', () => {
  it('holds whole pixels between its corners, whichever is first, within the photo', () => {
    const corners = [
      { x: 21.6, y: 3.4 },
      { x: 40, y: -5 },
    ] as const;
    const expected = { x: 22, y: 0, width: 2, height: 3, counts: Uint32Array.of(0, 6) };
    expect(rectangleRegion(...corners, PHOTO)).toEqual(expected);
    expect(rectangleRegion(corners[1], corners[0], PHOTO)).toEqual(expected);
  });

  it('without an extent is the pixel under its first corner', () => {
    const pixel = { x: 7, y: 9, width: 1, height: 1, counts: Uint32Array.of(0, 1) };
    expect(rectangleRegion({ x: 7.6, y: 9.7 }, { x: 7.8, y: 9.9 }, PHOTO)).toEqual(pixel);
  });
});
