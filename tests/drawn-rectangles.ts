/** Photos for the models that answer to colours, and how well what they find lies on what was drawn. */
import sharp, { type Sharp } from 'sharp';
import { regionToRle } from '../src/core/regions/region.js';
import { rleIou } from '../src/core/regions/rle.js';
import type { Box, Inspection } from '../src/core/types.js';

/** Red rectangles on grey. */
export async function drawRectangles(
  [width, height]: readonly [width: number, height: number],
  rectangles: readonly Box[],
  finish: (image: Sharp) => Sharp = (image) => image.png(),
): Promise<Buffer> {
  const layers = rectangles.map(([left, top, w, h]) => ({
    ...{ left, top },
    input: { create: { width: w, height: h, channels: 3 as const, background: '#e61e14' } },
  }));
  const create = { width, height, channels: 3, background: '#707070' } as const;
  return finish(sharp({ create }).composite(layers).removeAlpha()).toBuffer();
}

/** IoU of each detection with a rectangle. The run lengths of a mask that comes from a page may be a plain list. */
export function ious(
  { image: { width, height }, detections }: Inspection,
  [x, y, w, h]: Box,
): readonly number[] {
  const drawn = regionToRle({ x, y, width: w, height: h, counts: Uint32Array.of(0, w * h) }, width, height);
  return detections.map(({ mask }) =>
    rleIou(regionToRle({ ...mask, counts: Uint32Array.from(mask.counts) }, width, height), drawn),
  );
}
