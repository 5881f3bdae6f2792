import { InspectorError } from '../../core/errors.js';
import type { PixelSource } from '../../core/pipeline/pixels.js';
import { discard } from './discard.js';

/** Pixels read from a canvas at once: Safari refuses larger canvases, and a small one is reused by the browser. */
const TILE_PIXELS = 4e6;
/** No browser has narrower canvases. What is drawn on one that is too wide is lost without a word. */
const TILE_SIDE = 8192;

export type Drawable = Parameters<OffscreenCanvasRenderingContext2D['drawImage']>[0];

/** Of pixels that the browser has laid out. */
interface DrawnSource extends PixelSource {
  read(...rectangle: Parameters<PixelSource['read']>): Uint8ClampedArray<ArrayBuffer>;
}

/**
 * What a canvas can draw, read part by part: the whole of it is never laid out, unless somebody reads that.
 * @param isOpaque whether no pixel can be transparent: what is read so all the same was not drawn
 * `read` throws an InspectorError 'image-too-large' or 'out-of-memory', and whatever the browser throws
 */
export function drawnSource(
  drawable: Drawable,
  { width, height, isOpaque }: { width: number; height: number; isOpaque: boolean },
): DrawnSource {
  let context: OffscreenCanvasRenderingContext2D | undefined;
  /** What was read last, if it is a tile. */
  let tile: ArrayBuffer | undefined;
  let joined = new Uint8ClampedArray();

  function discardTile() {
    if (tile) discard(tile);
    tile = undefined;
  }

  function readTile(left: number, top: number, columns: number, rows: number) {
    discardTile();
    context ??= canvasFor(columns, rows);
    const { canvas } = context;
    // A larger one is good for all that is smaller.
    if (canvas.width < columns || canvas.height < rows) {
      canvas.width = columns;
      canvas.height = rows;
    }
    context.clearRect(0, 0, columns, rows);
    context.drawImage(drawable, left, top, columns, rows, 0, 0, columns, rows);
    const { data } = context.getImageData(0, 0, columns, rows);
    tile = data.buffer;
    if (isOpaque && (data[3] !== 255 || data.at(-1) !== 255)) {
      throw new InspectorError({ code: 'image-too-large', reason: 'image-too-large-for-browser' });
    }
    return data;
  }

  return {
    width,
    height,
    read(left, top, columns, rows) {
      const across = Math.min(columns, TILE_SIDE);
      const down = Math.min(rows, Math.max(1, Math.floor(TILE_PIXELS / across)));
      if (across === columns && down === rows) return readTile(left, top, columns, rows);
      if (joined.length < columns * rows * 4) joined = new Uint8ClampedArray(columns * rows * 4);
      for (let y = 0; y < rows; y += down) {
        for (let x = 0; x < columns; x += across) {
          const [tileColumns, tileRows] = [Math.min(across, columns - x), Math.min(down, rows - y)];
          const data = readTile(left + x, top + y, tileColumns, tileRows);
          for (let row = 0; row < tileRows; row++) {
            const from = row * tileColumns * 4;
            joined.set(data.subarray(from, from + tileColumns * 4), ((y + row) * columns + x) * 4);
          }
        }
      }
      return joined.subarray(0, columns * rows * 4);
    },
    close() {
      discardTile();
      discard(joined.buffer);
      if ('close' in drawable) drawable.close();
    },
  };
}

function canvasFor(columns: number, rows: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(columns, rows).getContext('2d', { willReadFrequently: true });
  if (!context) throw new InspectorError({ code: 'out-of-memory', reason: 'no-memory-for-photo' });
  return context;
}
