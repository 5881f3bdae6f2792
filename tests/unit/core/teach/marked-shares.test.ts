import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rasterize } from '../../../../src/core/regions/region.js';
import { cellAreas, type CellGrid } from '../../../../src/core/teach/cells.js';
import { markedShares } from '../../../../src/core/teach/marked-shares.js';
import { bitmaps, regionOf } from '../regions/bitmaps.js';

/** All regions lie in a photo of so many pixels a side. */
const SIDE = 20;

const views: fc.Arbitrary<CellGrid> = fc.record({
  x: fc.nat(9),
  y: fc.nat(9),
  width: fc.integer({ min: 1, max: 11 }),
  height: fc.integer({ min: 1, max: 11 }),
  step: fc.constantFrom(0.4, 1, 1.7, 2.5, 3, 8),
  cells: fc.record({ width: fc.integer({ min: 1, max: 8 }), height: fc.integer({ min: 1, max: 8 }) }),
  turn: fc.record({ isMirrored: fc.boolean(), isUpsideDown: fc.boolean() }),
});

/** How much of [a, b) lies in [c, d). */
const overlap = (a: number, b: number, c: number, d: number) => Math.max(0, Math.min(b, d) - Math.max(a, c));

describe('markedShares', () => {
  it('is the share of its area that each cell has in common with the pixels', () => {
    fc.assert(
      fc.property(bitmaps.map(regionOf), views, (region, view) => {
        fc.pre(region !== undefined);
        const mask = rasterize({ mask: region }, SIDE, SIDE);
        const { x, y, width, height, step, cells, turn } = view;
        const shares = markedShares(region, view);
        const areas = cellAreas(view);
        for (let j = 0; j < cells.height; j++) {
          for (let i = 0; i < cells.width; i++) {
            const right = Math.min(x + width, x + (i + 1) * step);
            const bottom = Math.min(y + height, y + (j + 1) * step);
            const area = Math.max(0, right - x - i * step) * Math.max(0, bottom - y - j * step);
            let marked = 0;
            mask.forEach((value, at) => {
              const [column, row] = [at % SIDE, Math.floor(at / SIDE)];
              const px = turn!.isMirrored ? 2 * x + width - 1 - column : column;
              const py = turn!.isUpsideDown ? 2 * y + height - 1 - row : row;
              if (value)
                marked +=
                  overlap(px, px + 1, x + i * step, right) * overlap(py, py + 1, y + j * step, bottom);
            });
            expect(areas[j * cells.width + i]).toBeCloseTo(area, 9);
            expect(shares[j * cells.width + i]).toBeCloseTo(area > 1e-9 ? marked / area : 0, 6);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
