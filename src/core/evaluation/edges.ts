import { rleBox, type Rle } from '../regions/rle.js';

/** The lines between pixels in and out of the mask: `[x0, y0, x1, y1, ...]` in photo pixels, four numbers per line. */
export function maskEdges(rle: Rle): Float32Array {
  const [left, top, width, height] = rleBox(rle);
  const isIn = pixelsWithin(rle, left, top, width, height);
  const lines: number[] = [];
  // Neighbouring edges in one line become one line.
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x < width; x++) {
      if (isIn(x, y) === isIn(x, y - 1)) continue;
      const start = x;
      while (x < width && isIn(x, y) !== isIn(x, y - 1)) x++;
      lines.push(left + start, top + y, left + x, top + y);
    }
  }
  for (let x = 0; x <= width; x++) {
    for (let y = 0; y < height; y++) {
      if (isIn(x, y) === isIn(x - 1, y)) continue;
      const start = y;
      while (y < height && isIn(x, y) !== isIn(x - 1, y)) y++;
      lines.push(left + x, top + start, left + x, top + y);
    }
  }
  return Float32Array.from(lines);
}

/** Whether a pixel of the mask's own box, by its place there, is in the mask. */
function pixelsWithin(
  { size: [imageHeight], counts }: Rle,
  left: number,
  top: number,
  width: number,
  height: number,
): (x: number, y: number) => boolean {
  const mask = new Uint8Array(width * height);
  let at = 0;
  counts.forEach((run, i) => {
    const end = at + run;
    if (i % 2 === 1) {
      for (; at < end; at++) {
        const x = Math.floor(at / imageHeight) - left;
        mask[((at % imageHeight) - top) * width + x] = 1;
      }
    }
    at = end;
  });
  return (x, y) => x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] === 1;
}
