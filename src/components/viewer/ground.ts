import type { Detection } from '../../core/types.js';
import { luminanceOf } from './contrast.js';
import { outlinePoints } from './outline.js';

/** How bright a photo is, as a small copy of it. */
export interface Ground {
  /** Cells along and down. */
  readonly columns: number;
  readonly rows: number;
  /** Cells per photo pixel. */
  readonly scale: number;
  /** Relative luminance of each cell, 0..1, row by row. */
  readonly luminance: Float32Array;
}

/** Cells along the longer side. */
const CELLS = 128;

/**
 * Made once for each photo that is shown.
 * @returns undefined where the page may not read the photo's pixels, as of an `<img>` of another site
 */
export function groundOf(photo: CanvasImageSource, width: number, height: number): Ground | undefined {
  const scale = Math.min(1, CELLS / Math.max(width, height));
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const context = new OffscreenCanvas(columns, rows).getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  context.drawImage(photo, 0, 0, columns, rows);
  try {
    const { data } = context.getImageData(0, 0, columns, rows);
    const luminance = Float32Array.from({ length: columns * rows }, (_, cell) =>
      luminanceOf(data[4 * cell]!, data[4 * cell + 1]!, data[4 * cell + 2]!),
    );
    return { columns, rows, scale, luminance };
  } catch {
    return undefined;
  }
}

/** Mean luminance, 0..1, of the photo under a detection's outline. */
export function luminanceUnder({ columns, rows, scale, luminance }: Ground, detection: Detection): number {
  const points = outlinePoints(detection);
  let sum = 0;
  for (const { x, y } of points) {
    const column = Math.max(0, Math.min(columns - 1, Math.floor(x * scale)));
    const row = Math.max(0, Math.min(rows - 1, Math.floor(y * scale)));
    sum += luminance[row * columns + column]!;
  }
  return sum / points.length;
}
