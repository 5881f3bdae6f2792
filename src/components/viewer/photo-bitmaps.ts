import { readImageHeader } from '../../core/image-header.js';
import type { ImageInput } from '../../detector/types.js';
import { photoBitmap } from '../shared/photo-bitmap.js';

/** Pixels that the photos which are decoded ahead may have together: 4 bytes each. */
const AHEAD = 24e6;
/** Bytes of a file within which its size nearly always stands. */
const HEADER = 65_536;

/**
 * Owns the decoded photos of a viewer: the one that is shown and, as far as they are small, those that are likely to be
 * shown next. Each photo is decoded once however often it is asked for, and closed when it is kept no longer, also where
 * it arrives only after that.
 */
export class PhotoBitmaps {
  private readonly held = new Map<ImageInput, Promise<ImageBitmap>>();
  /** Counts calls of `keep`: what was begun before is out of date. */
  private turn = 0;

  constructor(private readonly decode: (input: ImageInput) => Promise<ImageBitmap> = photoBitmap) {}

  /** The photo, which stays owned by this object. Rejects where the browser can't decode it. */
  get(input: ImageInput): Promise<ImageBitmap> {
    let bitmap = this.held.get(input);
    if (!bitmap) {
      bitmap = this.decode(input);
      this.held.set(input, bitmap);
    }
    return bitmap;
  }

  /** Closes all others. */
  keep(inputs: readonly ImageInput[]): void {
    this.turn++;
    for (const [input, bitmap] of this.held) {
      if (inputs.includes(input)) continue;
      this.held.delete(input);
      bitmap.then(
        (one) => one.close(),
        // Whoever asked for it has heard that it can't be decoded.
        () => undefined,
      );
    }
  }

  /** Decodes files ahead, one after the other and until `keep` is called, as long as there is room for them. */
  async prepare(inputs: readonly ImageInput[]): Promise<void> {
    const { turn } = this;
    let left = AHEAD;
    for (const input of inputs) {
      const pixels = await pixelsOf(input);
      if (turn !== this.turn) return;
      left -= pixels;
      if (left < 0) return;
      await this.get(input).catch(() => undefined);
      if (turn !== this.turn) return;
    }
  }
}

/** As far as a file's first bytes say; else too many. */
async function pixelsOf(input: ImageInput): Promise<number> {
  if (!(input instanceof Blob)) return Infinity;
  const start = await input.slice(0, HEADER).arrayBuffer();
  const { width = Infinity, height = Infinity } = readImageHeader(new Uint8Array(start)) ?? {};
  return width * height;
}
