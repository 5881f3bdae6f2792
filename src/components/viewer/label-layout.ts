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

/** A box of less than this many times the area of a label would be hidden by it. */
const SMALL = 4;

/**
 * Places labels one after the other, the important ones first, so that none covers another: above the box, below it or
 * beside it, `gap` away and within `bounds`. Rather than cover a small defect the text is shortened; where there is no
 * room at all it is left out.
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
    const labels = placed.map(({ rect }) => rect);
    const label =
      (!request.isForced && findRoom(request, bounds, gap, [...labels, ...small])) ||
      findRoom(request, bounds, gap, labels);
    if (label) placed.push(label);
    else if (request.isForced && overlaps(request.anchor, bounds)) placed.push(forced(request, bounds, gap));
  }
  return placed;
}

function findRoom<T>(
  { item, anchor, sizes }: LabelRequest<T>,
  bounds: Rect,
  gap: number,
  obstacles: readonly Rect[],
): PlacedLabel<T> | undefined {
  if (!overlaps(anchor, bounds)) return undefined;
  for (const [variant, size] of sizes.entries()) {
    for (const place of places(anchor, size, gap)) {
      const rect = within({ ...place, ...size }, bounds);
      if (!obstacles.some((other) => overlaps(rect, other))) return { item, variant, rect };
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
