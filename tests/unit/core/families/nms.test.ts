import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suppress } from '../../../../src/core/families/ultralytics/nms.js';

type Corners = readonly [number, number, number, number];

/** Straight from the definition, on areas. */
function iou(a: Corners, b: Corners): number {
  const area = ([x1, y1, x2, y2]: Corners) => Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
  const both = area([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);
  return both === 0 ? 0 : both / (area(a) + area(b) - both);
}

const boxes = fc.array(
  fc.record({
    x: fc.integer({ min: -20, max: 40 }),
    y: fc.integer({ min: -20, max: 40 }),
    width: fc.integer({ min: 0, max: 30 }),
    height: fc.integer({ min: 0, max: 30 }),
    score: fc.integer({ min: 0, max: 8 }),
    label: fc.integer({ min: 0, max: 2 }),
  }),
  { maxLength: 40 },
);
const threshold = fc.constantFrom(0, 0.3, 0.5, 0.7, 1);

const cornersOf = (all: readonly { x: number; y: number; width: number; height: number }[]) =>
  all.map(({ x, y, width, height }): Corners => [x, y, x + width, y + height]);

function run(all: typeof boxes extends fc.Arbitrary<infer T> ? T : never, limit: number, level: number) {
  const corners = cornersOf(all);
  const kept = suppress(
    {
      corners: corners.flat(),
      scores: all.map(({ score }) => score),
      classes: all.map(({ label }) => label),
    },
    level,
    limit,
  );
  return { corners, kept };
}

describe('suppress', () => {
  it('keeps no two boxes of a class that overlap too much', () => {
    fc.assert(
      fc.property(boxes, threshold, (all, level) => {
        const { corners, kept } = run(all, Infinity, level);
        for (const a of kept) {
          for (const b of kept) {
            if (a === b || all[a]!.label !== all[b]!.label) continue;
            expect(iou(corners[a]!, corners[b]!)).toBeLessThanOrEqual(level);
          }
        }
      }),
    );
  });

  it('drops a box only for one of its class that is kept, before it, and overlaps it too much', () => {
    fc.assert(
      fc.property(boxes, threshold, (all, level) => {
        const { corners, kept } = run(all, Infinity, level);
        for (const [index, { score, label }] of all.entries()) {
          if (kept.includes(index)) continue;
          const reason = kept.some(
            (other) =>
              all[other]!.label === label &&
              (all[other]!.score > score || (all[other]!.score === score && other < index)) &&
              iou(corners[index]!, corners[other]!) > level,
          );
          expect(reason).toBe(true);
        }
      }),
    );
  });

  it('gives the best first, and with a limit just the best', () => {
    fc.assert(
      fc.property(boxes, fc.integer({ min: 0, max: 5 }), (all, limit) => {
        const { kept } = run(all, Infinity, 0.5);
        const scores = kept.map((index) => all[index]!.score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        expect(run(all, limit, 0.5).kept).toEqual(kept.slice(0, limit));
      }),
    );
  });

  it('copes with thousands of boxes', () => {
    const all = Array.from({ length: 8400 }, (_, i) => ({
      x: (i * 37) % 640,
      y: (i * 91) % 640,
      width: 40,
      height: 40,
      score: (i * 13) % 1000,
      label: i % 3,
    }));
    expect(run(all, 300, 0.7).kept).toHaveLength(300);
  });
});
