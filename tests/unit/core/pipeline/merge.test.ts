import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Found, SeenView } from '../../../../src/core/pipeline/found.js';
import { mergeViews } from '../../../../src/core/pipeline/merge.js';
import { planViews, type PlannedView } from '../../../../src/core/pipeline/plan.js';
import { ringArea } from '../../../../src/core/regions/contour.js';
import { RegionColumns } from '../../../../src/core/regions/region-sets.js';
import { MAX_PHOTO_DETECTIONS, SCORE_FLOOR, type Region } from '../../../../src/core/types.js';
import { band, disc, drawnRegion, iouOf, look, seenBy, type Drawn, type Sight } from './drawn-field.js';

const PHOTO = { width: 900, height: 500 };
const TILE = 160;
const OVERLAP = 40;
/** Of a network that sees as much as a tile at once. */
const RULE = { shortSide: TILE, longSide: TILE, maxUpscale: 1, stride: 32, padValue: 128 };

function viewAt(
  level: number,
  x: number,
  y: number,
  width: number,
  height: number,
  scale: number,
): PlannedView {
  const fit = {
    scale,
    width: Math.round(width * scale),
    height: Math.round(height * scale),
    paddedWidth: Math.ceil((width * scale) / 32) * 32,
    paddedHeight: Math.ceil((height * scale) / 32) * 32,
  };
  return { level, x, y, width, height, fit };
}

const WHOLE = viewAt(0, 0, 0, PHOTO.width, PHOTO.height, 0.2);

interface Grid {
  readonly tile?: number;
  readonly overlap?: number;
  /** By how much the first tile of a row, and that of a column, is shorter. */
  readonly shift?: number;
}

/** Tiles of the photo at its own scale, those at its edges cut there. */
function tiles({ tile = TILE, overlap = OVERLAP, shift = 0 }: Grid = {}): PlannedView[] {
  const step = tile - overlap;
  const stretches = (whole: number) => {
    const all: (readonly [start: number, length: number])[] = [];
    for (let start = -shift; start < whole - overlap || start === 0; start += step) {
      const from = Math.max(0, start);
      all.push([from, Math.min(whole, start + tile) - from]);
    }
    return all;
  };
  return stretches(PHOTO.height).flatMap(([y, height]) =>
    stretches(PHOTO.width).map(([x, width]) => viewAt(1, x, y, width, height, 1)),
  );
}

const merged = (seen: readonly SeenView[]) => mergeViews(seen, PHOTO).found;
const inspected = (views: readonly PlannedView[], drawn: readonly Drawn[], sight: Sight = {}) =>
  merged(views.map((view) => look(view, drawn, sight)));

/** Something that a view says it has found, filling a rectangle. */
function rectangle(x: number, y: number, width: number, height: number, classId = 1, score = 0.8): Found {
  return {
    classId,
    score,
    region: { x, y, width, height, counts: Uint32Array.of(0, width * height) },
    contours: [Float32Array.of(x, y, x + width, y, x + width, y + height, x, y + height)],
  };
}

const LEFT = viewAt(1, 0, 0, 160, 160, 1);
const RIGHT = viewAt(1, 120, 0, 160, 160, 1);

const boxes = (found: readonly Found[]) =>
  found.map(({ region: { x, y, width, height }, classId, score }) => [x, y, width, height, classId, score]);

describe('what one view has found', () => {
  it('stays as it is', () => {
    const seen = seenBy(
      WHOLE,
      rectangle(5, 5, 10, 10, 2),
      rectangle(4, 5, 10, 10, 1),
      rectangle(5, 5, 9, 9, 2, 0.06),
    );
    expect(mergeViews([seen], PHOTO)).toEqual({ found: seen.found, isTruncated: false });
    expect(mergeViews([{ ...seen, isCapped: true }], PHOTO).isTruncated).toBe(true);
    expect(mergeViews([], PHOTO)).toEqual({ found: [], isTruncated: false });
  });

  it('keeps several classes at one place, which its neighbour sees the same way', () => {
    const both = [rectangle(125, 20, 20, 20, 1), rectangle(126, 20, 20, 20, 2, 0.5)];
    const others = [rectangle(125, 21, 20, 20, 1, 0.6), rectangle(126, 21, 20, 20, 2, 0.7)];
    expect(boxes(merged([seenBy(LEFT, ...both), seenBy(RIGHT, ...others)]))).toEqual([
      [125, 20, 20, 20, 1, 0.7],
      [126, 21, 20, 20, 2, 0.6],
    ]);
  });
});

describe('what two views of one scale have found', () => {
  it('is one where both see it whole, the better one, as likely as both say on average', () => {
    const found = merged([
      seenBy(LEFT, rectangle(125, 20, 20, 20, 1, 0.6)),
      seenBy(RIGHT, rectangle(127, 20, 20, 20, 2)),
    ]);
    expect(boxes(found)).toEqual([[127, 20, 20, 20, 2, 0.7]]);
  });

  it('is less likely where a view sees it whole and does not find it, and none the less where one sees it cut off', () => {
    const inBoth = rectangle(125, 20, 20, 20);
    expect(merged([seenBy(LEFT, inBoth), seenBy(RIGHT)])[0]!.score).toBeCloseTo((0.8 + SCORE_FLOOR) / 2);
    const cutOnTheRight = rectangle(140, 20, 60, 20);
    expect(merged([seenBy(LEFT), seenBy(RIGHT, cutOnTheRight)])).toEqual([cutOnTheRight]);
    expect(
      boxes(merged([seenBy(LEFT, rectangle(150, 20, 10, 20, 1, 0.1)), seenBy(RIGHT, cutOnTheRight)])),
    ).toEqual(boxes([cutOnTheRight]));
    // The border of a view cuts off what lies at it, even where it does not reach beyond.
    expect(merged([seenBy(LEFT), seenBy(RIGHT, rectangle(139, 20, 20, 20))])[0]!.score).toBe(0.8);
  });

  it('yields, cut off at a border, to the view that sees it whole', () => {
    // What is cut off is often taken for something else, and for surer than it is.
    const found = merged([
      seenBy(LEFT, rectangle(150, 22, 10, 14, 2, 0.7)),
      seenBy(RIGHT, rectangle(148, 20, 60, 30, 1)),
    ]);
    expect(boxes(found)).toEqual([[148, 20, 60, 30, 1, 0.8]]);
  });

  it('yields as a sliver, too, which may lie a pixel beside what the other view sees', () => {
    const whole = rectangle(161, 20, 60, 12);
    expect(boxes(merged([seenBy(LEFT, rectangle(158, 20, 2, 12)), seenBy(RIGHT, whole)]))).toEqual(
      boxes([whole]),
    );
    // Something whole that lies there is not a sliver of it.
    expect(merged([seenBy(LEFT, rectangle(140, 20, 18, 12)), seenBy(RIGHT, whole)])).toHaveLength(2);
  });

  it('becomes one where neither sees it whole, of the better class and score', () => {
    const found = merged([
      seenBy(LEFT, rectangle(60, 20, 100, 20, 1, 0.6)),
      seenBy(RIGHT, rectangle(120, 20, 100, 20, 2, 0.9)),
    ]);
    expect(boxes(found)).toEqual([[60, 20, 160, 20, 2, 0.9]]);
    expect(found[0]!.contours).toHaveLength(1);
    expect(Math.abs(ringArea(found[0]!.contours[0]!) - 160 * 20)).toBeLessThan(1);
    expect(found[0]).not.toHaveProperty('box');
  });

  it('stays two where they do not agree in what both see, or one is too faint', () => {
    const left = seenBy(LEFT, rectangle(60, 20, 100, 20));
    expect(merged([left, seenBy(RIGHT, rectangle(120, 36, 100, 30))])).toHaveLength(2);
    expect(boxes(merged([left, seenBy(RIGHT, rectangle(120, 20, 100, 20, 1, 0.1))]))).toEqual([
      [60, 20, 100, 20, 1, 0.1],
      [120, 20, 100, 20, 1, 0.1],
    ]);
  });

  it('is, where a border cuts it off, no surer than the view says that sees across that border and finds nothing it could be a part of', () => {
    const cut = rectangle(60, 20, 100, 20);
    expect(merged([seenBy(LEFT, cut), seenBy(RIGHT)])[0]!.score).toBe(SCORE_FLOOR);
    const elsewhere = rectangle(200, 100, 30, 30);
    const found = merged([seenBy(LEFT, cut), seenBy(RIGHT, elsewhere)]);
    expect(found.map(({ score }) => score)).toEqual([0.8, SCORE_FLOOR]);
    // Nobody has looked there yet.
    expect(merged([seenBy(LEFT, cut), seenBy(WHOLE)])[0]!.score).toBe(0.8);
  });

  it('is joined from the prongs of a fork, but not from two answers to one question', () => {
    const handle = rectangle(120, 20, 100, 50);
    const fork = [rectangle(60, 20, 100, 22), rectangle(60, 48, 100, 22, 1, 0.7)];
    expect(merged([seenBy(LEFT, ...fork), seenBy(RIGHT, handle)])).toHaveLength(1);
    const answers = [rectangle(60, 20, 100, 50), rectangle(62, 20, 98, 50, 2, 0.7)];
    expect(boxes(merged([seenBy(LEFT, ...answers), seenBy(RIGHT, handle)]))).toEqual([
      [60, 20, 160, 50, 1, 0.8],
      [62, 20, 98, 50, 2, 0.7],
    ]);
  });
});

describe('what views of two scales have found', () => {
  const pits = [rectangle(40, 40, 12, 12), rectangle(55, 40, 12, 12, 2, 0.5)];

  it('is what the finer one sees, where that sees it whole', () => {
    const blob = seenBy(WHOLE, rectangle(35, 35, 38, 22, 3, 0.9));
    expect(boxes(merged([blob, seenBy(LEFT, ...pits)]))).toEqual(boxes(pits));
    expect(merged([blob, seenBy(LEFT)])).toEqual([]);
    const [pit] = pits;
    expect(boxes(merged([seenBy(WHOLE, rectangle(39, 39, 14, 14, 3, 0.9)), seenBy(LEFT, pit!)]))).toEqual(
      boxes([pit!]),
    );
    // Where no finer view was run, nothing is known better.
    expect(merged([blob, seenBy(RIGHT)])).toEqual(blob.found);
  });

  it('is the coarse one where that is large and the finer ones see pieces, or little things on it', () => {
    const large = seenBy(WHOLE, rectangle(10, 10, 300, 120));
    expect(boxes(merged([large, seenBy(LEFT, rectangle(12, 12, 148, 118, 2, 0.9))]))).toEqual([
      [10, 10, 300, 120, 2, 0.9],
    ]);
    expect(merged([large, seenBy(LEFT, ...pits)])).toHaveLength(3);
  });

  it('is the finer one where that joins nearly all of it', () => {
    const large = seenBy(WHOLE, rectangle(10, 10, 268, 126, 1, 0.9));
    const found = merged([
      large,
      seenBy(LEFT, rectangle(14, 14, 146, 118, 2)),
      seenBy(RIGHT, rectangle(120, 14, 150, 118, 2)),
    ]);
    expect(boxes(found)).toEqual([[14, 14, 256, 118, 1, 0.9]]);
  });

  it('is one line, as thin as the finer one sees it', () => {
    const line = seenBy(WHOLE, rectangle(10, 40, 260, 14));
    const found = merged([
      line,
      seenBy(LEFT, rectangle(12, 45, 148, 3)),
      seenBy(RIGHT, rectangle(120, 45, 148, 3)),
    ]);
    expect(boxes(found)).toEqual([[12, 45, 256, 3, 1, 0.8]]);
  });
});

describe('at most so many', () => {
  it('come back, the best ones', () => {
    const views = Array.from({ length: 51 }, (_, i) => viewAt(1, 160 * i, 0, 160, 160, 1));
    const seen = views.map((view) =>
      seenBy(
        view,
        ...Array.from({ length: 100 }, (_, i) =>
          rectangle(view.x + 15 * (i % 10) + 4, 15 * Math.floor(i / 10) + 4, 8, 8, 1, 0.5 + view.x / 20_000),
        ),
      ),
    );
    const { found, isTruncated } = mergeViews(seen, { width: 160 * 51, height: 160 });
    expect(isTruncated).toBe(true);
    expect(found).toHaveLength(MAX_PHOTO_DETECTIONS);
    expect(Math.min(...found.map(({ region }) => region.x))).toBeGreaterThan(160);
  });
});

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const sights: fc.Arbitrary<Sight> = fc.record({
  wander: number(0, 0.15),
  jitter: number(0, 1),
  seed: fc.nat(1000),
});

/** Discs and bands that keep a distance, as large as a tile sees whole and larger. */
const fields: fc.Arbitrary<Drawn[]> = fc
  .array(
    fc.oneof(
      fc.record({
        x: number(20, 880),
        y: number(20, 480),
        length: fc.constant(0),
        slope: fc.constant(0),
        radius: number(6, 60),
      }),
      fc.record({
        x: number(20, 600),
        y: number(20, 480),
        length: number(50, 700),
        slope: number(-0.06, 0.06),
        radius: number(12, 20),
      }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => {
    const kept: Drawn[] = [];
    for (const { x, y, length, slope, radius } of all) {
      const one = band(
        x,
        y,
        Math.min(880, x + length),
        Math.min(480, Math.max(20, y + slope * length)),
        radius,
      );
      const isFree = (other: Drawn) =>
        one.left > other.right + 3 ||
        other.left > one.right + 3 ||
        one.top > other.bottom + 3 ||
        other.top > one.bottom + 3;
      if (kept.every(isFree)) kept.push(one);
    }
    return kept;
  });

const grids: fc.Arbitrary<Grid> = fc.record({
  tile: fc.integer({ min: 140, max: 260 }),
  overlap: fc.integer({ min: 35, max: 60 }),
  shift: fc.nat(79),
});

/** For each of some regions, how well it was found. */
const likeness = (found: readonly Found[], regions: readonly Region[]): number[] =>
  regions.map((region) => Math.max(0, ...found.map((one) => iouOf(one.region, region))));

const regionsOf = (drawn: readonly Drawn[]): Region[] => drawn.map((one) => drawnRegion(one, PHOTO));

/** Least IoU of what is found with what was drawn, by masks of 28 x 28 values in boxes up to a network pixel off. */
const LIKE_DRAWN = 0.7;
/** Least IoU of what is found by two sets of tiles: each may be off by itself. */
const ALIKE = 0.7;

/** From the smallest to what is longer than a tile. */
const FIELD = [
  disc(60, 60, 6),
  disc(131, 70, 6),
  disc(300, 90, 18),
  disc(520, 110, 60),
  band(30, 300, 720, 285, 12),
  band(200, 430, 560, 440, 20),
];
/** Boxes a whole network pixel off, by an amount that is not a round one. */
const FARTHEST_OFF: Sight = { wander: 2e-118, jitter: 0.9999999999999991, seed: 1000 };

/** Many views are looked at for each field. */
const RUNS = { numRuns: 15, endOnFailure: true };
const TIMEOUT = 60_000;

describe('drawn defects', () => {
  it(
    'are each found once, whatever the tiles, and by tiles shifted by half a tile alike',
    () => {
      fc.assert(
        fc.property(fields, sights, grids, fc.boolean(), (drawn, sight, grid, isWithWhole) => {
          const whole = isWithWhole ? [WHOLE] : [];
          const found = inspected([...whole, ...tiles(grid)], drawn, sight);
          expect(found).toHaveLength(drawn.length);
          expect(Math.min(...likeness(found, regionsOf(drawn)))).toBeGreaterThan(LIKE_DRAWN);
          const shift = (grid.shift ?? 0) + Math.round((grid.tile ?? TILE) / 2);
          const others = inspected([...whole, ...tiles({ ...grid, shift })], drawn, sight);
          expect(others).toHaveLength(drawn.length);
          for (const { region, score } of found) {
            const [same] = [...others].sort((a, b) => iouOf(b.region, region) - iouOf(a.region, region));
            expect(iouOf(same!.region, region)).toBeGreaterThan(ALIKE);
            expect(Math.abs(same!.score - score)).toBeLessThanOrEqual(2 * (sight.wander ?? 0) + 1e-9);
          }
        }),
        {
          ...RUNS,
          examples: [
            [FIELD, FARTHEST_OFF, { tile: 144, overlap: 35 }, true],
            [FIELD, FARTHEST_OFF, { tile: 144, overlap: 35 }, false],
          ],
        },
      );
    },
    TIMEOUT,
  );

  it(
    'are each found once by all the views of a plan, those of scales in between, too',
    () => {
      const { views } = planViews(PHOTO, RULE, { detail: 'thorough', scale: 1 });
      expect(new Set(views.map(({ level }) => level)).size).toBe(3);
      fc.assert(
        fc.property(fields, sights, (drawn, sight) => {
          const found = inspected(views, drawn, sight);
          expect(found).toHaveLength(drawn.length);
          expect(Math.min(...likeness(found, regionsOf(drawn)))).toBeGreaterThan(LIKE_DRAWN);
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  it(
    'are the same in whatever order the views come',
    () => {
      const views = [WHOLE, ...tiles()];
      const orders = fc.shuffledSubarray(views, { minLength: views.length, maxLength: views.length });
      const missed = number(0, 0.3);
      fc.assert(
        fc.property(fields, sights, missed, orders, (drawn, sight, share, order) => {
          const look = { ...sight, missed: share };
          expect(inspected(order, drawn, look)).toEqual(inspected(views, drawn, look));
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  it(
    'are never found twice, and never joined to another, when views miss some',
    () => {
      fc.assert(
        fc.property(fields, sights, grids, number(0, 0.3), (drawn, sight, grid, missed) => {
          const found = inspected(tiles(grid), drawn, { ...sight, missed });
          const regions = regionsOf(drawn).map((region) => new RegionColumns(region));
          const columns = found.map(({ region }) => new RegionColumns(region));
          for (const one of columns) {
            expect(
              regions.filter((region) => region.sharedArea(one) > 0.1 * region.area).length,
            ).toBeLessThan(2);
            const others = columns.filter((other) => other !== one);
            for (const other of others)
              expect(one.sharedArea(other)).toBeLessThan(0.5 * Math.min(one.area, other.area));
          }
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  it(
    'stay two where they are 3 px apart',
    () => {
      fc.assert(
        fc.property(
          number(40, 840),
          number(40, 440),
          number(6, 18),
          fc.boolean(),
          sights,
          grids,
          (x, y, radius, isBeside, sight, grid) => {
            const apart = 2 * radius + 3;
            const pits = [
              disc(x, y, radius),
              isBeside ? disc(x + apart, y, radius) : disc(x, y + apart, radius),
            ];
            const found = inspected([WHOLE, ...tiles(grid)], pits, { ...sight, jitter: 0.5 });
            expect(found).toHaveLength(2);
            expect(Math.min(...likeness(found, regionsOf(pits)))).toBeGreaterThan(LIKE_DRAWN);
          },
        ),
        RUNS,
      );
    },
    TIMEOUT,
  );

  it(
    'are one across many tiles, with one outline',
    () => {
      fc.assert(
        fc.property(
          number(40, 120),
          number(-0.05, 0.05),
          number(12, 20),
          sights,
          grids,
          (y, slope, radius, sight, grid) => {
            const long = band(30, 150 + y, 870, 150 + y + 840 * slope, radius);
            const [one, ...others] = inspected([WHOLE, ...tiles(grid)], [long], { ...sight, jitter: 0 });
            expect(others).toEqual([]);
            const [region] = regionsOf([long]);
            expect(iouOf(one!.region, region!)).toBeGreaterThan(0.88);
            expect(one!.contours).toHaveLength(1);
            const area = 2 * radius * 840 * Math.hypot(1, slope) + Math.PI * radius * radius;
            // Where a tile's border runs along the band, less than half a pixel may be missing.
            expect(Math.abs(ringArea(one!.contours[0]!) - area)).toBeLessThan(0.01 * area + 0.5 * 840);
          },
        ),
        RUNS,
      );
    },
    TIMEOUT,
  );

  it(
    'have the area that was drawn, within 1 %, across five tiles of a row',
    () => {
      const row = Array.from({ length: 5 }, (_, i) => viewAt(1, 160 * i, 0, 220, PHOTO.height, 1));
      fc.assert(
        fc.property(number(12, 20), number(-0.3, 0.3), sights, (radius, slope, sight) => {
          const [from, to] = [40, 820];
          const long = band(from, 250 - slope * 390, to, 250 + slope * 390, radius);
          const [one, ...others] = inspected(row, [long], { ...sight, jitter: 0 });
          expect(others).toEqual([]);
          expect(one!.contours).toHaveLength(1);
          const area = 2 * radius * Math.hypot(to - from, 2 * slope * 390) + Math.PI * radius * radius;
          expect(Math.abs(ringArea(one!.contours[0]!) / area - 1)).toBeLessThan(0.01);
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );
});
