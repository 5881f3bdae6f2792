/** The segments that a JPEG is made of. */

/** A marker, and what its length says belongs to it. */
export interface Segment {
  /** Its second byte; the first one is 0xff. */
  readonly marker: number;
  /** Empty where the marker stands alone; shorter than it says where the file ends. */
  readonly body: Uint8Array;
  /** Where the next one is looked for. */
  readonly end: number;
}

/**
 * The first segment at or behind a place, whatever stands before it, as decoders do; undefined where there is none. What
 * belongs to no marker that anybody defined (0x02..0xbf) has no length: decoders refuse it.
 */
export function segmentFrom(bytes: Uint8Array, start: number): Segment | undefined {
  let at = bytes.indexOf(0xff, start);
  if (at === -1) return undefined;
  // Any number of fill bytes.
  while (bytes[at + 1] === 0xff) at++;
  const marker = bytes[at + 1];
  if (marker === undefined) return undefined;
  const stands = marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9);
  const length = stands ? 0 : Math.max(2, ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  const end = at + 2 + length;
  return { marker, body: bytes.subarray(Math.min(at + 4, end), end), end };
}

/** Start of frame: size and kind of the image. */
export const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
