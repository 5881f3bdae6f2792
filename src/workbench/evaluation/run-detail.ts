import type { Size } from '../../core/rect.js';
import type { Inspection } from '../../core/types.js';

/** How thoroughly an evaluation looks at photos: at all of them alike, so that no figure depends on how fast the device is. */
export type RunDetail = Inspection['input']['detail'];

/** In the order in which they are offered. */
export const RUN_DETAILS: readonly RunDetail[] = ['fast', 'thorough'];

/** Seconds that so many photos of a size take; undefined as long as that isn't known. */
export type RunTime = (detail: RunDetail) => number | undefined;

/** As much of a detector as tells that. */
interface Planner {
  estimate?(photo: Size, look: { readonly detail: RunDetail }): { readonly seconds?: number };
}

export function runTime(detector: Planner | undefined, size: Size | undefined, photos: number): RunTime {
  return (detail) => {
    const seconds = size && detector?.estimate?.(size, { detail }).seconds;
    return seconds === undefined ? undefined : seconds * photos;
  };
}
