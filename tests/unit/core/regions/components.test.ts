import fc from 'fast-check';
import { expect, it } from 'vitest';
import { componentsOf } from '../../../../src/core/regions/components.js';
import { rasterize, regionArea } from '../../../../src/core/regions/region.js';
import { uniteRegions } from '../../../../src/core/regions/region-sets.js';
import type { Region } from '../../../../src/core/types.js';
import { bitmaps, regionOf } from './bitmaps.js';

const SIDE = 20;
const regions = bitmaps.map(regionOf).filter((region): region is Region => region !== undefined);
const pixelsOf = (mask: Region) => rasterize({ mask }, SIDE, SIDE);

/** Which pixels can be reached from one, step by step, also over corners. */
function reached(pixels: Uint8Array, start: number): Uint8Array {
  const found = new Uint8Array(pixels.length);
  const waiting = [start];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (found[at] === 1 || pixels[at] !== 1) continue;
    found[at] = 1;
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    for (let row = Math.max(0, y - 1); row <= Math.min(SIDE - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(SIDE - 1, x + 1); column++) {
        waiting.push(row * SIDE + column);
      }
    }
  }
  return found;
}

it('the components of a region are what can be reached from one of their pixels, and together the region', () => {
  fc.assert(
    fc.property(regions, (region) => {
      const pixels = pixelsOf(region);
      const components = componentsOf(region);
      for (const component of components) {
        const own = pixelsOf(component);
        expect(own).toEqual(reached(pixels, own.indexOf(1)));
      }
      expect(uniteRegions(components)).toEqual(region);
      expect(components.reduce((sum, one) => sum + regionArea(one), 0)).toBe(regionArea(region));
    }),
  );
});
