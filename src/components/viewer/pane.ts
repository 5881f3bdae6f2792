import type { Detection, ModelClass } from '../../core/types.js';
import type { Display } from '../../workbench/state.js';
import { groundOf, type Ground } from './ground.js';
import { paintLayer, type Layer } from './layer.js';
import { paintDetections } from './paint.js';
import { paintFrames, type Frames } from './paint-frames.js';
import type { Viewport } from './viewport.js';

/** CSS pixels of the text around the canvas, for which lines and labels are drawn in their plain size. */
const PLAIN_TEXT = 14;

/** What is drawn over the photo. */
export interface Overlay {
  readonly detections: readonly Detection[];
  readonly numbers: ReadonlyMap<Detection, number> | undefined;
  readonly classes: readonly ModelClass[];
  readonly display: Display;
  readonly selectedId: number | undefined;
  readonly hoveredId: number | undefined;
  /** The share of the pane, 0..1 from the left, that shows the photo alone. */
  readonly from: number;
}

/** What else is drawn over the photo. @param viewport in canvas pixels @param unit canvas pixels per unit of line widths and text */
export type PaintOver = (context: CanvasRenderingContext2D, viewport: Viewport, unit: number) => void;

/**
 * Makes a canvas as large as it is seen.
 * @returns canvas pixels per CSS pixel, and per unit of line widths and text, which grow with the text that a person has made larger
 */
export function fitCanvas(canvas: HTMLCanvasElement): { readonly ratio: number; readonly unit: number } {
  const ratio = devicePixelRatio;
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  // Setting a canvas' size, even to what it is, empties it and costs.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return { ratio, unit: (ratio * parseFloat(getComputedStyle(canvas).fontSize)) / PLAIN_TEXT };
}

/**
 * Draws one pane as it is to be seen.
 * @param layers of the photo, the whole of it first; none: there is no photo @param viewport in CSS pixels
 * @returns whether the browser let it: some give a canvas no memory, or none to draw on at all
 */
export function paintPane(
  canvas: HTMLCanvasElement,
  layers: readonly Layer[],
  { scale, x, y }: Viewport,
  overlay: Overlay | undefined,
  frames: Frames,
  paintOver?: PaintOver,
): boolean {
  const { ratio, unit } = fitCanvas(canvas);
  const context = canvas.getContext('2d', { alpha: true });
  if (!context) return false;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const [whole] = layers;
  if (!whole) return true;
  const viewport = { scale: scale * ratio, x: Math.round(x * ratio), y: Math.round(y * ratio) };
  for (const layer of layers) paintLayer(context, layer, viewport);
  if (overlay) paintOverlay(context, whole, viewport, overlay, unit);
  paintOver?.(context, viewport, unit);
  paintFrames(context, frames, whole, viewport, ratio);
  return true;
}

function paintOverlay(
  context: CanvasRenderingContext2D,
  whole: Layer,
  viewport: Viewport,
  overlay: Overlay,
  unit: number,
): void {
  const { width, height } = context.canvas;
  const { detections, display, from, ...marked } = overlay;
  context.save();
  context.beginPath();
  context.rect(from * width, 0, width - from * width, height);
  context.clip();
  paintDetections(context, detections, viewport, {
    ...marked,
    ...display,
    ground: groundUnder(whole),
    unit,
    left: from * width,
  });
  context.restore();
}

const grounds = new WeakMap<CanvasImageSource, Ground | undefined>();

function groundUnder({ bitmap, width, height }: Layer): Ground | undefined {
  if (!grounds.has(bitmap)) grounds.set(bitmap, groundOf(bitmap, width, height));
  return grounds.get(bitmap);
}
