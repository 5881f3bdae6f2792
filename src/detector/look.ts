import type { DetailOptions } from '../core/pipeline/detail.js';
import type { Box } from '../core/types.js';
import type { InspectOptions } from './types.js';

/** How a photo is to be looked at. */
export interface Look extends DetailOptions {
  readonly area?: Box | undefined;
}

/** Whatever a caller gives, within what makes sense; the default for nonsense. */
export function validLook({
  detail,
  smallest,
  area,
}: Pick<InspectOptions, 'detail' | 'smallest' | 'area'>): Look {
  return {
    detail: detail === 'fast' || detail === 'thorough' ? detail : 'auto',
    smallest: isNumber(smallest) && smallest > 0 ? Math.max(1, smallest) : undefined,
    area,
  };
}

const isNumber = (value: number | undefined): value is number => Number.isFinite(value);

/** The same for looks that come to the same. */
export function lookKey({ detail, smallest, area }: Look): string {
  return JSON.stringify([detail, detail === 'fast' ? null : smallest, area]);
}

/** What a caller says about it, and nothing else. */
export function givenLook({ detail, smallest, area }: InspectOptions): Partial<Look> {
  return { ...(detail && { detail }), ...(smallest !== undefined && { smallest }), ...(area && { area }) };
}
