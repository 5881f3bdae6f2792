import type { Point } from '../viewport.js';
import type { Drawing } from './drawing.js';
import type { Sketch } from './sketch.js';

/** Corners that enclose anything. */
const LEAST = 3;

/**
 * A corner for each press, which may be dragged until it is let go. Pressed on its first corner, or on the last one once more (a
 * double click), the polygon is complete.
 */
export class PolygonDrawing implements Drawing {
  private corners: readonly Point[] = [];
  private to: Point | undefined;
  private pressed: 'none' | 'corner' | 'closing' = 'none';

  get sketch(): Sketch | undefined {
    const { corners, to } = this;
    return corners.length > 0 ? { kind: 'polygon', corners, to } : undefined;
  }

  press(point: Point, tolerance: number): void {
    const isNear = (corner: Point | undefined) =>
      corner !== undefined && Math.hypot(point.x - corner.x, point.y - corner.y) <= tolerance;
    const { corners } = this;
    this.to = undefined;
    if (corners.length >= LEAST && isNear(corners[0])) this.pressed = 'closing';
    else if (isNear(corners.at(-1))) this.pressed = corners.length >= LEAST ? 'closing' : 'none';
    else {
      this.corners = [...corners, point];
      this.pressed = 'corner';
    }
  }

  drag(points: readonly Point[]): void {
    const point = points.at(-1);
    if (point && this.pressed === 'corner') this.corners = [...this.corners.slice(0, -1), point];
  }

  release(): Sketch | undefined {
    const isClosed = this.pressed === 'closing';
    this.pressed = 'none';
    return isClosed ? this.finish() : undefined;
  }

  cancelPress(): void {
    if (this.pressed === 'corner') this.corners = this.corners.slice(0, -1);
    this.pressed = 'none';
  }

  hover(point: Point | undefined): void {
    this.to = point;
  }

  stepBack(): boolean {
    if (this.corners.length === 0) return false;
    this.pressed = 'none';
    this.corners = this.corners.slice(0, -1);
    return true;
  }

  finish(): Sketch | undefined {
    const { sketch, corners } = this;
    if (corners.length < LEAST) return undefined;
    this.corners = [];
    this.to = undefined;
    return sketch;
  }
}
