import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridShape } from '../../../../src/core/families/grid-shape.js';
import { ringArea } from '../../../../src/core/regions/contour.js';
import { uniteContours } from '../../../../src/core/regions/outline.js';
import { uniteRegions } from '../../../../src/core/regions/region-sets.js';
import { rasterize, regionArea } from '../../../../src/core/regions/region.js';
import { rleArea, rleIou, encodeRle } from '../../../../src/core/regions/rle.js';
import { rleFromPolygon } from '../../../../src/core/regions/polygon.js';
import { DISC, RING } from '../helpers.js';

const totalArea = (rings: readonly Float32Array[]) => rings.reduce((sum, ring) => sum + ringArea(ring), 0);
const rectangle = (x: number, y: number, width: number, height: number) => [
  Float32Array.of(x, y, x + width, y, x + width, y + height, x, y + height),
];
const PHOTO = { x: 0, y: 0, width: 120, height: 90 };

describe('the outline of several outlines', () => {
  it('goes round both where they overlap, along the photo’s edge, too', () => {
    const rings = uniteContours([rectangle(0, 10, 40, 20), rectangle(30, 10, 90, 20)], PHOTO);
    expect(rings).toHaveLength(1);
    // Corners are cut by less than a quarter of a pixel.
    expect(totalArea(rings)).toBeGreaterThan(120 * 20 - 1);
    expect(totalArea(rings)).toBeLessThanOrEqual(120 * 20);
    expect(Math.min(...rings[0]!.filter((_, i) => i % 2 === 0))).toBe(0);
    expect(Math.max(...rings[0]!.filter((_, i) => i % 2 === 0))).toBe(120);
  });

  it('keeps apart what does not meet, and holes', () => {
    expect(uniteContours([rectangle(10, 10, 8, 8), rectangle(21, 10, 8, 8)], PHOTO)).toHaveLength(2);
    const ring = gridShape({ box: [20, 10, 60, 60], ...RING }, PHOTO)!.contours;
    const areas = uniteContours([ring, ring], PHOTO).map(ringArea);
    expect(areas.map(Math.sign).sort()).toEqual([-1, 1]);
  });

  it('follows smooth outlines between pixels', () => {
    const disc = (x: number, y: number, size: number) =>
      gridShape({ box: [x, y, size, size], ...DISC }, PHOTO)!.contours;
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 40, noNaN: true }),
        fc.double({ min: 2, max: 20, noNaN: true }),
        fc.double({ min: 30, max: 60, noNaN: true }),
        (x, y, size) => {
          const alone = disc(x, y, size);
          const area = totalArea(alone);
          expect(Math.abs(totalArea(uniteContours([alone], PHOTO)) - area)).toBeLessThan(0.01 * area);
          expect(totalArea(uniteContours([alone, alone], PHOTO))).toBe(
            totalArea(uniteContours([alone], PHOTO)),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('encloses the pixels of the united regions', () => {
    const coordinate = fc.double({ min: -10, max: 80, noNaN: true });
    const side = fc.double({ min: 12, max: 70, noNaN: true });
    const shapes = fc.record({
      x: coordinate,
      y: coordinate,
      width: side,
      height: side,
      grid: fc.constantFrom(DISC, RING),
    });
    fc.assert(
      fc.property(fc.array(shapes, { minLength: 2, maxLength: 4 }), (drawn) => {
        const found = drawn
          .map(({ x, y, width, height, grid }) => gridShape({ box: [x, y, width, height], ...grid }, PHOTO))
          .filter((one) => one !== undefined);
        fc.pre(found.length > 0);
        const region = uniteRegions(found.map((one) => one.region));
        fc.pre(regionArea(region) > 100);
        const rings = uniteContours(
          found.map((one) => one.contours),
          region,
        );
        const { width, height } = PHOTO;
        const filled = new Uint8Array(width * height);
        for (const ring of rings) {
          const mask = rleFromPolygon(Array.from(ring), width, height);
          let at = 0;
          mask.counts.forEach((run, i) => {
            for (const end = at + run; at < end; at++) {
              if (i % 2) filled[(at % height) * width + Math.floor(at / height)]! ^= 1;
            }
          });
        }
        const enclosed = encodeRle(filled, width, height);
        const pixels = encodeRle(rasterize({ mask: region }, width, height), width, height);
        expect(rleIou(enclosed, pixels)).toBeGreaterThan(0.95);
        expect(Math.abs(totalArea(rings) - rleArea(pixels))).toBeLessThan(0.03 * rleArea(pixels) + 4);
      }),
      { numRuns: 30 },
    );
  });
});
