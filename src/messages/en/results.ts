/** Results: never as if they were a verdict. */
import { count } from './numbers.js';

/** Pixels: of the photo, of what the network saw of it, and below which it can't see a defect. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  readonly seenWidth: number;
  readonly seenHeight: number;
  readonly tiles: number;
  readonly limit: number;
}

export interface ClassCount {
  readonly name: string;
  readonly count: number;
}

export const results = {
  /** `2 defects`. */
  found: (defects: number): string =>
    defects > 0 ? count(defects, 'defect') : 'Nothing found above the threshold',

  /** At which size the network saw the photo, and what it therefore can't have seen. */
  resolution: ({ width, height, seenWidth, seenHeight, tiles, limit }: Seen): string => {
    const size = `${seenWidth} × ${seenHeight}`;
    const seen = tiles > 1 ? `in ${tiles} tiles at ${size}` : `at ${size}`;
    return `${width} × ${height} px seen ${seen}: defects under about ${limit} px can’t be seen`;
  },

  foreign: ({ domain }: { readonly domain?: string | undefined }): string => {
    const known = domain ? ` (${domain})` : '';
    return `This photo does not look like what the model was trained on${known}. What it finds or misses here means little.`;
  },

  /** `pitting 3, crack 1`. */
  classes: (classes: readonly ClassCount[]): string =>
    classes.map((one) => `${one.name} ${one.count}`).join(', '),
};
