import { InspectorError } from '../../core/errors.js';
import type { Rgba } from '../../core/photo/exif.js';

/** Pixels read from a canvas at once: Safari refuses larger canvases, and a small one is reused by the browser. */
const TILE_PIXELS = 4e6;
/** No browser has narrower canvases. What is drawn on one that is too wide is lost without a word. */
const TILE_SIDE = 8192;

type Source = Parameters<OffscreenCanvasRenderingContext2D['drawImage']>[0];

/**
 * The RGBA pixels of what a canvas can draw.
 * @param isOpaque whether no pixel can be transparent: what is read so all the same was not drawn
 * @throws {InspectorError} 'image-too-large', 'out-of-memory'
 */
export function readBitmap(
  source: Source,
  { width, height, isOpaque }: { width: number; height: number; isOpaque: boolean },
): Rgba {
  const tileWidth = Math.min(width, TILE_SIDE);
  const tileHeight = Math.min(height, Math.max(1, Math.floor(TILE_PIXELS / tileWidth)));
  const canvas = new OffscreenCanvas(tileWidth, tileHeight);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new InspectorError({ code: 'out-of-memory', reason: 'no-memory-for-photo' });
  const readTile = (
    left: number,
    top: number,
    columns: number,
    rows: number,
  ): Uint8ClampedArray<ArrayBuffer> => {
    context.clearRect(0, 0, columns, rows);
    context.drawImage(source, left, top, columns, rows, 0, 0, columns, rows);
    const { data } = context.getImageData(0, 0, columns, rows);
    if (isOpaque && (data[3] !== 255 || data.at(-1) !== 255)) {
      throw new InspectorError({ code: 'image-too-large', reason: 'image-too-large-for-browser' });
    }
    return data;
  };
  if (tileWidth === width && tileHeight === height)
    return { data: readTile(0, 0, width, height), width, height };
  const data = new Uint8ClampedArray(width * height * 4);
  for (let top = 0; top < height; top += tileHeight) {
    const rows = Math.min(tileHeight, height - top);
    for (let left = 0; left < width; left += tileWidth) {
      const columns = Math.min(tileWidth, width - left);
      const tile = readTile(left, top, columns, rows);
      const length = columns * 4;
      if (columns === width) data.set(tile, top * width * 4);
      else
        for (let y = 0; y < rows; y++) {
          data.set(tile.subarray(y * length, (y + 1) * length), ((top + y) * width + left) * 4);
        }
    }
  }
  return { data, width, height };
}
