/** Results: never as if they were a verdict. */
import { count, fixed } from './numbers.js';

/** Pixels: of the photo, of what the network saw of it, and below which it can't see a defect: undefined where it can see none. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  /** Whether that is a part of the photo which was inspected alone. */
  readonly isArea: boolean;
  readonly seenWidth: number;
  readonly seenHeight: number;
  readonly tiles: number;
  readonly limit: number | undefined;
}

export interface ClassCount {
  readonly name: string;
  readonly count: number;
}

/** How many tiles of a photo were looked at. */
export interface Tiles {
  readonly tiles: number;
  readonly planned: number;
}

/** @param limit photo pixels; undefined where the photo has no more */
export const unseen = (limit: number | undefined): string =>
  limit === undefined
    ? 'that is too small for any defect to be seen'
    : `defects under about ${fixed(limit, 0)} px can’t be seen`;

export const results = {
  /** `2 defects`. */
  found: (defects: number): string =>
    defects > 0 ? count(defects, 'defect') : 'Nothing found above the threshold',

  /** In place of that, where something was found but not what belongs to it. */
  unmasked: (defects: number): string =>
    defects > 0
      ? `${results.found(defects)}, and something without a mask`
      : 'Something found, without a mask',

  /** At which size the network saw the photo, and what it therefore can't have seen. */
  resolution: ({ width, height, isArea, seenWidth, seenHeight, tiles, limit }: Seen): string => {
    const size = `${seenWidth} × ${seenHeight}`;
    const seen = tiles > 1 ? `in ${tiles} tiles at ${size}` : `at ${size}`;
    return `${isArea ? 'An area of ' : ''}${width} × ${height} px seen ${seen}: ${unseen(limit)}`;
  },

  /** `7 of 24 tiles`. */
  ofTiles: ({ tiles, planned }: Tiles): string => `${fixed(tiles, 0)} of ${count(planned, 'tile')}`,
  /** Of a photo that was not looked at in all of its tiles. */
  inPart: (tiles: Tiles): string => `Seen in part: ${results.ofTiles(tiles)}`,

  foreign: ({ domain }: { readonly domain?: string | undefined }): string => {
    const known = domain ? ` (${domain})` : '';
    return `This photo does not look like what the model was trained on${known}. What it finds or misses here means little.`;
  },

  /** `pitting 3, crack 1`. */
  classes: (classes: readonly ClassCount[]): string =>
    classes.map((one) => `${one.name} ${one.count}`).join(', '),
};
