/** PNGs of every kind that there is, with the colours that are in them. */
import { deflateSync, crc32 } from 'node:zlib';

export interface PngKind {
  readonly width: number;
  readonly height: number;
  readonly colour: number;
  readonly depth: number;
  readonly isInterlaced: boolean;
  /** Further chunks, before the pixels: names and bodies. */
  readonly chunks?: readonly (readonly [name: string, body: readonly number[]])[];
}

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Of each colour three parts: of a palette of 2^depth. */
const paletteOf = (depth: number) => Array.from({ length: 2 ** depth * 3 }, (_, i) => (i * 89 + 7) % 256);

/** @returns RGB of 8 bits a sample, of which the highest ones count, as `expected` */
export function pngOf({ width, height, colour, depth, isInterlaced, chunks = [] }: PngKind) {
  const samples = [1, 0, 3, 1, 2, 0, 4][colour]!;
  const top = 2 ** depth - 1;
  const sampleAt = (x: number, y: number, k: number) => (x * 7919 + y * 104_729 + k * 1299_709) % (top + 1);
  const passes = isInterlaced ? ADAM7 : ([[0, 0, 1, 1]] as const);
  const rows: number[][] = [];
  for (const [x0, y0, dx, dy] of passes) {
    if (x0 >= width) continue;
    for (let y = y0; y < height; y += dy) {
      let bits = '';
      for (let x = x0; x < width; x += dx) {
        for (let k = 0; k < samples; k++) bits += sampleAt(x, y, k).toString(2).padStart(depth, '0');
      }
      rows.push([0, ...(bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2))]);
    }
  }
  const palette = paletteOf(depth);
  const further = [...(colour === 3 ? [['PLTE', palette] as const] : []), ...chunks];
  const bytes = pngWith(
    { width, height, colour, depth, isInterlaced, chunks: further },
    Uint8Array.from(rows.flat()),
  );
  const expected = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let k = 0; k < 3; k++) {
      const value = sampleAt(x, y, samples < 3 ? 0 : k);
      expected[i * 3 + k] =
        colour === 3
          ? palette[value * 3 + k]!
          : depth === 16
            ? Math.round((value * 255) / top)
            : (value * 255) / top;
    }
  }
  return { bytes, expected };
}

/** With whatever pixels: rows and their filters. */
export function pngWith(
  { width, height, colour, depth, isInterlaced, chunks = [] }: PngKind,
  pixels: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, Number(isInterlaced)], 8);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      ...chunks.map(([name, body]) => chunk(name, Buffer.from(body))),
      chunk('IDAT', deflateSync(pixels)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
