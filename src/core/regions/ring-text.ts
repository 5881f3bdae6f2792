/**
 * Rings as short texts, for files: points in fiftieths of a pixel, each as its difference to the point before (the first to
 * the origin), x then y, in the characters of COCO's compressed run lengths.
 */
import { numberFromText, numberToText } from './number-text.js';

/** Steps per pixel: rounding moves a point by 0.015 px at most. */
const STEPS = 50;

/** @param ring `[x0, y0, x1, y1, ...]` in photo pixels, within 10 million pixels of the origin */
export function ringToText(ring: ArrayLike<number>): string {
  let text = '';
  let before = [0, 0];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const point = [Math.round(ring[i]! * STEPS), Math.round(ring[i + 1]! * STEPS)];
    text += numberToText(point[0]! - before[0]!) + numberToText(point[1]! - before[1]!);
    before = point;
  }
  return text;
}

/** `[x0, y0, x1, y1, ...]` in photo pixels. @throws {RangeError} when the text is no ring */
export function ringFromText(text: string): Float32Array {
  const ring: number[] = [];
  const before = [0, 0];
  for (let at = 0; at < text.length;) {
    const axis = ring.length % 2;
    const { value, next } = numberFromText(text, at);
    before[axis]! += value;
    ring.push(before[axis]! / STEPS);
    at = next;
  }
  if (ring.length % 2 === 1) throw new RangeError('The ring ends with half a point.');
  return Float32Array.from(ring);
}
