import { classColor } from '../../core/colors.js';
import type { Detection } from '../../core/types.js';
import { colorOn } from './contrast.js';
import { luminanceUnder, type Ground } from './ground.js';
import { outlineOf } from './outline.js';
import { overlappingPairs } from './overlaps.js';
import { paintLabels } from './paint-labels.js';
import type { Context2D, PaintOptions } from './paint-options.js';
import type { Viewport } from './viewport.js';

export type { Context2D, PaintOptions };

const LINE = 1.75;
/** Around the coloured line a dark one and a light one: one of them stands out from whatever lies beneath. */
const DARK = 'rgba(0, 0, 0, 0.75)';
const LIGHT = 'rgba(255, 255, 255, 0.7)';
/** So long is a selected defect that has its box drawn as well. */
const LARGE = 40;
/** From one line of the hatching to the next. */
const HATCH = 8;

/**
 * `viewport` in canvas pixels. Hovered and selected defects lie on top, small ones above large ones; where two overlap, the
 * one below is hatched over the other.
 */
export function paintDetections(
  context: Context2D,
  detections: readonly Detection[],
  viewport: Viewport,
  options: PaintOptions,
): void {
  const rank = ({ id }: Detection) =>
    Number(id === options.hoveredId) + 2 * Number(id === options.selectedId);
  const order = [...detections].sort((a, b) => rank(a) - rank(b) || b.area - a.area);
  context.save();
  context.lineJoin = 'round';
  for (const detection of order) paintFill(context, detection, viewport, options);
  for (const [below, above] of overlappingPairs(detections)) {
    paintHatching(context, below, above, viewport, options);
  }
  for (const detection of order) paintOutline(context, detection, viewport, options);
  if (options.labels) paintLabels(context, order, viewport, options);
  context.restore();
}

function paintFill(context: Context2D, detection: Detection, view: Viewport, options: PaintOptions): void {
  if (detection.contours.length === 0) return;
  const isMarked = detection.id === options.selectedId || detection.id === options.hoveredId;
  context.setTransform(view.scale, 0, 0, view.scale, view.x, view.y);
  context.globalAlpha = Math.min(1, options.opacity + (isMarked ? 0.1 : 0));
  context.fillStyle = classColor(options.classes, detection.classId);
  context.fill(outlineOf(detection), 'evenodd');
  context.globalAlpha = 1;
}

function paintOutline(context: Context2D, detection: Detection, view: Viewport, options: PaintOptions): void {
  const { scale, x, y } = view;
  const isSelected = detection.id === options.selectedId;
  const isHovered = detection.id === options.hoveredId;
  const color = lineColor(detection, options);
  const path = outlineOf(detection);
  context.setTransform(scale, 0, 0, scale, x, y);
  // One unit on the screen, whatever the zoom.
  const unit = options.unit / scale;
  const width = isSelected || isHovered ? LINE + 0.75 : LINE;
  const stroke = (style: string, extra: number) => {
    context.strokeStyle = style;
    context.lineWidth = (width + extra) * unit;
    context.stroke(path);
  };
  if (isSelected) stroke('#000000', 5);
  stroke(isSelected ? '#ffffff' : LIGHT, 3);
  stroke(DARK, 1.5);
  stroke(color, 0);
  const isLarge = Math.max(detection.box[2], detection.box[3]) * scale > LARGE * options.unit;
  // Around a small defect the box would be all that is seen of it.
  if (options.boxes || (isSelected && isLarge)) paintBox(context, detection, color, unit, isSelected);
}

function paintBox(
  context: Context2D,
  { box }: Detection,
  color: string,
  unit: number,
  isSelected: boolean,
): void {
  context.setLineDash(isSelected ? [] : [5 * unit, 3 * unit]);
  for (const [style, width] of [
    [DARK, isSelected ? 3 : 2.5],
    [isSelected ? '#ffffff' : color, 1.25],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width * unit;
    context.strokeRect(...box);
  }
  context.setLineDash([]);
}

/** Lines in the colour of the defect below, where the other one covers it. They move with the photo, but don't grow with it. */
function paintHatching(
  context: Context2D,
  below: Detection,
  above: Detection,
  { scale, x, y }: Viewport,
  options: PaintOptions,
): void {
  const { width, height } = context.canvas;
  const left = Math.max(0, Math.max(below.box[0], above.box[0]) * scale + x);
  const top = Math.max(0, Math.max(below.box[1], above.box[1]) * scale + y);
  const right = Math.min(width, Math.min(endX(below), endX(above)) * scale + x);
  const bottom = Math.min(height, Math.min(endY(below), endY(above)) * scale + y);
  if (left >= right || top >= bottom) return;
  context.save();
  context.setTransform(scale, 0, 0, scale, x, y);
  context.clip(outlineOf(below), 'evenodd');
  context.clip(outlineOf(above), 'evenodd');
  context.setTransform(1, 0, 0, 1, 0, 0);
  const step = HATCH * options.unit;
  context.beginPath();
  // Along each line the sum of its distances from the photo's corner is the same.
  const first = Math.ceil((left - x + top - y) / step) * step + x + y;
  for (let sum = first; sum < right + bottom; sum += step) {
    context.moveTo(sum - top, top);
    context.lineTo(sum - bottom, bottom);
  }
  context.strokeStyle = lineColor(below, options);
  context.lineWidth = 1.25 * options.unit;
  context.stroke();
  context.restore();
}

const endX = ({ box }: Detection): number => box[0] + box[2];
const endY = ({ box }: Detection): number => box[1] + box[3];

const known = new WeakMap<Ground, WeakMap<Detection, string>>();

/** The class's colour, lighter or darker where it would be lost on the photo. */
function lineColor(detection: Detection, { classes, ground }: PaintOptions): string {
  const color = classColor(classes, detection.classId);
  if (!ground) return color;
  let colors = known.get(ground);
  if (!colors) known.set(ground, (colors = new WeakMap()));
  let line = colors.get(detection);
  if (line === undefined) {
    line = colorOn(color, luminanceUnder(ground, detection));
    colors.set(detection, line);
  }
  return line;
}
