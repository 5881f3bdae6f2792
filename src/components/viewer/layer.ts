import { stepOfWhole } from '../../core/photo/shrink.js';
import type { Rect } from '../../core/rect.js';
import type { Picture } from '../../detector/photo/picture.js';
import type { Context2D } from './paint-options.js';
import type { Size, Viewport } from './viewport.js';

export interface Cut extends Rect {
  /** Photo pixels along each side of one of its picture's. */
  readonly step: number;
}

/** A part of a photo, which may be all of it, and its picture. */
export interface Layer extends Cut {
  readonly bitmap: CanvasImageSource;
}

/** All of a photo, by the picture of the whole. */
export const wholeLayer = (picture: Picture): Layer & Picture => ({
  ...picture,
  x: 0,
  y: 0,
  step: stepOfWhole(picture.width, picture.height),
});

/** A part of a photo on the grid of the step, and within the photo; undefined where nothing of it is left. */
export function cutOf(
  photo: Size,
  step: number,
  ...[left, top, across, down]: [number, number, number, number]
): Cut | undefined {
  const x = Math.max(0, Math.floor(left / step) * step);
  const y = Math.max(0, Math.floor(top / step) * step);
  const width = Math.min(photo.width, Math.ceil((left + across) / step) * step) - x;
  const height = Math.min(photo.height, Math.ceil((top + down) / step) * step) - y;
  return width > 0 && height > 0 ? { x, y, width, height, step } : undefined;
}

/** Smooth when shrunk, true pixels when magnified. */
export function paintLayer(context: Context2D, layer: Layer, { scale, x, y }: Viewport): void {
  const { bitmap, width, height, step } = layer;
  context.imageSmoothingEnabled = scale < 3 || step > 1;
  // 'high' took repaints to the 50 ms that block a page where there is no GPU.
  context.imageSmoothingQuality = 'medium';
  context.drawImage(
    bitmap,
    // Its last pixels may stand for fewer of the photo's.
    ...([0, 0, width / step, height / step] as const),
    ...([x + layer.x * scale, y + layer.y * scale, width * scale, height * scale] as const),
  );
}
