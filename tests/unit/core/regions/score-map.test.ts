import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinMaps, scoreAt, type ScoreMap } from '../../../../src/core/regions/score-map.js';

const PHOTO = { width: 200, height: 120 };

/** A view's map of a field over the photo, two planes: the field and its negative. */
function mapOf(
  [x, y, width, height]: readonly [number, number, number, number],
  step: number,
  field: (x: number, y: number) => number,
): ScoreMap {
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const cells = columns * rows;
  const data = Float32Array.from({ length: 2 * cells }, (_, i) => {
    const cell = i % cells;
    const value = field(x + ((cell % columns) + 0.5) * step, y + (Math.floor(cell / columns) + 0.5) * step);
    return i < cells ? value : 1 - value;
  });
  return { x, y, step, width: columns, height: rows, classes: 2, data };
}

/** Linear, so that interpolation is exact. */
const ramp = (x: number, y: number) => 0.1 + x / 400 + y / 400;
const TILES = [
  [0, 0, 96, 80],
  [67, 0, 96, 80],
  [104, 0, 96, 80],
  [0, 40, 96, 80],
  [67, 40, 96, 80],
  [104, 40, 96, 80],
] as const;

describe('maps of one photo', () => {
  it('are the map of its one view', () => {
    const map = mapOf([0, 0, 200, 120], 8, ramp);
    expect(joinMaps([map], PHOTO)).toBe(map);
  });

  it('agree with what each of them says, wherever tiles lie', () => {
    const joined = joinMaps(
      TILES.map((tile) => mapOf(tile, 8, ramp)),
      PHOTO,
    );
    expect(joined).toMatchObject({ x: 0, y: 0, step: 8, width: 25, height: 15, classes: 2 });
    for (let row = 1; row < 14; row++) {
      for (let column = 1; column < 24; column++) {
        const wanted = ramp((column + 0.5) * 8, (row + 0.5) * 8);
        expect(joined.data[row * 25 + column]).toBeCloseTo(wanted, 2);
        expect(joined.data[(15 + row) * 25 + column]).toBeCloseTo(1 - wanted, 2);
      }
    }
  });

  it('do not depend on their order', () => {
    const noise = (x: number, y: number) => (Math.sin(x * 12.9 + y * 78.2) + 1) / 2;
    const maps = [...TILES.map((tile) => mapOf(tile, 8, noise)), mapOf([0, 0, 200, 120], 20, noise)];
    const wanted = joinMaps(maps, PHOTO);
    fc.assert(
      fc.property(fc.shuffledSubarray(maps, { minLength: maps.length }), (shuffled) => {
        expect(joinMaps(shuffled, PHOTO)).toEqual(wanted);
      }),
      { numRuns: 20 },
    );
  });

  it('leave to a coarser one what no finer one covers, and nothing else', () => {
    const fine = mapOf(TILES[0], 8, () => 0.9);
    const coarse = mapOf([0, 0, 200, 120], 20, () => 0.2);
    const { data, width } = joinMaps([coarse, fine], PHOTO);
    expect(data[0]).toBeCloseTo(0.9);
    expect(data[9 * width + 11]).toBeCloseTo(0.9);
    expect(data[12 * width + 11]).toBeCloseTo(0.2);
    expect(data[20]).toBeCloseTo(0.2);
  });

  it('count the less, the nearer they are cut off', () => {
    const left = mapOf([0, 0, 120, 120], 8, () => 0);
    const right = mapOf([80, 0, 120, 120], 8, () => 1);
    const { data } = joinMaps([left, right], PHOTO);
    const across = Array.from(data.subarray(0, 25));
    expect(across.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(across.slice(15)).toEqual(Array(10).fill(1));
    expect(across).toEqual([...across].sort((a, b) => a - b));
    // 84 px: 36 px to where the left one ends, 4 px to where the right one does.
    expect(across[10]).toBeCloseTo(0.1);
  });

  it('are not made of nothing', () => {
    expect(() => joinMaps([], PHOTO)).toThrow(RangeError);
  });
});

it('a score lies between those of the cells around it, and goes on at the edge', () => {
  const map = mapOf([0, 0, 16, 8], 8, (x) => x / 16);
  expect(scoreAt(map, 0, 8, 4)).toBeCloseTo(0.5);
  expect(scoreAt(map, 0, 0, 0)).toBeCloseTo(0.25);
  expect(scoreAt(map, 1, 16, 8)).toBeCloseTo(0.25);
});
