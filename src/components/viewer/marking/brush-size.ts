import { MAX_BRUSH, MIN_BRUSH } from '../../../workbench/lessons/state.js';

/** Of one press of a key or notch of a wheel. */
const STEP = 1.2;
/** Radii are multiples of it, photo pixels. */
const GRID = 0.5;

/** Positions of the slider: 0..that. */
export const SLIDER = 100;

/** A step larger or smaller, and never the same, within what a brush may be. @param by steps */
export function stepBrush(radius: number, by: number): number {
  const wanted = onGrid(radius * STEP ** by);
  return bounded(wanted === radius ? radius + Math.sign(by) * GRID : wanted);
}

/** Where a radius lies on a slider that gives small brushes as much room as large ones. */
export const sliderOf = (radius: number): number =>
  Math.round((SLIDER * Math.log(radius / MIN_BRUSH)) / Math.log(MAX_BRUSH / MIN_BRUSH));

export const radiusAt = (position: number): number =>
  bounded(onGrid(MIN_BRUSH * (MAX_BRUSH / MIN_BRUSH) ** (position / SLIDER)));

const onGrid = (radius: number): number => Math.round(radius / GRID) * GRID;
const bounded = (radius: number): number => Math.min(MAX_BRUSH, Math.max(MIN_BRUSH, radius));
