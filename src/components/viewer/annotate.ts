import { assess } from '../../core/recipe/assess.js';
import type { Inspection, Threshold } from '../../core/types.js';
import { groundOf } from './ground.js';
import { paintDetections } from './paint.js';

export interface AnnotateOptions {
  /** `auto` (default): each class's recommended one; a number, 0..1: one for all. */
  threshold?: Threshold;
  /** Of the masks' filling, 0..1; 0.2 by default. */
  opacity?: number;
  /** Number, class and score beside each defect; true by default. */
  labels?: boolean;
}

export const DEFAULT_OPACITY = 0.2;
/** Pixels of a photo's long side from which on lines and text grow with it, to be readable when all of it is shown. */
const SCREEN = 1200;

/**
 * Makes the canvas as large as the photo and paints the photo with its visible defects on it: filling, outline,
 * label. `photo` must be the one inspected, at its full size or in its proportions.
 * @throws Error where the canvas gives no 2D context
 */
export function annotate(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  photo: CanvasImageSource,
  inspection: Inspection,
  { threshold = 'auto', opacity = DEFAULT_OPACITY, labels = true }: AnnotateOptions = {},
): void {
  const { width, height } = inspection.image;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context || !('drawImage' in context))
    throw new Error('annotate needs a canvas that gives a 2D context.');
  context.drawImage(photo, 0, 0, width, height);
  const { reported, numbers } = assess(inspection, { threshold });
  paintDetections(
    context,
    reported,
    { scale: 1, x: 0, y: 0 },
    {
      classes: inspection.model.classes,
      numbers,
      opacity,
      labels,
      boxes: false,
      ground: groundOf(photo, width, height),
      unit: Math.max(1, Math.max(width, height) / SCREEN),
    },
  );
}
