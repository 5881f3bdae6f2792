import type { ImageInput } from '../../detector/types.js';
import { photoBitmap } from '../shared/photo-bitmap.js';

/** Longest side, canvas pixels: sharp on a screen with two pixels per CSS pixel. */
const SIDE = 128;

/**
 * Draws thumbnails on canvases when they come into sight, one after the other: photos are large, and the network
 * needs the cores.
 */
export class Thumbnails {
  private readonly inputs = new WeakMap<Element, ImageInput>();
  private readonly observer: IntersectionObserver;
  private waiting: HTMLCanvasElement[] = [];
  private isDrawing = false;

  constructor(root: Element) {
    this.observer = new IntersectionObserver((entries) => this.seen(entries), { root, rootMargin: '200px' });
  }

  /** Does nothing for a canvas that shows that photo already, or soon will. */
  show(canvas: HTMLCanvasElement, input: ImageInput): void {
    if (this.inputs.get(canvas) === input) return;
    this.inputs.set(canvas, input);
    this.observer.observe(canvas);
  }

  dispose(): void {
    this.observer.disconnect();
    this.waiting = [];
  }

  private seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      // Canvases that have left the view before their turn aren't drawn.
      this.waiting = this.waiting.filter((canvas) => canvas !== target);
      if (isIntersecting) this.waiting.push(target as HTMLCanvasElement);
    }
    this.draw().catch(() => {
      // What was left is drawn when something comes into sight again.
      this.isDrawing = false;
    });
  }

  private async draw(): Promise<void> {
    if (this.isDrawing) return;
    this.isDrawing = true;
    for (let canvas = this.waiting.shift(); canvas; canvas = this.waiting.shift()) {
      const input = this.inputs.get(canvas);
      this.observer.unobserve(canvas);
      if (!input) continue;
      // A photo that can't be decoded has no thumbnail; the list shows its state.
      const bitmap = await photoBitmap(input, SIDE).catch(() => undefined);
      if (!bitmap) continue;
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
    }
    this.isDrawing = false;
  }
}
