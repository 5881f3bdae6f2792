/** Outlines as COCO's segmentations, which evaluation understands. */
import { segmentationRle, type CocoSegmentation } from '../core/evaluation/coco.js';
import { regionToRle } from '../core/regions/region.js';
import { rleArea, rleUnion } from '../core/regions/rle.js';
import type { Size } from '../core/rect.js';
import type { Outline } from './types.js';

/** Corners of a circle: its area is then right to 0.2 %. */
const CIRCLE_CORNERS = 64;
/** Further out than any photo reaches, and far from where numbers lose their digits. */
const FARTHEST = 1e9;

export const isCoordinate = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= FARTHEST;

/** Whether a coordinate may be a part of a photo's width or height, from 0 to 1. */
export const isFraction = (value: number): boolean => value >= -0.01 && value <= 1.01;

/** At least three corners `[x0, y0, x1, y1, ...]`. */
export function isPolygon(value: unknown): value is number[] {
  return Array.isArray(value) && value.length >= 6 && value.length % 2 === 0 && value.every(isCoordinate);
}

/** Corners, one after the other or in pairs, as one list of numbers; undefined where they are neither. */
function toPolygon(value: unknown): number[] | undefined {
  if (isPolygon(value)) return value;
  const isPair = (one: unknown): boolean => Array.isArray(one) && one.length === 2;
  const flat = Array.isArray(value) && value.every(isPair) ? value.flat() : undefined;
  return isPolygon(flat) ? flat : undefined;
}

/** One polygon or a list of them, see `toPolygon`; undefined where one of them can't be read. */
export function toPolygons(value: unknown): readonly (readonly number[])[] | undefined {
  const single = toPolygon(value);
  if (single) return [single];
  const polygons = Array.isArray(value) ? value.map(toPolygon) : [];
  const read = polygons.filter((one) => one !== undefined);
  return read.length > 0 && read.length === polygons.length ? read : undefined;
}

/** Whether corners lie anywhere but on one line. */
export function hasArea([x0 = 0, y0 = 0, ...rest]: readonly number[]): boolean {
  let [dx, dy] = [0, 0];
  for (let i = 0; i + 1 < rest.length; i += 2) {
    const [x, y] = [rest[i]! - x0, rest[i + 1]! - y0];
    if (dx * y !== dy * x) return true;
    if (dx === 0 && dy === 0) [dx, dy] = [x, y];
  }
  return false;
}

/**
 * Whether polygons may show on a photo: one of them reaches into it, as far as its size is known, and is as long as a pixel.
 */
export function mayShow(
  polygons: readonly (readonly number[])[],
  { width, height }: Partial<Size> = {},
): boolean {
  return polygons.some((polygon) => {
    const [left, right] = rangeOf(polygon.filter((_, i) => i % 2 === 0));
    const [top, bottom] = rangeOf(polygon.filter((_, i) => i % 2 === 1));
    return (
      Math.max(right - left, bottom - top) >= 1 &&
      Math.min(right, bottom) > 0 &&
      left < (width ?? Infinity) &&
      top < (height ?? Infinity)
    );
  });
}

const rangeOf = (values: readonly number[]): readonly [least: number, most: number] => [
  values.reduce((a, b) => Math.min(a, b)),
  values.reduce((a, b) => Math.max(a, b)),
];

export function rectangle(x1: number, y1: number, x2: number, y2: number): number[] {
  return [x1, y1, x2, y1, x2, y2, x1, y2];
}

export function circle(x: number, y: number, radius: number): number[] {
  return Array.from({ length: CIRCLE_CORNERS }, (_, i) => {
    const angle = (2 * Math.PI * i) / CIRCLE_CORNERS;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  }).flat();
}

/** In pixels of an image of that size. @throws {RangeError} when a region reaches beyond it */
export function toSegmentation(outline: Outline, width: number, height: number): CocoSegmentation {
  switch (outline.unit) {
    case 'pixels':
      return outline.segmentation;
    case 'fractions':
      return [outline.polygon.map((value, i) => value * (i % 2 === 0 ? width : height))];
    case 'parts': {
      const rles = outline.regions.map((region) => regionToRle(region, width, height));
      if (outline.polygons.length > 0)
        rles.push(segmentationRle({ segmentation: outline.polygons }, { width, height }));
      return rleUnion(rles, [height, width]);
    }
  }
}

/** Whether an outline covers at least one pixel of a photo of that size. @throws {RangeError} as `toSegmentation` */
export function hasPixels(outline: Outline, width: number, height: number): boolean {
  const segmentation = toSegmentation(outline, width, height);
  return rleArea(segmentationRle({ segmentation }, { width, height })) > 0;
}
