/** PNGs whose colours browsers change (transparent ones, those with 16 bits a sample, with a gamma or a profile), and large ones. */
import { InspectorError } from '../../core/errors.js';
import { turnedSource } from '../../core/photo/turned-source.js';
import { PNG_COLOURS, samplesPerPixel, type PngFile } from '../../core/photo/png-file.js';
import { readPngRows, type PartReader } from '../../core/photo/png-pixels.js';
import type { TakeRow } from '../../core/photo/png-rows.js';
import { bitsFor, to8Bits } from '../../core/photo/sample-range.js';
import type { PixelSource } from '../../core/pipeline/pixels.js';
import { discard } from './discard.js';
import { TIME_LIMIT, tooSlow } from './within-time.js';

/** Compressed bytes that are inflated at once: they may stand for a thousand times as many. */
const PIECE = 2 ** 15;

/**
 * The colours as the file has them, with transparency left out. In memory they take a byte for each pixel that is grey or of a
 * palette, and three for others.
 * @param bits that count of 16 a sample, 8..16; as many as the photo needs by default, which takes a second reading
 * @throws {InspectorError} 'corrupt-image', 'out-of-memory', 'timed-out'
 */
export async function openPng(file: PngFile, bits?: number): Promise<PixelSource> {
  const latest = performance.now() + TIME_LIMIT;
  const readRows = (take: TakeRow) =>
    readPngRows(file, inflate(file), (...row) => {
      if (performance.now() > latest) throw tooSlow();
      take(...row);
    });
  const { width, height, depth, orientation } = file;
  const used = depth < 16 ? undefined : (bits ?? bitsFor(await largestColour(file, readRows)));
  const colours = coloursOf(file);
  const samples = allocate(width * height * colours);
  await readRows(keepRows(file, samples, used === undefined ? undefined : to8Bits(used)));
  const read = colours === 1 ? readLooked(samples, width, valuesOf(file)) : readColours(samples, width);
  const stored = {
    ...{ width, height, read },
    ...(used !== undefined && { bits: used }),
    close: () => discard(samples.buffer),
  };
  return turnedSource(stored, orientation);
}

function inflate({ data }: PngFile): PartReader {
  const pieces = (function* () {
    for (const part of data) {
      for (let at = 0; at < part.length; at += PIECE) yield part.subarray(at, at + PIECE);
    }
  })();
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const next = pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
  return compressed.pipeThrough(new DecompressionStream('deflate')).getReader();
}

/** Of each pixel, without transparency. */
const coloursOf = (file: PngFile): number => (samplesPerPixel(file) > 2 ? 3 : 1);

async function largestColour(file: PngFile, readRows: (take: TakeRow) => Promise<void>): Promise<number> {
  const step = samplesPerPixel(file);
  const colours = coloursOf(file);
  let largest = 0;
  await readRows((samples) => {
    for (let i = 0; i < samples.length; i += step) {
      for (let k = i; k < i + colours; k++) if (samples[k]! > largest) largest = samples[k]!;
    }
  });
  return largest;
}

function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new InspectorError({ code: 'out-of-memory', reason: 'no-memory-for-photo' }, { cause });
  }
}

/** @param table of samples of 16 bits, their values of 8 */
function keepRows(file: PngFile, kept: Uint8Array, table: Uint8Array | undefined): TakeRow {
  const step = samplesPerPixel(file);
  const colours = coloursOf(file);
  return (samples, { x, y, stepX, stepY, columns }, row) => {
    const start = ((y + row * stepY) * file.width + x) * colours;
    if (!table && step === colours && stepX === 1) {
      kept.set(samples.subarray(0, columns * colours), start);
      return;
    }
    for (let i = 0, from = 0, to = start; i < columns; i++, from += step, to += stepX * colours) {
      for (let k = 0; k < colours; k++) {
        const sample = samples[from + k]!;
        kept[to + k] = table ? table[sample]! : sample;
      }
    }
  };
}

/** The colour of each value that a sample may have, as a pixel. Colours that the palette lacks are black. */
function valuesOf({ colour, depth, palette }: PngFile): Uint32Array {
  const rgba = new Uint8Array(256 * 4);
  const scale = 255 / (2 ** Math.min(8, depth) - 1);
  for (let value = 0; value < 256; value++) {
    const grey = value * scale;
    const at = value * 3;
    rgba.set(
      colour === PNG_COLOURS.palette
        ? [palette[at] ?? 0, palette[at + 1] ?? 0, palette[at + 2] ?? 0, 255]
        : [grey, grey, grey, 255],
      value * 4,
    );
  }
  return new Uint32Array(rgba.buffer);
}

function readLooked(samples: Uint8Array, width: number, values: Uint32Array): PixelSource['read'] {
  let pixels = new Uint32Array();
  return (left, top, columns, rows) => {
    if (pixels.length < columns * rows) pixels = new Uint32Array(columns * rows);
    for (let y = 0, to = 0; y < rows; y++) {
      const from = (top + y) * width + left;
      for (let i = from; i < from + columns; i++) pixels[to++] = values[samples[i]!]!;
    }
    return new Uint8ClampedArray(pixels.buffer, 0, columns * rows * 4);
  };
}

function readColours(samples: Uint8Array, width: number): PixelSource['read'] {
  let pixels = new Uint8ClampedArray();
  return (left, top, columns, rows) => {
    const length = columns * rows * 4;
    // What isn't written below is the opacity of pixels.
    if (pixels.length < length) pixels = new Uint8ClampedArray(length).fill(255);
    for (let y = 0, to = 0; y < rows; y++) {
      const from = ((top + y) * width + left) * 3;
      for (let i = from; i < from + columns * 3; i += 3, to += 4) {
        pixels[to] = samples[i]!;
        pixels[to + 1] = samples[i + 1]!;
        pixels[to + 2] = samples[i + 2]!;
      }
    }
    return pixels.subarray(0, length);
  };
}
