/** LabelMe's masks: a PNG, and the corners that it lies between. */
import { decode } from 'fast-png';
import { readImageHeader } from '../core/photo/image-header.js';
import { packedSamples } from '../core/photo/png-file.js';
import { RegionBuilder } from '../core/regions/region.js';
import type { Region } from '../core/types.js';
import { fromBase64 } from './base64.js';
import { DatasetError } from './errors.js';

/** Far more than any photo that can be inspected has. */
const MAX_PIXELS = 200e6;

/**
 * The mask's pixels that are not 0.
 *
 * @param corners `[x0, y0, x1, y1]`: its first pixel, and its last one
 * @throws {DatasetError} when it can't be read, is empty or doesn't fill the corners
 */
export function maskRegion(base64: string, corners: readonly number[]): Region {
  const [x0, y0, x1, y1] = corners.map(Math.round) as [number, number, number, number];
  const [width, height] = [x1 - x0 + 1, y1 - y0 + 1];
  const bytes = fromBase64(base64);
  const header = bytes && readImageHeader(bytes);
  // The size is checked first: a few bytes of PNG can stand for any number of pixels.
  if (
    !bytes ||
    header?.format !== 'png' ||
    header.width !== width ||
    header.height !== height ||
    width * height > MAX_PIXELS
  ) {
    throw new DatasetError({ reason: 'mask-unreadable' });
  }
  const isSet = pixelsOf(bytes);
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

function pixelsOf(bytes: Uint8Array): (x: number, y: number) => boolean {
  try {
    const png = decode(bytes);
    const { data, depth, channels, width } = png;
    if (depth >= 8) return (x, y) => data[(y * width + x) * channels] !== 0;
    const sampleAt = packedSamples(data, png);
    return (x, y) => sampleAt(x, y) !== 0;
  } catch (cause) {
    throw new DatasetError({ reason: 'mask-unreadable' }, { cause });
  }
}
