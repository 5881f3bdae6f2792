import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRegions } from '../../../../../src/core/families/taught/find-regions.js';
import { ringArea } from '../../../../../src/core/regions/contour.js';
import { rasterize, regionArea } from '../../../../../src/core/regions/region.js';
import { scoreAt, type ScoreMap } from '../../../../../src/core/regions/score-map.js';

const STEP = 8;

/** Rows of digits, tenths of a score; one text per plane. */
function mapOf(...planes: readonly string[]): ScoreMap {
  const rows = planes.map((plane) => plane.trim().split(/\s+/));
  const [first] = rows;
  const data = Float32Array.from(
    rows.flat().flatMap((row) => Array.from(row, (digit) => Number(digit) / 10)),
  );
  return {
    x: 0,
    y: 0,
    step: STEP,
    width: first![0]!.length,
    height: first!.length,
    classes: planes.length,
    data,
  };
}

const photoOf = ({ width, height }: ScoreMap) => ({ width: width * STEP, height: height * STEP });

describe('regions of a map', () => {
  it('are outlined where the score, interpolated, is at the level', () => {
    const map = mapOf(`00000 00000 00900 00000 00000`);
    const [one, ...others] = findRegions(map, photoOf(map), {});
    expect(others).toEqual([]);
    expect(one!.score).toBeCloseTo(0.9);
    const [ring] = one!.contours;
    const xs = [...ring!].filter((_, i) => i % 2 === 0);
    // On the line through the centre, .9 falls to .5 after 4 / 9 of a cell.
    expect(Math.min(...xs)).toBeCloseTo(20 - (STEP * 4) / 9, 3);
    expect(Math.max(...xs)).toBeCloseTo(20 + (STEP * 4) / 9, 3);
    expect(one!.region).toMatchObject({ x: 17, y: 17, width: 6, height: 6 });
  });

  it('reach the edges of the photo, also where it is no whole number of cells', () => {
    const map = mapOf(`999 999`);
    const [one] = findRegions(map, { width: 25, height: 15 }, {});
    expect(one!.region).toMatchObject({ x: 0, y: 0, width: 25, height: 15 });
    expect(ringArea(one!.contours[0]!)).toBeCloseTo(25 * 15);
  });

  it('are one where cells touch at a corner, and apart otherwise', () => {
    const map = mapOf(`900000 090000 000000 000090 000009`);
    expect(findRegions(map, photoOf(map), {})).toHaveLength(2);
    expect(findRegions(mapOf(`90009`), { width: 40, height: 8 }, {})).toHaveLength(2);
  });

  it('hold nothing of what lies within their box and belongs to another', () => {
    const map = mapOf(`9999999 9000009 9007009 9000009 9999999`);
    const [frame, spot] = findRegions(map, photoOf(map), {});
    expect(frame!.contours.map((ring) => Math.sign(ringArea(ring)))).toEqual([1, -1]);
    expect(spot!.score).toBeCloseTo(0.7);
    const pixels = [frame!, spot!].map(({ region }) => rasterize({ mask: region }, 56, 40));
    expect(pixels[0]!.some((value, i) => value === 1 && pixels[1]![i] === 1)).toBe(false);
  });

  it('are those of the best class at each place, and of the class that has most of them', () => {
    const map = mapOf(`00000 00000 00890 00000`, `00000 00000 09820 00000`);
    const found = findRegions(map, photoOf(map), {});
    expect(found.map(({ plane, score }) => [plane, Number(score.toFixed(3))])).toEqual([[1, 0.9]]);
    // Within it, the first class has .8 + .9 and the second .9 + .8 + .2.
  });

  it('are left out where they are smaller than what counts', () => {
    const map = mapOf(`0000000 0900990 0000990 0000000`);
    const all = findRegions(map, photoOf(map), {});
    const areas = all.map(({ region }) => regionArea(region)).sort((a, b) => a - b);
    expect(all).toHaveLength(2);
    const large = findRegions(map, photoOf(map), { smallest: areas[1]! / map.step ** 2 });
    expect(large.map(({ region }) => regionArea(region))).toEqual([areas[1]]);
  });

  it('score the higher, the larger they are, where the model says so', () => {
    const map = mapOf(`0000 0880 0880 0000`);
    const [plain] = findRegions(map, photoOf(map), {});
    const [one] = findRegions(map, photoOf(map), { areaWeight: 0.5 });
    const area = regionArea(plain!.region) / map.step ** 2;
    expect(area).toBeGreaterThan(2);
    expect(plain!.score).toBeCloseTo(0.8, 5);
    // The odds of .8 are 4.
    expect(one!.score / (1 - one!.score)).toBeCloseTo(4 * Math.sqrt(area), 4);
  });

  it('begin at the level of the model, and carry calibrated scores', () => {
    const map = mapOf(`000 080 000`);
    expect(findRegions(map, photoOf(map), { level: 0.85 })).toEqual([]);
    const [low] = findRegions(map, photoOf(map), { level: 0.2 });
    const [usual] = findRegions(map, photoOf(map), {});
    expect(regionArea(low!.region)).toBeGreaterThan(regionArea(usual!.region));
    // log(.8 / .2) is 1.386.
    const [calibrated] = findRegions(map, photoOf(map), { calibration: { slope: 2, offset: -1.386 } });
    expect(calibrated!.score).toBeCloseTo(0.8, 3);
    expect(usual!.score).toBeCloseTo(0.8, 5);
  });

  it('hold together exactly the pixels whose score reaches the level', () => {
    const sides = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
    const maps = sides.chain(([width, height]) =>
      fc
        .array(fc.constantFrom(0, 0.1, 0.3, 0.52, 0.7, 0.93), {
          minLength: width * height,
          maxLength: width * height,
        })
        .map((values): ScoreMap => {
          return { x: 0, y: 0, step: 5, width, height, classes: 1, data: Float32Array.from(values) };
        }),
    );
    fc.assert(
      fc.property(maps, (map) => {
        const [width, height] = [map.width * 5, map.height * 5];
        const counts = new Uint8Array(width * height);
        for (const { region } of findRegions(map, { width, height }, {})) {
          rasterize({ mask: region }, width, height).forEach((value, i) => (counts[i]! += value));
        }
        const wrong: string[] = [];
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const score = scoreAt(map, 0, x + 0.5, y + 0.5);
            // On the level itself, rounding decides.
            if (Math.abs(score - 0.5) < 1e-6) continue;
            if (counts[y * width + x] !== (score >= 0.5 ? 1 : 0)) wrong.push(`pixel ${x}, ${y}`);
          }
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
