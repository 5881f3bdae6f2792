import type { Point } from '../viewport.js';
import type { Drawing } from './drawing.js';
import type { Sketch } from './sketch.js';

/** Points of a stroke closer than this share of its radius add nothing that could be seen. */
const SPACING = 1 / 20;

/** What a round brush covers while it is pressed. */
export class StrokeDrawing implements Drawing {
  private points: Point[] = [];

  /** @param radius photo pixels */
  constructor(
    private readonly radius: number,
    private readonly erases: boolean,
  ) {}

  get sketch(): Sketch | undefined {
    const { points, radius, erases } = this;
    return points.length > 0 ? { kind: 'stroke', points, radius, erases } : undefined;
  }

  press(point: Point): void {
    this.points = [point];
  }

  drag(points: readonly Point[]): void {
    for (const point of points) {
      const last = this.points.at(-1);
      if (!last) return;
      if (Math.hypot(point.x - last.x, point.y - last.y) >= this.radius * SPACING) this.points.push(point);
    }
  }

  release(): Sketch | undefined {
    const { sketch } = this;
    this.points = [];
    return sketch;
  }

  cancelPress(): void {
    this.points = [];
  }
}
