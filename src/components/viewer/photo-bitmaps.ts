import { readImageHeader } from '../../core/photo/image-header.js';
import type { ImageInput } from '../../detector/types.js';
import { photoBitmap } from '../shared/photo-bitmap.js';

/** Pixels that the photos beside the shown one may have together: 4 bytes each. */
const BESIDE = 24e6;
/** Bytes of a file within which its size nearly always stands. */
const HEADER = 65_536;
/** Photos that are decoded at a time, however fast somebody turns from one to the next. */
const AT_ONCE = 2;

interface Held {
  readonly bitmap: Promise<ImageBitmap>;
  /** Once it is decoded. */
  pixels?: number;
}

/**
 * Owns the decoded photos of a viewer: the one that is shown and, as far as they are small, those that are likely to be
 * shown next. Each photo is decoded once however often it is asked for, and closed when it is kept no longer, also where
 * it arrives only after that.
 */
export class PhotoBitmaps {
  private readonly held = new Map<ImageInput, Held>();
  private readonly running = new Set<Promise<unknown>>();
  /** Counts calls of `keep`: what was begun before is out of date. */
  private turn = 0;

  constructor(private readonly decode: (input: ImageInput) => Promise<ImageBitmap> = photoBitmap) {}

  /** The photo, which stays owned by this object. Rejects where the browser can't decode it, or it is kept no longer. */
  get(input: ImageInput): Promise<ImageBitmap> {
    let held = this.held.get(input);
    if (!held) {
      const made: Held = { bitmap: this.start(input) };
      this.held.set(input, made);
      made.bitmap.then(
        ({ width, height }) => (made.pixels = width * height),
        // Whoever asked for it hears that.
        () => undefined,
      );
      held = made;
    }
    return held.bitmap;
  }

  /** Closes all photos but the one that is shown, and those beside it that are at hand already and small enough. */
  keep(shown: ImageInput | undefined, beside: readonly ImageInput[] = []): void {
    this.turn++;
    let left = BESIDE;
    const kept = new Set(shown === undefined ? [] : [shown]);
    for (const input of beside) {
      left -= this.held.get(input)?.pixels ?? Infinity;
      if (left >= 0) kept.add(input);
    }
    for (const [input, { bitmap }] of this.held) {
      if (kept.has(input)) continue;
      this.held.delete(input);
      bitmap.then(
        (one) => one.close(),
        // Whoever asked for it has heard that it can't be decoded.
        () => undefined,
      );
    }
  }

  /** Decodes files ahead, one after the other and until `keep` is called, as long as there is room for them. */
  async prepare(beside: readonly ImageInput[]): Promise<void> {
    const { turn } = this;
    let left = BESIDE;
    for (const input of beside) {
      left -= await pixelsOf(input);
      if (turn !== this.turn || left < 0) return;
      await this.get(input).catch(() => undefined);
      if (turn !== this.turn) return;
    }
  }

  private async start(input: ImageInput): Promise<ImageBitmap> {
    while (this.running.size >= AT_ONCE) {
      await Promise.race(this.running);
      // Somebody has gone on meanwhile.
      if (!this.held.has(input)) throw new Error('This photo is wanted no longer.');
    }
    const decoding = this.decode(input);
    const settled = decoding.then(
      () => undefined,
      () => undefined,
    );
    this.running.add(settled);
    try {
      return await decoding;
    } finally {
      this.running.delete(settled);
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
