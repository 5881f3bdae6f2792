import type { Point } from '../viewport.js';
import type { Drawing } from './drawing.js';
import type { Sketch } from './sketch.js';

/** From where the pointer was pressed to where it is let go. */
export class RectangleDrawing implements Drawing {
  private from: Point | undefined;
  private to: Point | undefined;
  private tolerance = 0;

  get sketch(): Sketch | undefined {
    const { from, to } = this;
    return from && to && { kind: 'rectangle', from, to };
  }

  press(point: Point, tolerance: number): void {
    this.from = point;
    this.to = point;
    this.tolerance = tolerance;
  }

  drag(points: readonly Point[]): void {
    if (this.from) this.to = points.at(-1) ?? this.to;
  }

  release(): Sketch | undefined {
    const { from, to, sketch } = this;
    this.cancelPress();
    // A rectangle that is smaller was a click.
    const isDrawn =
      from && to && Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) >= this.tolerance;
    return isDrawn ? sketch : undefined;
  }

  cancelPress(): void {
    this.from = undefined;
    this.to = undefined;
  }
}
