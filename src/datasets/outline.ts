/** Outlines as COCO's segmentations, which evaluation understands. */
import type { CocoSegmentation } from '../core/evaluation/coco.js';
import type { Outline } from './types.js';

/** Corners of a circle: its area is then right to 0.2 %. */
const CIRCLE_CORNERS = 64;

/** At least three corners `[x0, y0, x1, y1, ...]`. */
export function isPolygon(value: unknown): value is number[] {
  return Array.isArray(value) && value.length >= 6 && value.length % 2 === 0 && value.every(Number.isFinite);
}

export function rectangle(x1: number, y1: number, x2: number, y2: number): number[] {
  return [x1, y1, x2, y1, x2, y2, x1, y2];
}

export function circle(x: number, y: number, radius: number): number[] {
  return Array.from({ length: CIRCLE_CORNERS }, (_, i) => {
    const angle = (2 * Math.PI * i) / CIRCLE_CORNERS;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  }).flat();
}

/** In pixels of an image of that size. */
export function toSegmentation(outline: Outline, width: number, height: number): CocoSegmentation {
  if (outline.unit === 'pixels') return outline.segmentation;
  return [outline.polygon.map((value, i) => value * (i % 2 === 0 ? width : height))];
}
