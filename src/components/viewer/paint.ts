/** Paints defects over a photo: the same code for the viewer, at any zoom, and for `annotate`. */
import { classColor } from '../../core/colors.js';
import type { Detection, ModelClass } from '../../core/types.js';
import { text } from '../../messages/text.js';
import { textOn } from './contrast.js';
import { placeLabels, type Rect } from './label-layout.js';
import { outlineOf } from './outline.js';
import type { Viewport } from './viewport.js';

export type Context2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface PaintOptions {
  readonly classes: readonly ModelClass[];
  /** Of the masks' filling, 0..1. Outlines are always opaque. */
  readonly opacity: number;
  readonly labels: boolean;
  readonly boxes: boolean;
  /** Canvas pixels per unit of line widths and text: the device pixel ratio on a screen. */
  readonly unit: number;
  readonly selectedId?: number | undefined;
  readonly hoveredId?: number | undefined;
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const FONT_SIZE = 12;
const LABEL_HEIGHT = 18;
const LABEL_PADDING = 5;
const LABEL_GAP = 3;
const LINE = 1.75;
/** A dark line around the coloured one: it stands out from bright and from dark metal. */
const CASING = 'rgba(0, 0, 0, 0.6)';

/** The photo itself: smooth when shrunk, true pixels when magnified. */
export function paintPhoto(context: Context2D, photo: ImageBitmap, { scale, x, y }: Viewport): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.imageSmoothingEnabled = scale < 3;
  // 'high' took repaints to the 50 ms that block a page where there is no GPU.
  context.imageSmoothingQuality = 'medium';
  context.drawImage(photo, x, y, photo.width * scale, photo.height * scale);
}

/** `viewport` in canvas pixels. Hovered and selected defects lie on top, small ones above large ones. */
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
  for (const detection of order) paintMask(context, detection, viewport, options);
  if (options.labels) paintLabels(context, order, viewport, options);
  context.restore();
}

function paintMask(context: Context2D, detection: Detection, view: Viewport, options: PaintOptions): void {
  const { scale, x, y } = view;
  const isSelected = detection.id === options.selectedId;
  const isHovered = detection.id === options.hoveredId;
  const color = classColor(options.classes, detection.classId);
  const path = outlineOf(detection);
  context.setTransform(scale, 0, 0, scale, x, y);
  context.globalAlpha = Math.min(1, options.opacity + (isHovered && !isSelected ? 0.15 : 0));
  context.fillStyle = color;
  if (detection.contours.length > 0) context.fill(path, 'evenodd');
  context.globalAlpha = 1;

  // One unit on the screen, whatever the zoom.
  const unit = options.unit / scale;
  const width = (isSelected || isHovered ? LINE + 0.75 : LINE) * unit;
  const stroke = (style: string, extra: number) => {
    context.strokeStyle = style;
    context.lineWidth = width + extra * unit;
    context.stroke(path);
  };
  if (isSelected) {
    stroke(CASING, 3.5);
    stroke('#ffffff', 2);
  } else {
    stroke(CASING, 1.5);
  }
  stroke(color, 0);
  if (options.boxes || isSelected) paintBox(context, detection, color, unit, isSelected);
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
    [CASING, isSelected ? 3 : 2.5],
    [isSelected ? '#ffffff' : color, 1.25],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width * unit;
    context.strokeRect(...box);
  }
  context.setLineDash([]);
}

function paintLabels(
  context: Context2D,
  order: readonly Detection[],
  { scale, x, y }: Viewport,
  { classes, unit, selectedId, hoveredId }: PaintOptions,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.font = `600 ${FONT_SIZE * unit}px ${FONT}`;
  context.textBaseline = 'middle';
  const height = LABEL_HEIGHT * unit;
  const requests = [...order]
    .sort((a, b) => Number(isMarked(b)) - Number(isMarked(a)) || a.id - b.id)
    .map((item) => {
      const [left, top, boxWidth, boxHeight] = item.box;
      const anchor: Rect = {
        x: left * scale + x,
        y: top * scale + y,
        width: boxWidth * scale,
        height: boxHeight * scale,
      };
      const sizes = textsOf(item).map((label) => ({
        width: context.measureText(label).width + 2 * LABEL_PADDING * unit,
        height,
      }));
      return { item, anchor, sizes, isForced: isMarked(item) };
    });
  function isMarked({ id }: Detection) {
    return id === selectedId || id === hoveredId;
  }
  const bounds: Rect = { x: 0, y: 0, width: context.canvas.width, height: context.canvas.height };
  for (const { item, variant, rect } of placeLabels(requests, bounds, LABEL_GAP * unit)) {
    const color = classColor(classes, item.classId);
    context.fillStyle = color;
    context.strokeStyle = isMarked(item) ? '#ffffff' : CASING;
    context.lineWidth = (isMarked(item) ? 1.5 : 1) * unit;
    context.beginPath();
    context.roundRect(rect.x, rect.y, rect.width, rect.height, 3 * unit);
    context.fill();
    context.stroke();
    context.fillStyle = textOn(color);
    context.fillText(
      textsOf(item)[variant]!,
      rect.x + LABEL_PADDING * unit,
      rect.y + rect.height / 2 + unit / 2,
    );
  }
}

function textsOf(detection: Detection): readonly string[] {
  return [text.viewer.label(detection), text.viewer.shortLabel(detection)];
}
