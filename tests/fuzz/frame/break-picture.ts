import { crc32 } from 'node:zlib';
import type { PictureFormat } from './draw-picture.js';
import type { Random } from './random.js';

/** What is broken: fields of the header, the order and lengths of the parts, or the end. */
export type Damage = 'header' | 'structure' | 'truncation';

/** Values that fields of sizes and counts are tried with. */
const EXTREMES = [
  0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

/** A broken copy. */
export function breakPicture(
  intact: Uint8Array,
  format: PictureFormat,
  damage: Damage,
  random: Random,
): Uint8Array<ArrayBuffer> {
  switch (damage) {
    case 'header':
      return breakHeader(intact, format, random);
    case 'structure':
      return breakStructure(splitPicture(intact, format), random);
    case 'truncation':
      return truncate(intact, random);
  }
}

/** Where sizes, depths and kinds stand. JPEG has them anywhere before its pixels. */
const HEADER: Record<PictureFormat, readonly [from: number, to: number]> = {
  png: [8, 37],
  jpeg: [2, 400],
  webp: [4, 40],
  gif: [6, 40],
  bmp: [2, 54],
};

function breakHeader(intact: Uint8Array, format: PictureFormat, random: Random): Uint8Array<ArrayBuffer> {
  const broken = new Uint8Array(intact);
  const view = new DataView(broken.buffer);
  const [from, to] = HEADER[format];
  for (let n = random.int(1, 3); n > 0; n--) {
    const at = random.int(from, Math.min(to, broken.length - 5));
    if (random.chance(0.4)) broken[at]! ^= 1 << random.int(0, 7);
    else if (random.chance(0.5)) view.setUint32(at, random.pick(EXTREMES), random.chance(0.5));
    else view.setUint16(at, random.pick(EXTREMES) & 0xffff, random.chance(0.5));
  }
  // Most headers of PNG are checked against a sum: half of the time, it is right again.
  if (format === 'png' && random.chance(0.5)) view.setUint32(29, crc32(broken.subarray(12, 29)));
  return broken;
}

function breakStructure(parts: readonly Uint8Array[], random: Random): Uint8Array<ArrayBuffer> {
  const broken = parts.map((part) => new Uint8Array(part));
  for (let n = random.int(1, 2); n > 0; n--) {
    const at = random.int(0, broken.length - 1);
    const part = broken[at]!;
    switch (random.int(0, 6)) {
      case 0:
        if (broken.length > 1) broken.splice(at, 1);
        break;
      case 1:
        broken.splice(at, 0, new Uint8Array(part));
        break;
      case 2: {
        const other = random.int(0, broken.length - 1);
        [broken[at], broken[other]] = [broken[other]!, part];
        break;
      }
      // Lengths stand at the beginning of a part.
      case 3:
        for (let i = 0; i < Math.min(4, part.length); i++) part[i] = random.int(0, 255);
        break;
      case 4:
        part.fill(random.pick([0, 0xff]), random.int(0, part.length), part.length);
        break;
      case 5:
        for (let i = random.int(1, 20); i > 0; i--) part[random.int(0, part.length - 1)] = random.int(0, 255);
        break;
      case 6:
        broken.splice(
          at,
          0,
          Uint8Array.from({ length: random.int(1, 64) }, () => random.int(0, 255)),
        );
        break;
    }
  }
  return join(broken);
}

/** Cut off anywhere, with nothing, zeros or something of another file behind. */
function truncate(intact: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  const length = random.int(0, intact.length - 1);
  const rest = random.int(0, 3);
  if (rest < 2) return new Uint8Array(intact.subarray(0, length));
  const broken = new Uint8Array(intact);
  for (let i = length; i < broken.length; i++) broken[i] = rest === 2 ? 0 : random.int(0, 255);
  return broken;
}

/** The parts that a format is made of: chunks, segments, blocks. */
function splitPicture(bytes: Uint8Array, format: PictureFormat): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends: number[] = [];
  const walk = (start: number, lengthAt: (at: number) => number) => {
    for (let at = start; at < bytes.length - 8; at += lengthAt(at)) ends.push(at);
  };
  switch (format) {
    case 'png':
      walk(8, (at) => view.getUint32(at) + 12);
      break;
    case 'webp':
      walk(12, (at) => Math.ceil(view.getUint32(at + 4, true) / 2) * 2 + 8);
      break;
    case 'jpeg':
      // Behind the header of a scan come its pixels, which run on to the next marker that isn't part of them.
      walk(2, (at) => {
        let end = at + 2 + view.getUint16(at + 2);
        if (bytes[at + 1] === 0xda) while (end < bytes.length && !isMarker(bytes, end)) end++;
        return end - at;
      });
      break;
    case 'gif':
      ends.push(6, 13, 13 + 3 * 2 ** ((bytes[10]! & 7) + 1));
      break;
    case 'bmp':
      ends.push(14, 54);
      break;
  }
  return [0, ...ends].map((start, i) => bytes.subarray(start, ends[i] ?? bytes.length));
}

const isMarker = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0xff && bytes[at + 1] !== 0 && !(bytes[at + 1]! >= 0xd0 && bytes[at + 1]! <= 0xd7);

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}
