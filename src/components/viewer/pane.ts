import type { Detection, ModelClass } from '../../core/types.js';
import type { Display } from '../../workbench/state.js';
import { paintDetections, paintPhoto } from './paint.js';
import type { Viewport } from './viewport.js';

/** A tablet, which is read from further away; the same query as in tokens.styles.ts. */
const ARM_LENGTH = '(pointer: coarse) and (min-width: 641px) and (min-height: 600px)';

/** What is drawn over the photo. */
export interface Overlay {
  readonly detections: readonly Detection[];
  readonly classes: readonly ModelClass[];
  readonly display: Display;
  readonly selectedId: number | undefined;
  readonly hoveredId: number | undefined;
}

/** Draws one pane as it is to be seen. @param viewport in CSS pixels */
export function paintPane(
  canvas: HTMLCanvasElement,
  photo: ImageBitmap | undefined,
  { scale, x, y }: Viewport,
  overlay: Overlay | undefined,
): void {
  const ratio = devicePixelRatio;
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  // Setting a canvas' size, even to what it is, empties it and costs.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d', { alpha: true })!;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  if (!photo) return;
  const viewport = { scale: scale * ratio, x: Math.round(x * ratio), y: Math.round(y * ratio) };
  paintPhoto(context, photo, viewport);
  if (!overlay) return;
  const { detections, display, ...marked } = overlay;
  paintDetections(context, detections, viewport, {
    ...marked,
    ...display,
    unit: ratio * (matchMedia(ARM_LENGTH).matches ? 1.2 : 1),
  });
}
