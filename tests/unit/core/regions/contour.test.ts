import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ringArea, ringContains, traceContours } from '../../../../src/core/regions/contour.js';
import type { Box } from '../../../../src/core/types.js';
import { areaOf, DISC, gridOf, RING, type Grid } from '../helpers.js';

/** The field of the mask rule, written down once more and as plainly as possible. */
function fieldAt(x: number, y: number, [left, top, width, height]: Box, grid: Grid): number {
  const { size, rows = size, data } = grid;
  const clamp = (v: number, sides: number) => Math.min(sides - 1, Math.max(0, v));
  const u = clamp(((x - left) / width) * size - 0.5, size);
  const v = clamp(((y - top) / height) * rows - 0.5, rows);
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const at = (column: number, row: number) =>
    data[Math.min(row, rows - 1) * size + Math.min(column, size - 1)]!;
  const above = at(i, j) * (1 - (u - i)) + at(i + 1, j) * (u - i);
  const below = at(i, j + 1) * (1 - (u - i)) + at(i + 1, j + 1) * (u - i);
  return above * (1 - (v - j)) + below * (v - j);
}

const trace = (box: Box, grid: Grid, width: number, height: number) =>
  traceContours({ box, ...grid }, width, height);

type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

function segments(rings: readonly Float32Array[]): Segment[] {
  return rings.flatMap((ring) =>
    Array.from({ length: ring.length / 2 }, (_, i): Segment => {
      const next = (2 * i + 2) % ring.length;
      return [ring[2 * i]!, ring[2 * i + 1]!, ring[next]!, ring[next + 1]!];
    }),
  );
}

function isInside(x: number, y: number, outline: readonly Segment[]): boolean {
  let inside = false;
  for (const [x0, y0, x1, y1] of outline) {
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  }
  return inside;
}

function distance(x: number, y: number, outline: readonly Segment[]): number {
  return Math.min(
    ...outline.map(([x0, y0, x1, y1]) => {
      const [dx, dy] = [x1 - x0, y1 - y0];
      const t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
      return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
    }),
  );
}

const totalArea = (rings: readonly Float32Array[]) => rings.reduce((sum, ring) => sum + ringArea(ring), 0);

const [WIDTH, HEIGHT] = [160, 110];
const box = fc.tuple(
  fc.double({ min: -60, max: 150, noNaN: true }),
  fc.double({ min: -60, max: 100, noNaN: true }),
  fc.double({ min: 0.3, max: 220, noNaN: true }),
  fc.double({ min: 0.3, max: 220, noNaN: true }),
);
/** Noise, few levels (which meet the iso-line exactly), or smooth blobs. */
const side = fc.integer({ min: 1, max: 12 });
const mask: fc.Arbitrary<Grid> = fc.tuple(side, side).chain(([size, rows]) => {
  const of = (value: fc.Arbitrary<number>, scale = 1) =>
    fc
      .array(value, { minLength: size * rows, maxLength: size * rows })
      .map((data) => ({ size, rows, data: Float32Array.from(data, (one) => one / scale) }));
  return fc.oneof(
    of(fc.float({ min: 0, max: 1, noNaN: true })),
    of(fc.constantFrom(0, 0.25, 0.5, 0.75, 1)),
    of(fc.nat(255), 255),
    fc.constantFrom(DISC, RING),
  );
});

describe('traceContours', () => {
  it('closes a full mask along the box', () => {
    const [ring, ...others] = trace(
      [10.5, 20, 30, 15.25],
      gridOf(28, () => 1),
      100,
      100,
    );
    expect(others).toEqual([]);
    expect(ring).toHaveLength(8);
    expect(ringArea(ring!)).toBe(30 * 15.25);
  });

  it('closes a full mask along the photo where the box leaves it', () => {
    const rings = trace(
      [-5, -8, 200, 20],
      gridOf(4, () => 1),
      100,
      100,
    );
    expect(rings).toHaveLength(1);
    expect(ringArea(rings[0]!)).toBe(100 * 12);
  });

  it('finds nothing where nothing reaches the level or the photo', () => {
    expect(
      trace(
        [10, 10, 30, 30],
        gridOf(28, () => 0.49),
        100,
        100,
      ),
    ).toEqual([]);
    expect(
      trace(
        [10, 10, 30, 30],
        gridOf(28, () => NaN),
        100,
        100,
      ),
    ).toEqual([]);
    expect(trace([110, 10, 30, 30], DISC, 100, 100)).toEqual([]);
    expect(trace([10, 10, 0, 30], DISC, 100, 100)).toEqual([]);
    expect(trace([NaN, 10, 5, 30], DISC, 100, 100)).toEqual([]);
  });

  it('drops a spot that only touches the level', () => {
    const touching = gridOf(5, (x, y) => (x === 2 && y === 2 ? 0.5 : 0));
    expect(trace([0, 0, 50, 50], touching, 100, 100)).toEqual([]);
  });

  it('cuts a linear ramp at the level, to a fraction of a pixel', () => {
    const ramp = gridOf(4, (x) => x / 3);
    const [ring] = trace([0, 0, 40, 10], ramp, 100, 100);
    // Half way between grid values 1 and 2, and closed along the right, upper and lower edge.
    expect(Array.from(ring!).sort((a, b) => a - b)).toEqual([0, 0, 10, 10, 20, 20, 40, 40]);
    expect(ringArea(ring!)).toBe(200);
  });

  it('runs clockwise on screen around a mask and the other way around its hole', () => {
    const rings = trace([20, 10, 84, 84], RING, 200, 200);
    const areas = rings.map(ringArea).sort((a, b) => a - b);
    expect(areas).toHaveLength(2);
    // The field's levels lie at radius 6 and 12 of the grid, one grid unit being 3 pixels.
    expect(areas[0]).toBeCloseTo(-Math.PI * 18 ** 2, -2);
    expect(areas[1]).toBeCloseTo(Math.PI * 36 ** 2, -2);
  });

  it('follows the hyperbola inside large cells', () => {
    // One cell of 1000 x 1000 pixels whose level line is the hyperbola (x - 500) (y - 500) = 27 778.
    const saddle: Grid = { size: 2, data: Float32Array.of(0.9, 0, 0, 0.9) };
    const big = [-500, -500, 2000, 2000] as const;
    const rings = trace(big, saddle, 1000, 1000);
    for (const [x0, y0, x1, y1] of segments(rings)) {
      const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
      const onEdge = [x, y].some((v) => v < 0.01 || v > 999.99);
      if (!onEdge) expect(Math.abs(fieldAt(x, y, big, saddle) - 0.5)).toBeLessThan(2e-4);
    }
    expect(segments(rings).length).toBeLessThan(200);
  });

  it.each([
    ['joins the inside corners of a saddle above the level', [0.9, 0.3, 0.3, 0.9], 1],
    ['parts the inside corners of a saddle below the level', [0.7, 0.1, 0.1, 0.7], 2],
  ] as const)('%s', (_, data, count) => {
    expect(trace([0, 0, 40, 40], { size: 2, data: Float32Array.from(data) }, 40, 40)).toHaveLength(count);
  });

  it('gives clean rings within box and photo', () => {
    fc.assert(
      fc.property(box, mask, (box, mask) => {
        const [x, y, width, height] = box;
        // Single precision: 1e-4 pixels at these coordinates.
        const isWithin = (value: number, start: number, length: number, limit: number) =>
          value >= Math.max(0, start) - 1e-4 && value <= Math.min(limit, start + length) + 1e-4;
        for (const ring of trace(box, mask, WIDTH, HEIGHT)) {
          const sides = segments([ring]);
          expect(sides.length).toBeGreaterThanOrEqual(3);
          expect(sides.filter(([x0, y0, x1, y1]) => x0 === x1 && y0 === y1)).toEqual([]);
          expect(sides.filter(([x0]) => !isWithin(x0, x, width, WIDTH))).toEqual([]);
          expect(sides.filter(([, y0]) => !isWithin(y0, y, height, HEIGHT))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('encloses exactly the points that belong to the mask', () => {
    fc.assert(
      fc.property(
        box,
        mask,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (box, mask, stream) => {
          const outline = segments(trace(box, mask, WIDTH, HEIGHT));
          const [x0, y0] = [Math.max(0, box[0]), Math.max(0, box[1])];
          const [x1, y1] = [Math.min(WIDTH, box[0] + box[2]), Math.min(HEIGHT, box[1] + box[3])];
          if (x1 <= x0 || y1 <= y0) expect(outline).toEqual([]);
          // Specks and slivers of a thousandth of a pixel may be dropped as collinear.
          if (x1 - x0 < 3 || y1 - y0 < 3) return;
          for (let i = 0; i < 40; i++) {
            const x = x0 + (x1 - x0) * (stream.next().value as number);
            const y = y0 + (y1 - y0) * (stream.next().value as number);
            const value = fieldAt(x, y, box, mask);
            // Plateaus near the level are on the line wherever they are.
            if (Math.abs(value - 0.5) < 0.01 || distance(x, y, outline) < 0.1) continue;
            expect(isInside(x, y, outline)).toBe(value >= 0.5);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('stays within 0.1 px of the iso-line', () => {
    // Points are held in 32 bits: rounded by some 1e-5 px, they may lie beside a field that is as good as flat.
    const rounding = 1e-5;
    const spread = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(box, mask, spread, (box, mask, stream) => {
        const [x0, y0] = [Math.max(0, box[0]), Math.max(0, box[1])];
        const [x1, y1] = [Math.min(WIDTH, box[0] + box[2]), Math.min(HEIGHT, box[1] + box[3])];
        const outline = segments(trace(box, mask, WIDTH, HEIGHT));
        for (let i = 0; i < 20 && outline.length > 0; i++) {
          const t = stream.next().value as number;
          const [ax, ay, bx, by] =
            outline[Math.floor((stream.next().value as number) * 0.999 * outline.length)]!;
          const [x, y] = [ax + (bx - ax) * t, ay + (by - ay) * t];
          // Along the edges of box and photo the outline is closed, whatever the field.
          if (Math.min(x - x0, x1 - x, y - y0, y1 - y) < 0.11) continue;
          const around = Array.from({ length: 33 }, (_, k) => {
            const [angle, radius] = [k * 0.39, 0.1 * (k / 32)];
            return fieldAt(x + radius * Math.cos(angle), y + radius * Math.sin(angle), box, mask);
          });
          const ring = Array.from({ length: 32 }, (_, k) => {
            const angle = (k * Math.PI) / 16;
            return fieldAt(x + 0.1 * Math.cos(angle), y + 0.1 * Math.sin(angle), box, mask);
          });
          const values = [...around, ...ring];
          // A plateau on the level has no line.
          if (values.every((value) => Math.abs(value - 0.5) < rounding)) continue;
          expect(Math.min(...values)).toBeLessThan(0.5 + rounding);
          expect(Math.max(...values)).toBeGreaterThanOrEqual(0.5 - rounding);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('encloses the area that the pixels have', () => {
    fc.assert(
      fc.property(box, fc.constantFrom(DISC, RING), (box, mask) => {
        const rings = trace(box, mask, WIDTH, HEIGHT);
        const length = segments(rings).reduce(
          (sum, [x0, y0, x1, y1]) => sum + Math.hypot(x1 - x0, y1 - y0),
          0,
        );
        const pixels = areaOf({ box, ...mask }, WIDTH, HEIGHT);
        // A straight edge between two columns of pixel centres is off by half a pixel at most along its length.
        expect(Math.abs(totalArea(rings) - pixels)).toBeLessThanOrEqual(0.5 * length + 1);
      }),
      { numRuns: 300 },
    );
    const rings = trace([10, 10, 90.5, 80.25], DISC, WIDTH, HEIGHT);
    const pixels = areaOf({ box: [10, 10, 90.5, 80.25], ...DISC }, WIDTH, HEIGHT);
    expect(totalArea(rings) / pixels).toBeCloseTo(1, 2);
  });

  it('turns outer rings one way and holes the other', () => {
    fc.assert(
      fc.property(box, mask, (box, mask) => {
        const rings = trace(box, mask, WIDTH, HEIGHT);
        rings.forEach((ring, i) => {
          if (Math.abs(ringArea(ring)) < 0.5) return;
          const others = segments(rings.filter((_, other) => other !== i));
          // A point of the ring that no other ring comes near: how deep does it lie in the others?
          for (let k = 0; k < ring.length; k += 2) {
            if (others.length > 0 && distance(ring[k]!, ring[k + 1]!, others) < 0.01) continue;
            expect(ringArea(ring) < 0).toBe(isInside(ring[k]!, ring[k + 1]!, others));
            break;
          }
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('ringArea and ringContains', () => {
  it('is positive for clockwise on screen', () => {
    expect(ringArea([0, 0, 4, 0, 4, 3, 0, 3])).toBe(12);
    expect(ringArea([0, 0, 0, 3, 4, 3, 4, 0])).toBe(-12);
  });

  it('encloses what lies between its edges, in notches not', () => {
    const notched = [0, 0, 10, 0, 10, 10, 5, 4, 0, 10];
    expect(ringContains(notched, 5, 3)).toBe(true);
    expect(ringContains(notched, 1, 7)).toBe(true);
    expect(ringContains(notched, 5, 7)).toBe(false);
    expect(ringContains(notched, 11, 3)).toBe(false);
  });
});
