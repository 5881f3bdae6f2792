/** PNGs whose colours browsers change: transparent ones, those with 16 bits a sample, with a gamma or a profile. */
import { decode, type DecodedPng } from 'fast-png';
import { InspectorError } from '../../core/errors.js';
import { turnUpright, type Rgba } from '../../core/photo/exif.js';
import { essentialPng, packedSamples, PNG_COLOURS, type PngFile } from '../../core/photo/png-file.js';
import { damagedPng, requirePixels } from '../../core/photo/png-pixels.js';
import { bitsFor, to8Bits } from '../../core/photo/sample-range.js';
import type { DecodedPhoto } from '../../core/pipeline/inspect.js';

/**
 * The colours as the file has them, with transparency left out.
 * @param bits that count of 16 a sample, 8..16; as many as the photo needs by default
 * @throws {InspectorError} 'corrupt-image', 'out-of-memory'
 */
export async function decodePng(file: PngFile, bits?: number): Promise<DecodedPhoto & Rgba> {
  await requirePixels(file, inflated(file));
  let png: DecodedPng;
  try {
    png = decode(essentialPng(file), { checkCrc: true });
  } catch (cause) {
    if (cause instanceof RangeError && /alloc/i.test(cause.message)) {
      throw new InspectorError({ code: 'out-of-memory', reason: 'no-memory-for-photo' }, { cause });
    }
    throw damagedPng(cause);
  }
  const used = png.data instanceof Uint16Array ? (bits ?? bitsFor(largestColour(png, png.data))) : undefined;
  const pixels = { data: toRgba(file, png, used), width: png.width, height: png.height };
  return { ...turnUpright(pixels, file.orientation), ...(used !== undefined && { bits: used }) };
}

const inflated = ({ data }: PngFile) =>
  new Blob([...data]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();

const isGrey = (colour: number) => colour === PNG_COLOURS.grey || colour === PNG_COLOURS.greyAlpha;

function largestColour({ channels }: DecodedPng, data: Uint16Array): number {
  const colours = channels > 2 ? 3 : 1;
  let largest = 0;
  for (let i = 0; i < data.length; i += channels) {
    for (let k = i; k < i + colours; k++) if (data[k]! > largest) largest = data[k]!;
  }
  return largest;
}

function toRgba(
  { colour }: PngFile,
  png: DecodedPng,
  bits: number | undefined,
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, depth, channels, palette, data } = png;
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  if (depth < 8 || colour === PNG_COLOURS.palette) {
    const greys = Array.from({ length: 2 ** depth }, (_, value) => (value * 255) / (2 ** depth - 1));
    const colours = isGrey(colour) ? greys.map((grey) => [grey, grey, grey]) : (palette ?? []);
    unpack(rgba, png, colours);
    return rgba;
  }
  const table = to8Bits(bits ?? 8);
  const [green, blue] = isGrey(colour) ? [0, 0] : [1, 2];
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    rgba[to] = table[data[from]!]!;
    rgba[to + 1] = table[data[from + green]!]!;
    rgba[to + 2] = table[data[from + blue]!]!;
  }
  return rgba;
}

/** Colours that the palette lacks are black. */
function unpack(rgba: Uint8ClampedArray, png: DecodedPng, colours: readonly (readonly number[])[]): void {
  const sampleAt = packedSamples(png.data, png);
  for (let y = 0, to = 0; y < png.height; y++) {
    for (let x = 0; x < png.width; x++, to += 4) {
      const [red, green, blue] = colours[sampleAt(x, y)] ?? BLACK;
      rgba[to] = red!;
      rgba[to + 1] = green!;
      rgba[to + 2] = blue!;
    }
  }
}

const BLACK = [0, 0, 0];
