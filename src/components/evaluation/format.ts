/** How figures are written. A dash where there is none. */
import type { Interval } from '../../core/evaluation/intervals.js';

const NONE = '–';

/** A share as a percentage: `8.3 %`. */
export const percent = (value: number): string =>
  Number.isFinite(value) ? `${(value * 100).toFixed(1)} %` : NONE;

/** Average precision, IoU: `0.713`. */
export const fraction = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : NONE);

/** Scores and thresholds: `0.42`. */
export const score = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : NONE);

/** `0.610–0.820`, `61.0–82.0 %`; nothing where there is no interval. */
export const range = ([low, high]: Interval, write: (value: number) => string): string =>
  Number.isFinite(low) ? `${write(low).replace(' %', '')}–${write(high)}` : '';
