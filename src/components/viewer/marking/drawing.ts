import type { Point } from '../viewport.js';
import type { Sketch } from './sketch.js';

/** What makes a sketch of presses, drags and releases, whichever device they come from. Points are photo pixels. */
export interface Drawing {
  /** What there is of it; undefined: nothing is being drawn. */
  readonly sketch: Sketch | undefined;
  /** @param tolerance photo pixels within which two points are meant to be the same */
  press(point: Point, tolerance: number): void;
  drag(points: readonly Point[]): void;
  /** Ends the press. Returns what is complete with it. */
  release(): Sketch | undefined;
  /** As if the press had never been. */
  cancelPress(): void;
  /** Where the pointer is while nothing is pressed. */
  hover?(point: Point | undefined): void;
  /** Takes the last step back. Returns whether there was one. */
  stepBack?(): boolean;
  /** Completes what is drawn step by step. */
  finish?(): Sketch | undefined;
}
