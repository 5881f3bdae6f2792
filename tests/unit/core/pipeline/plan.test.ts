import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Layout,
  layOut,
  MAX_VIEWS,
  planViews,
  scaleFor,
  SEEN_SIDE,
  tileSize,
  type Plan,
  type PlannedView,
} from '../../../../src/core/pipeline/plan.js';
import type { InputRule } from '../../../../src/core/types.js';
import { relativeTime } from '../../relative-time.js';

const SHIPPED: InputRule = { shortSide: 320, longSide: 960, maxUpscale: 1.6, stride: 32, padValue: 128 };
const FIXED: InputRule = { ...SHIPPED, shortSide: 640, longSide: 640, size: { width: 640, height: 512 } };
const WIDE: InputRule = { ...SHIPPED, shortSide: 800, longSide: 1333, maxUpscale: 1 };
const SQUARE: InputRule = { ...SHIPPED, shortSide: 640, longSide: 640 };

interface Planned extends Plan {
  /** Per level. */
  readonly overlaps: readonly number[];
}

function thorough(width: number, height: number, rule = SHIPPED, scale = 1): Planned {
  const options = { detail: 'thorough', scale } as const;
  const { levels } = layOut({ width, height }, rule, options);
  return {
    ...planViews({ width, height }, rule, options),
    overlaps: levels.map(({ overlap }) => overlap),
  };
}

interface Case {
  readonly width: number;
  readonly height: number;
  readonly rule: InputRule;
  readonly scale: number;
  readonly plan: Planned;
}

/** Photos of all shapes, long and narrow ones among them. */
const side = fc.oneof(fc.integer({ min: 1, max: 6000 }), fc.constantFrom(1, 2, 959, 960, 961, 60_000));
const cases = fc
  .record({
    width: side,
    height: side,
    rule: fc.constantFrom(SHIPPED, FIXED, WIDE, SQUARE),
    scale: fc.oneof(fc.double({ min: 0.02, max: 1.6, noNaN: true }), fc.constantFrom(0.35, 0.6, 1, 1.6)),
  })
  .filter(({ width, height, scale }) => width * height * scale * scale < 60e6)
  .map((one): Case => ({ ...one, plan: thorough(one.width, one.height, one.rule, one.scale) }));

const levelsOf = ({ views, overlaps }: Planned) =>
  overlaps.map((overlap, level) => ({ overlap, views: views.filter((view) => view.level === level) }));

/** Positions and length of a level's views along one axis. */
const along = (views: readonly PlannedView[], axis: 'x' | 'y') => ({
  starts: [...new Set(views.map((view) => view[axis]))].sort((a, b) => a - b),
  part: views[0]![axis === 'x' ? 'width' : 'height'],
});

describe('a plan', () => {
  it('begins with the whole photo, as a single view shows it', () => {
    const options = { detail: 'fast', scale: 1 } as const;
    const fast = planViews({ width: 6000, height: 4000 }, SHIPPED, options);
    expect(fast).toEqual({ detail: 'fast', scale: 0.08, isCapped: false, views: [fast.views[0]] });
    expect(fast.views[0]).toMatchObject({
      ...{ level: 0, x: 0, y: 0, width: 6000, height: 4000 },
      fit: { scale: 0.08, width: 480, height: 320, paddedWidth: 480, paddedHeight: 320 },
    });
    expect(thorough(6000, 4000).views[0]).toEqual(fast.views[0]);
  });

  it('lays tiles of one size over a photo, the last of a row and of a column moved inwards', () => {
    const { views, scale, overlaps } = thorough(2000, 1500);
    expect(scale).toBe(1);
    expect(overlaps).toEqual([0, 240]);
    expect(views.slice(1).map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [720, 0],
      [1040, 0],
      [0, 540],
      [720, 540],
      [1040, 540],
    ]);
    const fit = { scale: 1, width: 960, height: 960, paddedWidth: 960, paddedHeight: 960 };
    for (const view of views.slice(1)) expect(view).toMatchObject({ level: 1, width: 960, height: 960, fit });
  });

  it('has no tiles where the whole photo already has the scale', () => {
    expect(thorough(900, 300).views).toHaveLength(1);
    expect(thorough(900, 300).scale).toBeCloseTo(1.066, 2);
    expect(thorough(6000, 4000, SHIPPED, 0.08).views).toHaveLength(1);
    expect(thorough(6000, 4000, SHIPPED, 0.09).views.length).toBeGreaterThan(1);
  });

  it('has tiles of the one size that a network takes', () => {
    const { views } = thorough(3000, 2000, FIXED);
    for (const { fit } of views) expect(fit).toMatchObject({ paddedWidth: 640, paddedHeight: 512 });
    expect(views[1]).toMatchObject({ width: 640, height: 512, fit: { width: 640, height: 512 } });
  });

  it('closes the gap between the whole of a long photo and its tiles by another level', () => {
    const { views, overlaps } = thorough(20_000, 1500);
    expect(views[0]!.fit.scale).toBe(0.048);
    // 250 photo pixels are seen by the whole photo, 240 lie whole in a tile.
    expect(overlaps).toEqual([0, 4800, 240]);
    expect(views.filter(({ level }) => level === 1).map(({ x, y, width }) => [x, y, width])).toEqual([
      [0, 0, 19_200],
      [800, 0, 19_200],
    ]);
  });

  it.each([
    [1, 60_000],
    [60_000, 1],
    [1500, 60_000],
    [20_000, 1500],
    [1, 1],
  ])('can be made for %i x %i pixels', (width, height) => {
    const { views } = thorough(width, height);
    expect(views.length).toBeLessThan(300);
    for (const { fit } of views) {
      expect(Math.min(fit.width, fit.height)).toBeGreaterThan(0);
      expect(Math.max(fit.paddedWidth, fit.paddedHeight)).toBeLessThanOrEqual(960);
    }
  });

  it('is refused for a photo without pixels', () => {
    expect(() => thorough(0, 100)).toThrow(RangeError);
  });

  it('covers every pixel of the photo by every level, and nothing beyond it', () => {
    fc.assert(
      fc.property(cases, ({ width, height, plan }) => {
        for (const { views } of levelsOf(plan)) {
          for (const [axis, whole] of [
            ['x', width],
            ['y', height],
          ] as const) {
            const { starts, part } = along(views, axis);
            expect(starts[0]).toBe(0);
            expect(starts.at(-1)! + part).toBe(whole);
            for (const [i, start] of starts.slice(1).entries())
              expect(start).toBeLessThanOrEqual(starts[i]! + part);
          }
          // A grid: each column with each row.
          expect(views).toHaveLength(along(views, 'x').starts.length * along(views, 'y').starts.length);
        }
      }),
    );
  });

  it('makes all tiles of a level equal', () => {
    fc.assert(
      fc.property(cases, ({ plan }) => {
        for (const { views } of levelsOf(plan)) {
          const [{ width, height, fit }] = views as [PlannedView];
          for (const view of views) expect(view).toMatchObject({ width, height, fit });
        }
      }),
    );
  });

  it('holds what is no longer than the overlap whole in a tile', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(cases, place, place, place, ({ width, height, plan }, across, down, long) => {
        for (const { overlap, views } of levelsOf(plan).slice(1)) {
          const length = Math.max(1, Math.round(overlap * long));
          const [wide, high] = [Math.min(width, length), Math.min(height, length)];
          const [x, y] = [Math.round((width - wide) * across), Math.round((height - high) * down)];
          const holds = (view: PlannedView) =>
            view.x <= x && view.y <= y && x + wide <= view.x + view.width && y + high <= view.y + view.height;
          expect(views.some(holds)).toBe(true);
        }
      }),
    );
  });

  it('shows what is longer than the overlap well enough in the next coarser level', () => {
    fc.assert(
      fc.property(cases, ({ plan }) => {
        const levels = levelsOf(plan);
        for (const [i, { overlap }] of levels.slice(1).entries()) {
          const coarser = levels[i]!.views[0]!.fit.scale;
          expect(SEEN_SIDE / coarser).toBeLessThanOrEqual(overlap + 1e-9);
        }
      }),
    );
  });

  it('keeps to the scale, and to the size of a tile', () => {
    fc.assert(
      fc.property(cases, ({ plan, rule, scale }) => {
        const most = tileSize(rule);
        const whole = plan.views[0]!.fit.scale;
        expect(plan.scale).toBe(Math.max(whole, scale));
        for (const { level, width, height, fit } of plan.views.slice(1)) {
          expect(fit.width).toBeLessThanOrEqual(Math.max(1, most.width));
          expect(fit.height).toBeLessThanOrEqual(Math.max(1, most.height));
          expect(Math.abs(fit.width - width * fit.scale)).toBeLessThanOrEqual(1);
          expect(Math.abs(fit.height - height * fit.scale)).toBeLessThanOrEqual(1);
          expect(fit.scale).toBeGreaterThan(whole);
          if (level === plan.overlaps.length - 1) expect(fit.scale).toBe(scale);
        }
      }),
    );
  });
});

describe('a layout', () => {
  it('tells how many views there will be', () => {
    fc.assert(
      fc.property(cases, ({ width, height, rule, scale, plan }) => {
        const layout = layOut({ width, height }, rule, { detail: 'thorough', scale });
        expect(layout.planned).toBe(plan.views.length);
        expect(layout.isCapped).toBe(false);
      }),
    );
  });

  it('takes a smaller scale where there would be too many views', async () => {
    const tiny: InputRule = { ...SHIPPED, maxUpscale: 2, size: { width: 32, height: 32 } };
    const photo = { width: 12_000, height: 8000 };
    const lay = (): Layout => layOut(photo, tiny, { detail: 'thorough', scale: 2 });
    expect(await relativeTime(lay)).toBeLessThan(5);
    const layout = lay();
    expect(layout.isCapped).toBe(true);
    expect(layout.planned).toBeLessThanOrEqual(MAX_VIEWS);
    expect(layout.planned).toBeGreaterThan(0.8 * MAX_VIEWS);
    expect(layout.scale).toBeLessThan(2);
    // The scale that it found is one that can be asked for.
    const again = layOut(photo, tiny, { detail: 'thorough', scale: layout.scale });
    expect(again).toEqual({ ...layout, isCapped: false });
  });
});

describe('the scale', () => {
  it('shows the smallest defect with 12 network pixels, as far as the model enlarges', () => {
    expect(scaleFor(undefined, SHIPPED)).toBe(1);
    expect(scaleFor(24, SHIPPED)).toBe(0.5);
    expect(scaleFor(2, SHIPPED)).toBe(1.6);
    expect(scaleFor(undefined, { maxUpscale: 0.5 })).toBe(0.5);
  });
});

describe('a tile', () => {
  it('is as large as the photos that the model was trained on', () => {
    expect(tileSize(SHIPPED)).toEqual({ width: 960, height: 960 });
    expect(tileSize(WIDE)).toEqual({ width: 1333, height: 800 });
    expect(tileSize(FIXED)).toEqual({ width: 640, height: 512 });
  });
});
