import type { ImageInput } from '../../detector/types.js';
import { isAboutPhoto } from '../shared/about-photo.js';
import { photoPicture } from '../shared/pictures.js';

/** Longest side, canvas pixels: sharp on a screen with two pixels per CSS pixel. */
const SIDE = 128;
/** So many are kept: a photo that is scrolled back to needn't be decoded again. About 40 kB each. */
const LIMIT = 100;

/** Milliseconds after which what failed for another reason than the photo is tried again. */
const RETRY_AFTER = 10_000;

/** A row's canvas, its photo, and what was found on it, if it has been inspected. */
type Row = readonly [canvas: HTMLCanvasElement, input: ImageInput, result: object | undefined];

interface Made {
  /** Undefined: the photo could not be decoded. */
  readonly bitmap: ImageBitmap | undefined;
  readonly result: object | undefined;
  /** When it is tried again even so, ms. */
  readonly again: number;
}

/** Draws thumbnails on canvases, one after the other: photos are large, and the network needs the cores. */
export class Thumbnails {
  /** The ones not drawn for the longest go first. */
  private readonly made = new Map<ImageInput, Made>();
  private readonly drawn = new WeakMap<HTMLCanvasElement, ImageInput>();
  private wanted: Row[] = [];
  private isMaking = false;
  private isDisposed = false;

  constructor(
    private readonly make: (input: ImageInput) => Promise<ImageBitmap> = async (input) =>
      (await photoPicture(input, { what: 'thumbnail', side: SIDE })).bitmap,
  ) {}

  /**
   * Shows these photos, and makes no others any more that were asked for before. One that could not be decoded is tried
   * again when it has another result: then it could be read; and after a while where the photo was not to blame.
   */
  show(photos: Iterable<Row>): void {
    this.wanted = [];
    for (const row of photos) {
      const [canvas, input] = row;
      if (this.drawn.get(canvas) === input) continue;
      if (this.isMade(row)) this.draw(canvas, input);
      else this.wanted.push(row);
    }
    if (this.isMaking) return;
    this.makeAll().catch(() => {
      // What was left is made when the list shows something else.
      this.isMaking = false;
    });
  }

  dispose(): void {
    this.isDisposed = true;
    this.wanted = [];
    for (const { bitmap } of this.made.values()) bitmap?.close();
    this.made.clear();
  }

  private async makeAll(): Promise<void> {
    this.isMaking = true;
    for (let next = this.wanted.shift(); next; next = this.wanted.shift()) {
      const [canvas, input, result] = next;
      // It may have been asked for a second time while it was made.
      if (!this.isMade(next)) {
        // A photo that can't be decoded has no thumbnail; the list shows its state.
        let again = Infinity;
        const bitmap = await this.make(input).catch((error: unknown) => {
          if (!isAboutPhoto(error)) again = Date.now() + RETRY_AFTER;
        });
        if (this.isDisposed) bitmap?.close();
        else this.keep(input, { bitmap: bitmap ?? undefined, result, again });
      }
      this.draw(canvas, input);
    }
    this.isMaking = false;
  }

  private isMade([, input, result]: Row): boolean {
    const made = this.made.get(input);
    if (!made) return false;
    if (made.bitmap) return true;
    return Date.now() < made.again && (result === undefined || made.result === result);
  }

  private keep(input: ImageInput, made: Made): void {
    this.made.set(input, made);
    for (const [old, former] of this.made) {
      if (this.made.size <= LIMIT) break;
      former.bitmap?.close();
      this.made.delete(old);
    }
  }

  private draw(canvas: HTMLCanvasElement, input: ImageInput): void {
    const made = this.made.get(input);
    if (!made?.bitmap) return;
    const { bitmap } = made;
    // A Map remembers the order of insertion.
    this.made.delete(input);
    this.made.set(input, made);
    this.drawn.set(canvas, input);
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  }
}
