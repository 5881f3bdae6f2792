/** What a person has marked, as it lies on the photo: hatched, and its border exactly that of its pixels. */
import { classColor } from '../../../core/colors.js';
import { borderOf } from '../../../core/regions/border.js';
import type { LessonClass, Mark } from '../../../workbench/lessons/lesson.js';
import { textOn } from '../contrast.js';
import { overlaps, type Rect } from '../label-layout.js';
import type { Context2D } from '../paint-options.js';
import type { Point, Viewport } from '../viewport.js';

export interface MarkOptions {
  readonly classes: readonly LessonClass[];
  readonly selectedId: number | undefined;
  /** Of the filling, 0..1. */
  readonly opacity: number;
  /** Whether the names of classes are written beside the marks. */
  readonly labels: boolean;
  /** Canvas pixels per unit of line widths and text. */
  readonly unit: number;
}

const LINE = 1.75;
/** From one line of the hatching to the next. */
const HATCH = 7;
const DARK = 'rgba(0, 0, 0, 0.8)';
const LIGHT = '#ffffff';
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const TAG = { font: 12, height: 18, padding: 5, gap: 6, longest: 28 };

/** @param viewport in canvas pixels */
export function paintMarks(
  context: Context2D,
  marks: readonly Mark[],
  viewport: Viewport,
  options: MarkOptions,
): void {
  const isSelected = ({ id }: Mark) => id === options.selectedId;
  // The selected one is seen whole.
  const order = marks.toSorted((a, b) => Number(isSelected(a)) - Number(isSelected(b)));
  const seen = order.filter((mark) => isInView(context, boxOf(mark, viewport)));
  context.save();
  context.lineJoin = 'round';
  for (const mark of seen) {
    const color = classColor(options.classes, mark.classId);
    paintArea(context, mark, color, viewport, options);
    paintBorder(context, mark, color, viewport, options.unit, isSelected(mark));
  }
  if (options.labels) paintTags(context, seen.toReversed(), viewport, options);
  context.restore();
}

interface Border {
  readonly path: Path2D;
  /** A point of it, in photo pixels. */
  readonly top: Point;
  readonly bottom: Point;
}

const borders = new WeakMap<Mark, Border>();

function borderFor(mark: Mark): Border {
  let border = borders.get(mark);
  if (!border) borders.set(mark, (border = makeBorder(mark)));
  return border;
}

function makeBorder({ region }: Mark): Border {
  const path = new Path2D();
  let top: Point = { x: region.x, y: Infinity };
  let bottom: Point = { x: region.x, y: 0 };
  for (const ring of borderOf(region)) {
    path.moveTo(ring[0]!, ring[1]!);
    for (let i = 0; i < ring.length; i += 2) {
      const [x, y] = [ring[i]!, ring[i + 1]!];
      path.lineTo(x, y);
      if (y < top.y) top = { x, y };
      if (y > bottom.y) bottom = { x, y };
    }
    path.closePath();
  }
  return { path, top, bottom };
}

/** In canvas pixels. */
function boxOf({ region }: Mark, { scale, x, y }: Viewport): Rect {
  return {
    x: region.x * scale + x,
    y: region.y * scale + y,
    width: region.width * scale,
    height: region.height * scale,
  };
}

const isInView = ({ canvas }: Context2D, { x, y, width, height }: Rect): boolean =>
  x < canvas.width && y < canvas.height && x + width > 0 && y + height > 0;

function paintArea(
  context: Context2D,
  mark: Mark,
  color: string,
  viewport: Viewport,
  { opacity, unit }: MarkOptions,
): void {
  const { scale, x, y } = viewport;
  const box = boxOf(mark, viewport);
  const [left, right] = [Math.max(0, box.x), Math.min(context.canvas.width, box.x + box.width)];
  const [top, bottom] = [Math.max(0, box.y), Math.min(context.canvas.height, box.y + box.height)];
  context.save();
  context.setTransform(scale, 0, 0, scale, x, y);
  context.clip(borderFor(mark).path, 'evenodd');
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = opacity;
  context.fillStyle = color;
  context.fillRect(left, top, right - left, bottom - top);
  context.globalAlpha = 1;
  // They lie still on the photo, and run the other way than where two detections overlap.
  const step = HATCH * unit;
  context.beginPath();
  const first = Math.floor((left - x - (bottom - y)) / step) * step + x - y;
  for (let difference = first; difference < right - top; difference += step) {
    context.moveTo(difference + top, top);
    context.lineTo(difference + bottom, bottom);
  }
  for (const [style, width] of [
    [DARK, 2.25],
    [color, 1.25],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width * unit;
    context.stroke();
  }
  context.restore();
}

function paintBorder(
  context: Context2D,
  mark: Mark,
  color: string,
  { scale, x, y }: Viewport,
  unit: number,
  isSelected: boolean,
): void {
  context.setTransform(scale, 0, 0, scale, x, y);
  for (const [style, width] of [
    [DARK, LINE + (isSelected ? 7 : 4)],
    [LIGHT, LINE + (isSelected ? 5 : 2.5)],
    [color, LINE],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = (width * unit) / scale;
    context.stroke(borderFor(mark).path);
  }
}

/** Below each mark, since detections have theirs above; those that came first go before others. */
function paintTags(
  context: Context2D,
  marks: readonly Mark[],
  { scale, x, y }: Viewport,
  { classes, unit, selectedId }: MarkOptions,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.font = `600 ${TAG.font * unit}px ${FONT}`;
  context.textBaseline = 'middle';
  context.direction = 'ltr';
  context.textAlign = 'left';
  const { width, height } = context.canvas;
  const placed: Rect[] = [];
  for (const mark of marks) {
    const name = shorten(classes.find(({ id }) => id === mark.classId)?.name ?? '');
    const { top, bottom } = borderFor(mark);
    const size = {
      width: context.measureText(name).width + 2 * TAG.padding * unit,
      height: TAG.height * unit,
    };
    const below = bottom.y * scale + y + TAG.gap * unit;
    const above = top.y * scale + y - TAG.gap * unit - size.height;
    const isBelow = below + size.height <= height;
    const left = (isBelow ? bottom.x : top.x) * scale + x - size.width / 2;
    const rect = {
      ...size,
      x: Math.max(0, Math.min(width - size.width, left)),
      y: Math.max(0, Math.min(height - size.height, isBelow ? below : above)),
    };
    if (mark.id !== selectedId && placed.some((other) => overlaps(other, rect))) continue;
    placed.push(rect);
    paintTag(context, rect, name, classColor(classes, mark.classId), unit);
  }
}

function paintTag(context: Context2D, rect: Rect, name: string, color: string, unit: number): void {
  context.beginPath();
  context.roundRect(rect.x, rect.y, rect.width, rect.height, 3 * unit);
  for (const [style, width] of [
    [DARK, 4],
    [LIGHT, 2.5],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width * unit;
    context.stroke();
  }
  context.fillStyle = color;
  context.fill();
  context.fillStyle = textOn(color);
  context.fillText(name, rect.x + TAG.padding * unit, rect.y + rect.height / 2 + unit / 2);
}

const shorten = (name: string): string =>
  name.length <= TAG.longest ? name : `${name.slice(0, TAG.longest - 1)}…`;
