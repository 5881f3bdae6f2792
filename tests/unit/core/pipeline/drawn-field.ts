/**
 * Drawn defects, and what a network would find of them in a view: masks on a 28 x 28 grid over the box of what lies in the view,
 * blurred by the view's scale, some of them missed, scores that differ from view to view.
 */
import { mulberry32 } from '../../../../src/core/random.js';
import { gridShape } from '../../../../src/core/families/grid-shape.js';
import { moved, type Found, type SeenView } from '../../../../src/core/pipeline/found.js';
import type { PlannedView } from '../../../../src/core/pipeline/plan.js';
import { intersectRects, type Rect } from '../../../../src/core/rect.js';
import { RegionColumns } from '../../../../src/core/regions/region-sets.js';
import { RegionBuilder } from '../../../../src/core/regions/region.js';
import type { Region } from '../../../../src/core/types.js';

export interface Drawn {
  readonly classId: number;
  /** 0..1, of which a view gives a little more or less. */
  readonly score: number;
  /** Photo pixels from the outline, negative inside. */
  distance(x: number, y: number): number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A disc, or, with ends apart, all that lies within a radius of the line between them. */
export function band(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  radius: number,
  { classId = 1, score = 0.8 } = {},
): Drawn {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  return {
    classId,
    score,
    distance(x, y) {
      const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
      return Math.hypot(x - x0 - t * dx, y - y0 - t * dy) - radius;
    },
    left: Math.min(x0, x1) - radius,
    top: Math.min(y0, y1) - radius,
    right: Math.max(x0, x1) + radius,
    bottom: Math.max(y0, y1) + radius,
  };
}

export const disc = (x: number, y: number, radius: number, options = {}): Drawn =>
  band(x, y, x, y, radius, options);

/** The drawn pixels. */
export function drawnRegion(
  { left, top, right, bottom, distance }: Drawn,
  photo: Pick<Rect, 'width' | 'height'>,
): Region {
  const builder = new RegionBuilder();
  for (let x = Math.max(0, Math.floor(left)); x < Math.min(photo.width, Math.ceil(right)); x++) {
    let from = -1;
    const end = Math.min(photo.height, Math.ceil(bottom) + 1);
    for (let y = Math.max(0, Math.floor(top)); y <= end; y++) {
      const isInside = y < end && distance(x + 0.5, y + 0.5) <= 0;
      if (isInside && from < 0) from = y;
      if (!isInside && from >= 0) {
        builder.add(x, from, y);
        from = -1;
      }
    }
  }
  return builder.build()!;
}

export interface Sight {
  /** 0..1: of what is in a view, how much it misses. */
  readonly missed?: number;
  /** By how much a score is more or less, at most. */
  readonly wander?: number;
  /** By how many network pixels a side of a box is off, at most. */
  readonly jitter?: number;
  readonly seed?: number;
}

/** Network pixels of the longer side of what a network finds. */
const LEAST = 6;
/** Network pixels between two things that look like one. */
const RESOLUTION = 2;
const GRID = 28;

/** What a network finds in a view. */
export function look(view: PlannedView, drawn: readonly Drawn[], sight: Sight = {}): SeenView {
  const found = clusters(drawn, RESOLUTION / view.fit.scale).flatMap((cluster, i) => {
    const random = generator([sight.seed ?? 0, i, view.level, view.x, view.y]);
    const isMissed = random() < (sight.missed ?? 0);
    return isMissed ? [] : (find(view, cluster, sight, random) ?? []);
  });
  found.sort((a, b) => b.score - a.score);
  return seenBy(view, ...found);
}

/** What a view has brought that found these, in no time. */
export const seenBy = (view: PlannedView, ...found: readonly Found[]): SeenView => ({
  view,
  found,
  isCapped: false,
  unmasked: [],
  timing: { resample: 0, infer: 0, post: 0, total: 0 },
});

function find(
  view: PlannedView,
  cluster: Drawn,
  { wander = 0, jitter = 0 }: Sight,
  random: () => number,
): Found | undefined {
  const { scale } = view.fit;
  const { left, top, right, bottom } = cluster;
  const seen = intersectRects(view, { x: left, y: top, width: right - left, height: bottom - top });
  if (!seen || Math.max(seen.width, seen.height) * scale < LEAST) return undefined;
  const off = () => ((2 * random() - 1) * jitter) / scale;
  const x0 = Math.max(0, seen.x - view.x + off());
  const y0 = Math.max(0, seen.y - view.y + off());
  const x1 = Math.min(view.width, seen.x - view.x + seen.width + off());
  const y1 = Math.min(view.height, seen.y - view.y + seen.height + off());
  const [width, height] = [x1 - x0, y1 - y0];
  const data = Float32Array.from({ length: GRID * GRID }, (_, i) => {
    const x = view.x + x0 + (((i % GRID) + 0.5) / GRID) * width;
    const y = view.y + y0 + ((Math.floor(i / GRID) + 0.5) / GRID) * height;
    const blur = Math.max(0.5 / scale, (0.5 * Math.min(width, height)) / GRID);
    return 1 / (1 + Math.exp((2 * cluster.distance(x, y)) / blur));
  });
  const shape = gridShape({ box: [x0, y0, width, height], size: GRID, data }, view);
  // A corner of its box may be all that lies in the view.
  if (!shape || Math.max(shape.region.width, shape.region.height) * scale < LEAST) return undefined;
  const score = Math.min(1, Math.max(0.05, cluster.score + (2 * random() - 1) * wander));
  return moved({ classId: cluster.classId, score, box: [x0, y0, width, height], ...shape }, view.x, view.y);
}

/** What lies so close together that it looks like one, by its boxes. */
function clusters(drawn: readonly Drawn[], gap: number): Drawn[] {
  const groups: Drawn[][] = [];
  const isNear = (a: Drawn, b: Drawn) =>
    a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom + gap && b.top < a.bottom + gap;
  for (const one of drawn) {
    const near = groups.filter((group) => group.some((other) => isNear(one, other)));
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push([...near.flat(), one]);
  }
  return groups.map((group) => ({
    ...group[0]!,
    distance: (x, y) => Math.min(...group.map((one) => one.distance(x, y))),
    left: Math.min(...group.map((one) => one.left)),
    top: Math.min(...group.map((one) => one.top)),
    right: Math.max(...group.map((one) => one.right)),
    bottom: Math.max(...group.map((one) => one.bottom)),
  }));
}

/** Numbers 0..1 that depend on nothing but the seeds. */
const generator = (seeds: readonly number[]): (() => number) =>
  mulberry32(
    seeds.reduce(
      (hash, seed) => Math.imul(hash ^ (seed + 0x9e3779b9), 0x85ebca6b) ^ (hash >>> 13),
      0x1234567,
    ),
  );

export const iouOf = (a: Region, b: Region): number => {
  const [one, other] = [new RegionColumns(a), new RegionColumns(b)];
  const shared = one.sharedArea(other);
  return shared / (one.area + other.area - shared);
};
