/** When a region counts as a find. */
import { componentsOf } from '../regions/components.js';
import { RegionColumns } from '../regions/region-sets.js';
import type { Region } from '../types.js';

/** From that intersection over union on, with what it touches of the truth. */
const FOUND_IOU = 0.1;

/** The parts of a truth that don't touch each other. */
export const partsOf = (truth: Region): readonly RegionColumns[] =>
  componentsOf(truth).map((one) => new RegionColumns(one));

export interface Agreement {
  /** Pixels that the region has in common with the truth. */
  readonly shared: number;
  /** Whether it agrees well enough with those parts that it touches. */
  readonly isFind: boolean;
}

export function agreement(region: RegionColumns, parts: readonly RegionColumns[]): Agreement {
  let [shared, area] = [0, 0];
  for (const part of parts) {
    const common = region.sharedArea(part);
    if (common === 0) continue;
    shared += common;
    area += part.area;
  }
  return { shared, isFind: shared > 0 && shared >= FOUND_IOU * (region.area + area - shared) };
}
