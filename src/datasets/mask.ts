/** LabelMe's masks: a PNG, and the corners that it lies between. */
import { MAX_PIXELS } from '../core/photo/photo-size.js';
import { inflatedSize, readPng, samplesPerPixel, type PngFile } from '../core/photo/png-file.js';
import { readPngRows } from '../core/photo/png-pixels.js';
import { RegionBuilder } from '../core/regions/region.js';
import type { Region } from '../core/types.js';
import { fromBase64 } from './base64.js';
import { DatasetError } from './errors.js';

/**
 * The mask's pixels that are not 0.
 *
 * @param corners `[x0, y0, x1, y1]`: its first pixel, and its last one
 * @throws {DatasetError} when it can't be read, is empty or doesn't fill the corners
 */
export async function maskRegion(base64: string, corners: readonly number[]): Promise<Region> {
  const [x0, y0, x1, y1] = corners.map(Math.round) as [number, number, number, number];
  const [width, height] = [x1 - x0 + 1, y1 - y0 + 1];
  const bytes = fromBase64(base64);
  const png = bytes && readPng(bytes);
  if (png?.width !== width || png.height !== height || !isMaskSize(png)) {
    throw new DatasetError({ reason: 'mask-unreadable' });
  }
  const isSet = await pixelsOf(png);
  const builder = new RegionBuilder();
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      if (!isSet(x, y)) continue;
      const from = y;
      while (y < height && isSet(x, y)) y++;
      builder.add(x0 + x, y0 + from, y0 + y);
    }
  }
  const region = builder.build();
  if (!region) throw new DatasetError({ reason: 'mask-unreadable' });
  return region;
}

/** A few bytes of PNG can stand for any number of pixels, and these for many bytes: a mask needs one for each. */
function isMaskSize(png: PngFile): boolean {
  const pixels = png.width * png.height;
  return pixels > 0 && pixels <= MAX_PIXELS && inflatedSize(png) <= 2 * MAX_PIXELS;
}

async function pixelsOf(file: PngFile): Promise<(x: number, y: number) => boolean> {
  try {
    const inflated = new Blob([...file.data]).stream().pipeThrough(new DecompressionStream('deflate'));
    const { width, height } = file;
    const isSet = new Uint8Array(width * height);
    const step = samplesPerPixel(file);
    await readPngRows(file, inflated.getReader(), (samples, { x, y, stepX, stepY, columns }, row) => {
      const start = (y + row * stepY) * width + x;
      for (let i = 0; i < columns; i++) isSet[start + i * stepX] = Number(samples[i * step] !== 0);
    });
    return (x, y) => isSet[y * width + x] === 1;
  } catch (cause) {
    throw new DatasetError({ reason: 'mask-unreadable' }, { cause });
  }
}
