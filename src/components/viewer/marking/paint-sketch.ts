/** What is being drawn, and what with, as it is to be seen above the photo. */
import type { Context2D } from '../paint-options.js';
import type { Point, Size, Viewport } from '../viewport.js';
import type { Sketch } from './sketch.js';

const DARK = 'rgba(0, 0, 0, 0.8)';
const LIGHT = '#ffffff';
/** Of the filling. */
const OPACITY = 0.35;

/** What a tool looks like, where it is. */
export interface Cursor {
  readonly kind: 'brush' | 'crosshair';
  /** In photo pixels. */
  readonly at: Point;
  /** Of the brush, photo pixels. */
  readonly radius: number;
}

interface Look {
  /** Of the class that is marked, `#rrggbb`. */
  readonly color: string;
  /** Canvas pixels of a line that is one wide, whatever the zoom. */
  readonly unit: number;
}

/** @param viewport in canvas pixels */
export function paintSketch(
  context: Context2D,
  sketch: Sketch,
  photo: Size,
  { scale, x, y }: Viewport,
  { color, unit }: Look,
): void {
  context.save();
  context.setTransform(scale, 0, 0, scale, x, y);
  context.beginPath();
  context.rect(0, 0, photo.width, photo.height);
  context.clip();
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const line = unit / scale;
  if (sketch.kind === 'stroke') paintStroke(context, sketch, sketch.erases ? LIGHT : color, line);
  else {
    const path = pathOf(sketch);
    context.globalAlpha = OPACITY;
    context.fillStyle = color;
    context.fill(path, 'evenodd');
    context.globalAlpha = 1;
    for (const [style, width] of [
      [DARK, 4.5],
      [LIGHT, 3],
      [color, 1.5],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = width * line;
      context.stroke(path);
    }
    if (sketch.kind === 'polygon') paintCorners(context, sketch.corners, line);
  }
  context.restore();
}

/** One line as wide as the brush, with a light rim: nothing is under it on this canvas. */
function paintStroke(
  context: Context2D,
  { points, radius }: Extract<Sketch, { kind: 'stroke' }>,
  color: string,
  line: number,
): void {
  const path = new Path2D();
  points.forEach(({ x, y }, i) => (i > 0 ? path.lineTo(x, y) : path.moveTo(x, y)));
  // A line of no length is not drawn everywhere.
  if (points.length === 1) path.lineTo(points[0]!.x + 1e-3, points[0]!.y);
  const stroke = (style: string, extra: number) => {
    context.strokeStyle = style;
    context.lineWidth = 2 * radius + extra * line;
    context.stroke(path);
  };
  stroke(DARK, 3.5);
  stroke(LIGHT, 2);
  context.globalCompositeOperation = 'destination-out';
  stroke('#000000', 0);
  context.globalCompositeOperation = 'source-over';
  context.globalAlpha = OPACITY;
  stroke(color, 0);
  context.globalAlpha = 1;
}

function pathOf(sketch: Exclude<Sketch, { kind: 'stroke' }>): Path2D {
  const path = new Path2D();
  if (sketch.kind === 'rectangle') {
    const { from, to } = sketch;
    path.rect(
      Math.min(from.x, to.x),
      Math.min(from.y, to.y),
      Math.abs(to.x - from.x),
      Math.abs(to.y - from.y),
    );
    return path;
  }
  const { corners, to } = sketch;
  (to ? [...corners, to] : corners).forEach(({ x, y }, i) => (i > 0 ? path.lineTo(x, y) : path.moveTo(x, y)));
  if (corners.length > 1) path.closePath();
  return path;
}

/** The first one is larger: a press there completes the polygon. */
function paintCorners(context: Context2D, corners: readonly Point[], line: number): void {
  corners.forEach(({ x, y }, i) => {
    context.beginPath();
    context.arc(x, y, (i === 0 ? 5 : 3) * line, 0, 2 * Math.PI);
    context.fillStyle = LIGHT;
    context.fill();
    context.strokeStyle = DARK;
    context.lineWidth = 1.5 * line;
    context.stroke();
  });
}

/** A ring of the brush's size, or a cross; dark and light, to be seen on whatever lies beneath. */
export function paintCursor(
  context: Context2D,
  { kind, at, radius }: Cursor,
  { scale, x, y }: Viewport,
  unit: number,
): void {
  const [left, top] = [at.x * scale + x, at.y * scale + y];
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.beginPath();
  const ring = radius * scale;
  if (kind === 'brush') {
    context.arc(left, top, ring, 0, 2 * Math.PI);
  }
  // Where the ring is hardly to be seen, a cross says where it is.
  if (kind === 'crosshair' || ring < 4 * unit) {
    const [inner, outer] = [4 * unit + (kind === 'brush' ? ring : 0), 14 * unit];
    for (const [dx, dy] of SIDES) {
      context.moveTo(left + dx * inner, top + dy * inner);
      context.lineTo(left + dx * outer, top + dy * outer);
    }
  }
  strokeTwice(context, 3.5, 1.5, unit);
  context.restore();
}

/** A ring with four ticks around a place that is to be looked at, the same at any zoom. */
export function paintPlace(context: Context2D, place: Point, { scale, x, y }: Viewport, unit: number): void {
  const [left, top] = [place.x * scale + x, place.y * scale + y];
  const [radius, tick] = [26 * unit, 10 * unit];
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.beginPath();
  context.arc(left, top, radius, 0, 2 * Math.PI);
  for (const [dx, dy] of SIDES) {
    context.moveTo(left + dx * radius, top + dy * radius);
    context.lineTo(left + dx * (radius + tick), top + dy * (radius + tick));
  }
  strokeTwice(context, 5, 2.5, unit);
  context.restore();
}

const SIDES = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

/** A light line in a dark one, to be seen on whatever lies beneath. */
function strokeTwice(context: Context2D, dark: number, light: number, unit: number): void {
  for (const [style, width] of [
    [DARK, dark],
    [LIGHT, light],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width * unit;
    context.stroke();
  }
}
