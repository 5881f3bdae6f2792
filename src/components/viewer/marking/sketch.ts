/** What a person is drawing, in photo pixels. It is painted as it is, and becomes a region once, at its end. */
import { polygonRegion, rectangleRegion, strokeRegion } from '../../../core/regions/drawn.js';
import type { Region } from '../../../core/types.js';
import type { Point, Size } from '../viewport.js';

export type Sketch =
  | {
      readonly kind: 'stroke';
      readonly points: readonly Point[];
      readonly radius: number;
      readonly erases: boolean;
    }
  /** `to` is where the next corner would be. */
  | { readonly kind: 'polygon'; readonly corners: readonly Point[]; readonly to: Point | undefined }
  | { readonly kind: 'rectangle'; readonly from: Point; readonly to: Point };

/** Undefined where nothing of it lies on the photo. */
export function sketchRegion(sketch: Sketch, photo: Size): Region | undefined {
  switch (sketch.kind) {
    case 'stroke':
      return strokeRegion(sketch.points, sketch.radius, photo);
    case 'polygon':
      return polygonRegion(sketch.corners, photo);
    case 'rectangle':
      return rectangleRegion(sketch.from, sketch.to, photo);
  }
}
