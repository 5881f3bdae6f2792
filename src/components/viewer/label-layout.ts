import type { Point, Size } from './viewport.js';

export interface Rect extends Point, Size {}

export interface LabelRequest<T> {
  readonly item: T;
  /** The box that the label belongs to. */
  readonly anchor: Rect;
  /** Sizes from the most telling text to the shortest. */
  readonly sizes: readonly Size[];
  /** Drawn even where there is no room. */
  readonly isForced?: boolean;
}

export interface PlacedLabel<T> {
  readonly item: T;
  /** Index into `sizes`. */
  readonly variant: number;
  readonly rect: Rect;
}

/** From a label to what it belongs to. */
export interface Line {
  readonly from: Point;
  readonly to: Point;
}

/** A box of less than this many times the area of a label would be hidden by it. */
const SMALL = 4;
/** How far from its box a label may go, in heights of it, where there is no room beside the box. */
const RINGS = [1, 2, 3.5];

/**
 * Places labels one after the other, the important ones first, so that none covers another: above the box, below it or
 * beside it, `gap` away and within `bounds`, else a little further off. Rather than cover its own defect or a small one
 * the text is shortened; where there is no room at all it is left out.
 */
export function placeLabels<T>(
  requests: readonly LabelRequest<T>[],
  bounds: Rect,
  gap = 0,
): PlacedLabel<T>[] {
  const small = requests
    .filter(({ anchor, sizes: [size] }) => size && areaOf(anchor) < SMALL * areaOf(size))
    .map(({ anchor }) => anchor);
  const placed: PlacedLabel<T>[] = [];
  for (const request of requests) {
    if (!overlaps(request.anchor, bounds)) continue;
    const labels = placed.map(({ rect }) => rect);
    const label =
      findRoom(request, bounds, gap, [...labels, ...small, request.anchor]) ??
      (!request.isForced ? findRoom(request, bounds, gap, [...labels, ...small]) : undefined) ??
      findRoom(request, bounds, gap, labels);
    if (label) placed.push(label);
    else if (request.isForced) placed.push(forced(request, bounds, gap));
  }
  return placed;
}

/** A line to the nearest of the points, unless the label lies as good as beside it. Undefined also where they touch. */
export function findLeader(rect: Rect, points: readonly Point[], gap: number): Line | undefined {
  let best: (Line & { readonly length: number }) | undefined;
  for (const to of points) {
    const from = {
      x: Math.max(rect.x, Math.min(rect.x + rect.width, to.x)),
      y: Math.max(rect.y, Math.min(rect.y + rect.height, to.y)),
    };
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (!best || length < best.length) best = { from, to, length };
  }
  return best && best.length > 2 * gap ? { from: best.from, to: best.to } : undefined;
}

function findRoom<T>(
  { item, anchor, sizes }: LabelRequest<T>,
  bounds: Rect,
  gap: number,
  obstacles: readonly Rect[],
): PlacedLabel<T> | undefined {
  const find = (variant: number, size: Size, away: number) => {
    for (const place of places(anchor, size, away)) {
      const rect = within({ ...place, ...size }, bounds);
      if (!obstacles.some((other) => overlaps(rect, other))) return { item, variant, rect };
    }
    return undefined;
  };
  for (const rings of [[0], RINGS]) {
    for (const [variant, size] of sizes.entries()) {
      for (const ring of rings) {
        const found = find(variant, size, gap + ring * size.height);
        if (found) return found;
      }
    }
  }
  return undefined;
}

function forced<T>({ item, anchor, sizes }: LabelRequest<T>, bounds: Rect, gap: number): PlacedLabel<T> {
  const size = sizes[0]!;
  return { item, variant: 0, rect: within({ ...places(anchor, size, gap)[0]!, ...size }, bounds) };
}

function places({ x, y, width, height }: Rect, size: Size, gap: number): Point[] {
  const above = y - size.height - gap;
  const below = y + height + gap;
  const right = x + width;
  return [
    { x, y: above },
    { x, y: below },
    { x: right + gap, y },
    { x: x - size.width - gap, y },
    { x: right - size.width, y: above },
    { x: right - size.width, y: below },
  ];
}

const areaOf = ({ width, height }: Size) => width * height;

function within(rect: Rect, bounds: Rect): Rect {
  const x = Math.max(bounds.x, Math.min(rect.x, bounds.x + bounds.width - rect.width));
  const y = Math.max(bounds.y, Math.min(rect.y, bounds.y + bounds.height - rect.height));
  return { ...rect, x, y };
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
