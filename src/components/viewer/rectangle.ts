import type { Point } from './viewport.js';
import { pointIn } from './gestures.js';

export interface RectangleHandler {
  /** It goes from one point of the pane to the other now; undefined: there is none any more. */
  draw(corners: readonly [Point, Point] | undefined): void;
  /** The pointer was let go. */
  done(corners: readonly [Point, Point]): void;
}

/** CSS pixels; a rectangle that is smaller was a click. */
const LEAST = 4;

/** Turns the events of one pointer on a pane into a rectangle. A second pointer ends it: whoever puts two fingers on a photo wants to zoom. */
export class RectangleGesture {
  private start: Point | undefined;
  private readonly pointers = new Set<number>();

  constructor(private readonly handler: RectangleHandler) {}

  readonly down = (event: PointerEvent): void => {
    if (event.button > 0) return;
    const pane = event.currentTarget as HTMLElement;
    pane.setPointerCapture(event.pointerId);
    this.pointers.add(event.pointerId);
    if (this.pointers.size === 1) this.start = pointIn(event, pane);
    else this.stop();
  };

  readonly move = (event: PointerEvent): void => {
    if (!this.start || !this.pointers.has(event.pointerId)) return;
    this.handler.draw([this.start, pointIn(event, event.currentTarget as HTMLElement)]);
  };

  readonly up = (event: PointerEvent): void => {
    const { start } = this;
    const end = pointIn(event, event.currentTarget as HTMLElement);
    if (!this.pointers.delete(event.pointerId) || !start) return;
    this.stop();
    const isDrawn = Math.max(Math.abs(end.x - start.x), Math.abs(end.y - start.y)) >= LEAST;
    if (isDrawn && event.type !== 'pointercancel') this.handler.done([start, end]);
  };

  private stop(): void {
    this.start = undefined;
    this.handler.draw(undefined);
  }
}
