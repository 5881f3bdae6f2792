/** A PNG's pixels, row by row, as they are inflated: nobody lays them all out. */
import { bytesOfRow, passesOf, samplesPerPixel, type Pass, type PngFile } from './png-file.js';

/**
 * Takes a row's samples, pixel by pixel: they are good until the next row.
 * @param pass says where in the image its pixels go @param row counts within the pass
 */
export type TakeRow = (samples: Uint8Array | Uint16Array, pass: Pass, row: number) => void;

/** Makes rows of bytes that come in parts of any length. */
export class PngRows {
  private readonly passes: Pass[];
  /** Bytes from a sample to the same one of the pixel before; 1 where there are several pixels in a byte. */
  private readonly distance: number;
  private row = 0;
  /** The filter and the bytes of the row that comes in, and those of the one above. */
  private line = new Uint8Array();
  private above = new Uint8Array();
  private filled = 0;
  private samples: Uint8Array | Uint16Array = new Uint8Array();

  constructor(
    private readonly file: PngFile,
    private readonly take: TakeRow,
  ) {
    this.passes = [...passesOf(file)];
    this.distance = Math.max(1, (samplesPerPixel(file) * file.depth) >> 3);
    this.beginPass();
  }

  get isDone(): boolean {
    return this.passes.length === 0;
  }

  /** What follows the last row is of no account. @throws {RangeError} where a row has a filter that there is not */
  push(part: Uint8Array): void {
    for (let at = 0; at < part.length && !this.isDone;) {
      const some = part.subarray(at, at + this.line.length - this.filled);
      this.line.set(some, this.filled);
      this.filled += some.length;
      at += some.length;
      if (this.filled === this.line.length) this.endRow();
    }
  }

  private beginPass(): void {
    const [pass] = this.passes;
    if (!pass) return;
    const length = bytesOfRow(this.file, pass.columns);
    this.row = 0;
    this.line = new Uint8Array(1 + length);
    this.above = new Uint8Array(1 + length);
    const count = pass.columns * samplesPerPixel(this.file);
    const { depth } = this.file;
    this.samples = depth === 8 ? this.line : depth === 16 ? new Uint16Array(count) : new Uint8Array(count);
  }

  private endRow(): void {
    const pass = this.passes[0]!;
    const { line, above } = this;
    unfilter(line, above, this.distance);
    this.take(this.unpacked(line), pass, this.row);
    this.line = above;
    this.above = line;
    this.filled = 0;
    if (++this.row < pass.rows) return;
    this.passes.shift();
    this.beginPass();
  }

  private unpacked(line: Uint8Array): Uint8Array | Uint16Array {
    const { samples, file } = this;
    const { depth } = file;
    if (depth === 8) return line.subarray(1);
    if (depth === 16) {
      for (let i = 0, at = 1; i < samples.length; i++, at += 2) samples[i] = (line[at]! << 8) | line[at + 1]!;
      return samples;
    }
    // Of several pixels in a byte the first one has the highest bits.
    const mask = 2 ** depth - 1;
    for (let i = 0, bit = 8; i < samples.length; i++, bit += depth) {
      samples[i] = (line[bit >> 3]! >> (8 - depth - (bit & 7))) & mask;
    }
    return samples;
  }
}

/** Adds to each byte what its row's filter foretold. */
function unfilter(line: Uint8Array, above: Uint8Array, distance: number): void {
  const { length } = line;
  switch (line[0]) {
    case 0:
      return;
    case 1:
      for (let i = 1 + distance; i < length; i++) line[i]! += line[i - distance]!;
      return;
    case 2:
      for (let i = 1; i < length; i++) line[i]! += above[i]!;
      return;
    case 3:
      for (let i = 1; i < length; i++) {
        const left = i > distance ? line[i - distance]! : 0;
        line[i]! += (left + above[i]!) >> 1;
      }
      return;
    case 4:
      for (let i = 1; i < length; i++) {
        const isFirst = i <= distance;
        const left = isFirst ? 0 : line[i - distance]!;
        const corner = isFirst ? 0 : above[i - distance]!;
        const up = above[i]!;
        // The one of the three that is nearest to left + up - corner.
        const toLeft = Math.abs(up - corner);
        const toUp = Math.abs(left - corner);
        const toCorner = Math.abs(left + up - 2 * corner);
        line[i]! += toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      }
      return;
    default:
      throw new RangeError(`There is no filter ${line[0]}.`);
  }
}
