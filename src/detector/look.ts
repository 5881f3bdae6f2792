import type { DetailOptions } from '../core/pipeline/detail.js';
import type { Box } from '../core/types.js';
import type { InspectOptions } from './types.js';

/** How a photo is to be looked at. */
export interface Look extends DetailOptions {
  readonly area?: Box | undefined;
  /** Whether the map of scores is wanted, too. */
  readonly map?: boolean | undefined;
}

/** Whatever a caller gives, within what makes sense; the default for nonsense. */
export function validLook({
  detail,
  smallest,
  area,
  map,
}: Pick<InspectOptions, 'detail' | 'smallest' | 'area' | 'map'>): Look {
  return {
    detail: detail === 'fast' || detail === 'thorough' ? detail : 'auto',
    smallest: isNumber(smallest) && smallest > 0 ? Math.max(1, smallest) : undefined,
    area,
    map: map === true,
  };
}

const isNumber = (value: number | undefined): value is number => Number.isFinite(value);

/** The same for looks that come to the same. */
export function lookKey({ detail, smallest, area, map }: Look): string {
  return JSON.stringify([detail, detail === 'fast' ? null : smallest, area, map]);
}

/** What a caller says about it, and nothing else. */
export function givenLook({ detail, smallest, area }: InspectOptions): Partial<Look> {
  return { ...(detail && { detail }), ...(smallest !== undefined && { smallest }), ...(area && { area }) };
}
