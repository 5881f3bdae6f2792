/**
 * COCO's way of filling a polygon, after pycocotools (`rleFrPoly`, Dollár and Lin): the outline is walked in
 * steps of a fifth of a pixel; wherever it passes the centre line of a pixel column, the pixels from that height
 * on change sides. Even-odd within one polygon.
 */
import { rleFromChanges, type Rle } from './rle.js';

const STEPS_PER_PIXEL = 5;

/** Outlines that nobody drew, and that would take far too long to compare. */
export class IntricateOutlineError extends RangeError {}

/** Crossings of edges and pixel columns that are worth counting: more would take seconds, and outline nothing. */
const MAX_CROSSINGS = 10e6;

/**
 * Fills `[x0, y0, x1, y1, ...]`, in pixels, in an image of `width` x `height` pixels. Takes time for what lies within the
 * image alone, wherever the corners are.
 *
 * @throws {IntricateOutlineError} when edges cross columns more often than those of any outline do
 */
export function rleFromPolygon(polygon: readonly number[], width: number, height: number): Rle {
  const corners: Corner[] = [];
  for (let i = 0; i + 1 < polygon.length; i += 2) {
    corners.push([toSteps(polygon[i]!), toSteps(polygon[i + 1]!)]);
  }
  const edges = corners.map((from, i) => {
    const to = corners[(i + 1) % corners.length]!;
    return { from, to, columns: columnsBetween(from[0], to[0], width) };
  });
  const crossings = edges.reduce((sum, { columns: [first, end] }) => sum + Math.max(0, end - first), 0);
  if (crossings > MAX_CROSSINGS) throw new IntricateOutlineError();
  const changes = crossings > width * height * DENSE ? new DenseChanges(width * height) : new SparseChanges();
  for (const { from, to, columns } of edges) {
    const rowAt = rowsOf(from, to);
    for (let column = columns[0]; column < columns[1]; column++) {
      const row = Math.ceil(Math.min(height, Math.max(0, toPixels(rowAt(column)))));
      changes.toggle(column * height + row);
    }
  }
  // One at the end of the image changes nothing.
  return rleFromChanges(
    changes.list().filter((place) => place < width * height),
    width,
    height,
  );
}

/** From so many changes per pixel on it takes less time to go through all pixels than to sort the changes. */
const DENSE = 0.02;

/** Places at which a mask changes: two changes at one place undo each other. */
interface Changes {
  toggle(place: number): void;
  /** Rising. */
  list(): number[];
}

class SparseChanges implements Changes {
  private readonly places: number[] = [];

  toggle(place: number): void {
    this.places.push(place);
  }

  list(): number[] {
    const kept: number[] = [];
    for (const place of this.places.sort((a, b) => a - b)) {
      if (kept.at(-1) === place) kept.pop();
      else kept.push(place);
    }
    return kept;
  }
}

class DenseChanges implements Changes {
  private readonly bits: Uint8Array;

  constructor(places: number) {
    this.bits = new Uint8Array((places >> 3) + 1);
  }

  toggle(place: number): void {
    this.bits[place >> 3]! ^= 1 << (place & 7);
  }

  list(): number[] {
    const places: number[] = [];
    this.bits.forEach((byte, i) => {
      for (let bit = 0; byte >> bit; bit++) if ((byte >> bit) & 1) places.push(i * 8 + bit);
    });
    return places;
  }
}

type Corner = readonly [x: number, y: number];

function toSteps(pixels: number): number {
  return Math.trunc(STEPS_PER_PIXEL * pixels + 0.5);
}

/** Pixel whose centre lies at the middle of a step. */
function toPixels(steps: number): number {
  return (steps + 0.5) / STEPS_PER_PIXEL - 0.5;
}

/** The step left of a column's centre line, which lies between it and the next one. */
const stepBefore = (column: number): number => column * STEPS_PER_PIXEL + 2;

/** The columns whose centre lines an edge crosses, of those in the image: from the first to before the end. */
function columnsBetween(x0: number, x1: number, width: number): readonly [first: number, end: number] {
  const [left, right] = x0 < x1 ? [x0, x1] : [x1, x0];
  const first = Math.ceil((left - 2) / STEPS_PER_PIXEL);
  const end = Math.floor((right - 3) / STEPS_PER_PIXEL) + 1;
  return [Math.max(0, first), Math.min(width, end)];
}

/**
 * The lower of the two heights, in steps, between which an edge passes the columns' centre lines: on its way it takes one
 * step after the other along its longer side, and rounds the other coordinate.
 */
function rowsOf(from: Corner, to: Corner): (column: number) => number {
  if (Math.abs(to[0] - from[0]) >= Math.abs(to[1] - from[1])) {
    const line = lineBetween(from[0], from[1], to[0], to[1]);
    return (column) => Math.min(line(stepBefore(column)), line(stepBefore(column) + 1));
  }
  const line = lineBetween(from[1], from[0], to[1], to[0]);
  const [top, bottom] = from[1] < to[1] ? [from[1], to[1]] : [to[1], from[1]];
  const isRising = line(top) > line(bottom);
  // The last step before the line is passed, found by halving.
  return (column) => {
    const before = stepBefore(column);
    let [low, high] = [top, bottom];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (line(middle) > before === isRising) low = middle;
      else high = middle;
    }
    return low;
  };
}

/** The other coordinate of a walk along the longer side. The same points are met in either direction. */
function lineBetween(a0: number, b0: number, a1: number, b1: number): (a: number) => number {
  // Rounding always starts at the lower end.
  const [a, b, endA, endB] = a0 > a1 ? [a1, b1, a0, b0] : [a0, b0, a1, b1];
  const slope = endA === a ? 0 : (endB - b) / (endA - a);
  return (at) => Math.trunc(b + slope * (at - a) + 0.5);
}
