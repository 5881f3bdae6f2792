/**
 * Resizing exactly as PIL's `Image.resize(size, Image.BILINEAR)` does it, because the network was trained on
 * photos resized that way: a triangle filter that grows when the photo shrinks, coefficients in fixed point,
 * first all rows, then all columns, each pass rounded to 8 bits. (A pass that PIL leaves out because the size
 * stays the same has the weights 1 and 0 here, which comes to the same.)
 */
import type { InputFit } from './fit.js';
import { READ_PIXELS, type PixelSource } from './pixels.js';

/** Fraction bits of the coefficients: 32 less 8 for the value and 2 for sums that overshoot. */
const PRECISION_BITS = 32 - 8 - 2;
const ONE = 1 << PRECISION_BITS;
const HALF = 1 << (PRECISION_BITS - 1);

/** What each output position takes from the input: `counts[i]` weights from position `starts[i]` on. */
interface Kernel {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** Fixed point, `taps` per output position. */
  readonly weights: Int32Array;
  readonly taps: number;
}

function triangleKernel(inSize: number, outSize: number): Kernel {
  const scale = inSize / outSize;
  // The triangle's half width in input pixels: it never becomes narrower than one pixel.
  const support = Math.max(scale, 1);
  const perSupport = 1 / support;
  const taps = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(outSize);
  const counts = new Int32Array(outSize);
  const weights = new Int32Array(outSize * taps);
  const exact = new Float64Array(taps);
  for (let i = 0; i < outSize; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(inSize, Math.trunc(centre + support + 0.5)) - start;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      exact[k] = Math.max(0, 1 - Math.abs((start + k - centre + 0.5) * perSupport));
      sum += exact[k]!;
    }
    starts[i] = start;
    counts[i] = count;
    for (let k = 0; k < count; k++) weights[i * taps + k] = Math.trunc(0.5 + (exact[k]! / sum) * ONE);
  }
  return { starts, counts, weights, taps };
}

type Rgba = Uint8Array | Uint8ClampedArray;

const bandRows = (width: number, bandPixels: number): number => Math.max(1, Math.floor(bandPixels / width));

/** Reads all rows of a photo, some at a time, from top to bottom. */
function readBands(
  source: PixelSource,
  bandPixels: number,
  take: (rgba: Rgba, y: number, rows: number) => void,
) {
  const { width, height } = source;
  const most = bandRows(width, bandPixels);
  for (let y = 0; y < height; y += most) {
    const rows = Math.min(most, height - y);
    take(source.read(0, y, width, rows), y, rows);
  }
}

/** A photo of the wanted size comes through both passes unchanged: opaque, into the top left corner of a target `stride` pixels wide. */
function copyRows(rgba: Rgba, width: number, rows: number, target: Rgba, stride: number, first: number) {
  for (let y = 0; y < rows; y++) {
    const to = (first + y) * stride * 4;
    target.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), to);
    for (let alpha = to + 3; alpha < to + width * 4; alpha += 4) target[alpha] = 255;
  }
}

/** Row by row from RGBA to packed RGB, into the target from its row `first` on. */
function resizeBand(
  rgba: Rgba,
  width: number,
  rows: number,
  { starts, counts, weights, taps }: Kernel,
  rgb: Uint8ClampedArray,
  first: number,
) {
  const outWidth = starts.length;
  let to = first * outWidth * 3;
  for (let y = 0; y < rows; y++) {
    const row = y * width * 4;
    for (let x = 0; x < outWidth; x++) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let from = row + starts[x]! * 4;
      const begin = x * taps;
      const end = begin + counts[x]!;
      for (let k = begin; k < end; k++, from += 4) {
        const weight = weights[k]!;
        red = (red + Math.imul(rgba[from]!, weight)) | 0;
        green = (green + Math.imul(rgba[from + 1]!, weight)) | 0;
        blue = (blue + Math.imul(rgba[from + 2]!, weight)) | 0;
      }
      rgb[to++] = red >> PRECISION_BITS;
      rgb[to++] = green >> PRECISION_BITS;
      rgb[to++] = blue >> PRECISION_BITS;
    }
  }
}

/**
 * Column by column from packed RGB to opaque RGBA, into the top left corner of a target `stride` pixels wide: rows `begin` to `end`.
 * @param top of the first row of `rgb` in the photo
 */
function resizeColumns(
  rgb: Uint8ClampedArray,
  top: number,
  width: number,
  { starts, counts, weights, taps }: Kernel,
  { begin, end }: { readonly begin: number; readonly end: number },
  target: Rgba,
  stride: number,
) {
  const rowLength = width * 3;
  const sums = new Int32Array(rowLength);
  for (let y = begin; y < end; y++) {
    sums.fill(HALF);
    for (let k = 0; k < counts[y]!; k++) {
      const weight = weights[y * taps + k]!;
      const from = (starts[y]! - top + k) * rowLength;
      for (let i = 0; i < rowLength; i++) sums[i] = (sums[i]! + Math.imul(rgb[from + i]!, weight)) | 0;
    }
    let to = y * stride * 4;
    for (let i = 0; i < rowLength; i += 3, to += 4) {
      target[to] = clampToByte(sums[i]! >> PRECISION_BITS);
      target[to + 1] = clampToByte(sums[i + 1]! >> PRECISION_BITS);
      target[to + 2] = clampToByte(sums[i + 2]! >> PRECISION_BITS);
      target[to + 3] = 255;
    }
  }
}

/** Rounded weights may add up to slightly more than one. */
function clampToByte(value: number): number {
  return value > 255 ? 255 : value;
}

function resampleInto(
  target: Rgba,
  stride: number,
  source: PixelSource,
  outWidth: number,
  outHeight: number,
  bandPixels = READ_PIXELS,
) {
  const { width, height } = source;
  if (!(width >= 1 && height >= 1 && outWidth >= 1 && outHeight >= 1)) {
    throw new RangeError(`Can't resize ${width} x ${height} to ${outWidth} x ${outHeight} pixels.`);
  }
  if (width === outWidth && height === outHeight) {
    readBands(source, bandPixels, (rgba, y, rows) => copyRows(rgba, width, rows, target, stride, y));
    return;
  }
  const across = triangleKernel(width, outWidth);
  const down = triangleKernel(height, outHeight);
  const rowLength = outWidth * 3;
  // Of the rows that are resized across those that rows of the target still need: the band's, and what is left of the one before.
  const most = Math.min(height, bandRows(width, bandPixels) + down.taps);
  const rgb = new Uint8ClampedArray(most * rowLength);
  let [top, done] = [0, 0];
  readBands(source, bandPixels, (rgba, y, rows) => {
    resizeBand(rgba, width, rows, across, rgb, y - top);
    const begin = done;
    while (done < outHeight && down.starts[done]! + down.counts[done]! <= y + rows) done++;
    resizeColumns(rgb, top, outWidth, down, { begin, end: done }, target, stride);
    if (done === outHeight) return;
    const next = down.starts[done]!;
    rgb.copyWithin(0, (next - top) * rowLength, (y + rows - top) * rowLength);
    top = next;
  });
}

/**
 * Resizes a photo to `outWidth` x `outHeight`, equal to PIL's BILINEAR on the RGB part. Alpha is not
 * read; the result is opaque.
 *
 * @param bandPixels photo pixels that are read at once, where a row has no more; the result doesn't depend on it
 * @throws {RangeError} when a size is not positive
 */
export function resample(
  source: PixelSource,
  outWidth: number,
  outHeight: number,
  bandPixels?: number,
): Uint8ClampedArray<ArrayBuffer> {
  const target = new Uint8ClampedArray(outWidth * outHeight * 4);
  resampleInto(target, outWidth, source, outWidth, outHeight, bandPixels);
  return target;
}

/**
 * The network's input: the photo resized and padded as `fit` says, `[paddedHeight, paddedWidth, 4]`, with
 * `padValue` (0..255) in the padding's colours and 255 in every alpha.
 *
 * @throws {RangeError} as `resample` does.
 */
export function prepareInput(source: PixelSource, fit: InputFit, padValue: number): Uint8Array<ArrayBuffer> {
  const target = new Uint8Array(fit.paddedWidth * fit.paddedHeight * 4).fill(padValue);
  for (let alpha = 3; alpha < target.length; alpha += 4) target[alpha] = 255;
  resampleInto(target, fit.paddedWidth, source, fit.width, fit.height);
  return target;
}
