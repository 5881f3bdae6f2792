import type { ImageInput } from '../../detector/types.js';
import { photoBitmap } from '../shared/photo-bitmap.js';

/** Longest side, canvas pixels: sharp on a screen with two pixels per CSS pixel. */
const SIDE = 128;
/** So many are kept: a photo that is scrolled back to needn't be decoded again. About 40 kB each. */
const LIMIT = 100;

/** Draws thumbnails on canvases, one after the other: photos are large, and the network needs the cores. */
export class Thumbnails {
  /** Undefined: the photo can't be decoded. The ones not drawn for the longest go first. */
  private readonly made = new Map<ImageInput, ImageBitmap | undefined>();
  private readonly drawn = new WeakMap<HTMLCanvasElement, ImageInput>();
  private wanted: [HTMLCanvasElement, ImageInput][] = [];
  private isMaking = false;
  private isDisposed = false;

  /** Shows these photos, and makes no others any more that were asked for before. */
  show(photos: Iterable<[HTMLCanvasElement, ImageInput]>): void {
    this.wanted = [];
    for (const [canvas, input] of photos) {
      if (this.drawn.get(canvas) === input) continue;
      if (this.made.has(input)) this.draw(canvas, input);
      else this.wanted.push([canvas, input]);
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
    for (const bitmap of this.made.values()) bitmap?.close();
    this.made.clear();
  }

  private async makeAll(): Promise<void> {
    this.isMaking = true;
    for (let next = this.wanted.shift(); next; next = this.wanted.shift()) {
      const [canvas, input] = next;
      // A photo that can't be decoded has no thumbnail; the list shows its state.
      const bitmap = await photoBitmap(input, SIDE).catch(() => undefined);
      if (this.isDisposed) bitmap?.close();
      else this.keep(input, bitmap);
      this.draw(canvas, input);
    }
    this.isMaking = false;
  }

  private keep(input: ImageInput, bitmap: ImageBitmap | undefined): void {
    this.made.set(input, bitmap);
    for (const [old, former] of this.made) {
      if (this.made.size <= LIMIT) break;
      former?.close();
      this.made.delete(old);
    }
  }

  private draw(canvas: HTMLCanvasElement, input: ImageInput): void {
    const bitmap = this.made.get(input);
    if (!bitmap) return;
    // A Map remembers the order of insertion.
    this.made.delete(input);
    this.made.set(input, bitmap);
    this.drawn.set(canvas, input);
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  }
}
