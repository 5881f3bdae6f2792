import { readImageHeader } from '../../core/photo/image-header.js';
import type { ImageInput } from '../../detector/types.js';
import type { Picture } from '../../detector/photo/picture.js';
import { photoPicture } from '../shared/pictures.js';

/** Pixels that the photos beside the shown one may have together, 4 bytes each: large ones are not decoded ahead. */
const BESIDE = 12e6;
/** Bytes of a file within which its size nearly always stands. */
const HEADER = 65_536;
/** Photos that are decoded at a time, however fast somebody turns from one to the next. */
const AT_ONCE = 2;

/** How far a photo has come. */
interface Progress {
  /** Whether its turn to be decoded has come. */
  isBegun: boolean;
  /** Nobody wants it any more. */
  isDropped: boolean;
  /** Once it is decoded. */
  pixels?: number;
}

interface Held {
  readonly picture: Promise<Picture>;
  readonly progress: Progress;
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
  private shown: ImageInput | undefined;
  private beside: readonly ImageInput[] = [];

  constructor(
    private readonly decode: (input: ImageInput) => Promise<Picture> = (input) =>
      photoPicture(input, { what: 'whole' }),
  ) {}

  /**
   * The photo, which stays owned by this object. Rejects where the browser can't decode it, or it is kept no longer. A later
   * call tries again.
   */
  get(input: ImageInput): Promise<Picture> {
    let held = this.held.get(input);
    if (!held) {
      const progress: Progress = { isBegun: false, isDropped: false };
      const made: Held = { picture: this.start(input, progress), progress };
      this.held.set(input, made);
      made.picture.then(
        ({ bitmap }) => {
          progress.pixels = bitmap.width * bitmap.height;
          if (!progress.isDropped && this.isTooMuch(input)) this.drop(input, made);
        },
        // Whoever asked for it hears that.
        () => {
          if (!progress.isDropped) this.held.delete(input);
        },
      );
      held = made;
    }
    return held.picture;
  }

  /** Closes all photos but the one that is shown, and those beside it that are small enough and decoded, or being decoded. */
  keep(shown: ImageInput | undefined, beside: readonly ImageInput[] = []): void {
    this.turn++;
    this.shown = shown;
    this.beside = beside;
    const fitting = this.fitting();
    for (const [input, held] of this.held) {
      // What still waits for its turn would delay the one that is shown.
      if (input !== shown && !(fitting.has(input) && held.progress.isBegun)) this.drop(input, held);
    }
  }

  /** Decodes files ahead, one after the other and until `keep` is called, as long as there is room for them. */
  async prepare(beside: readonly ImageInput[]): Promise<void> {
    const { turn } = this;
    let left = BESIDE;
    for (const input of beside) {
      const pixels = await pixelsOf(input);
      if (turn !== this.turn) return;
      if (pixels === undefined) continue;
      left -= pixels;
      if (left < 0) return;
      await this.get(input).catch(() => undefined);
      if (turn !== this.turn) return;
    }
  }

  /** Those beside the shown one that there is room for. What isn't decoded yet takes none so far. */
  private fitting(): ReadonlySet<ImageInput> {
    let left = BESIDE;
    const fitting = new Set<ImageInput>();
    for (const input of this.beside) {
      const pixels = this.held.get(input)?.progress.pixels ?? 0;
      if (pixels > left) continue;
      left -= pixels;
      fitting.add(input);
    }
    return fitting;
  }

  private isTooMuch(input: ImageInput): boolean {
    return input !== this.shown && this.beside.includes(input) && !this.fitting().has(input);
  }

  private drop(input: ImageInput, { picture, progress }: Held): void {
    progress.isDropped = true;
    this.held.delete(input);
    picture.then(
      ({ bitmap }) => bitmap.close(),
      // Whoever asked for it has heard that it can't be decoded.
      () => undefined,
    );
  }

  private async start(input: ImageInput, progress: Progress): Promise<Picture> {
    while (this.running.size >= AT_ONCE) {
      await Promise.race(this.running);
      // Somebody has gone on meanwhile.
      if (progress.isDropped) throw new Error('This photo is wanted no longer.');
    }
    progress.isBegun = true;
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

/** As far as a file's first bytes say, else too many; undefined where it can't be read. */
async function pixelsOf(input: ImageInput): Promise<number | undefined> {
  if (!(input instanceof Blob)) return Infinity;
  let start: ArrayBuffer;
  try {
    start = await input.slice(0, HEADER).arrayBuffer();
  } catch {
    // That is heard of when it is to be shown.
    return undefined;
  }
  const { width = Infinity, height = Infinity } = readImageHeader(new Uint8Array(start)) ?? {};
  return width * height;
}
