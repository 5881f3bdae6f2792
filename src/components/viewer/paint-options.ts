import type { Detection, ModelClass } from '../../core/types.js';
import type { Ground } from './ground.js';

export type Context2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface PaintOptions {
  readonly classes: readonly ModelClass[];
  /** Of the masks' filling, 0..1. Outlines are always opaque. */
  readonly opacity: number;
  readonly labels: boolean;
  readonly boxes: boolean;
  /** Canvas pixels per unit of line widths and text: the device pixel ratio on a screen. */
  readonly unit: number;
  /** What the outlines have to stand out from; without it they have the colours of their classes. */
  readonly ground?: Ground | undefined;
  /** Canvas pixels at the left that nothing is drawn on. */
  readonly left?: number;
  /** What the defects are called by; their ids without it. */
  readonly numbers?: ReadonlyMap<Detection, number> | undefined;
  readonly selectedId?: number | undefined;
  readonly hoveredId?: number | undefined;
}
