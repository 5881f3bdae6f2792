import { lzwPixels } from './gif-lzw.js';

const IMAGE = 0x2c;
const EXTENSION = 0x21;

export interface GifFile {
  /** Pictures; those of an animation are counted no further than the second one. */
  readonly pictures: number;
  /** Whether the data of the first one comes to an end, and holds all of its pixels. */
  readonly isFirstWhole: boolean;
}

/** Goes from block to block, without decoding a colour. Never throws. */
export function readGif(bytes: Uint8Array): GifFile {
  let pictures = 0;
  let isFirstWhole = false;
  for (let at = 13 + colours(bytes[10]); at < bytes.length && pictures < 2;) {
    if (bytes[at] === EXTENSION) {
      at = endOfBlocks(bytes, at + 2);
    } else if (bytes[at] === IMAGE) {
      pictures++;
      const data = at + 11 + colours(bytes[at + 9]);
      if (pictures === 1) isFirstWhole = lzwPixels(bytes, data - 1) >= pixelsOf(bytes, at);
      at = endOfBlocks(bytes, data);
      if (pictures === 1) isFirstWhole &&= at <= bytes.length;
    } else {
      break;
    }
  }
  return { pictures, isFirstWhole };
}

/** Bytes of a list of colours, of which the flags in front of it tell. */
const colours = (flags = 0): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

const pixelsOf = (bytes: Uint8Array, at: number): number => uint16(bytes, at + 5) * uint16(bytes, at + 7);

const uint16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** Behind the block without a length; Infinity where the file ends before it. */
function endOfBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += bytes[at]! + 1;
  return at < bytes.length ? at + 1 : Infinity;
}
