/** Checks of what a model file says of itself, before it is used as a number of things or as a size. */
import { MAX_CLASSES, MAX_INPUT_SIDE, MAX_METADATA, MAX_NAME } from '../limits.js';
import type { InputRule, ModelHints } from '../types.js';
import { legible } from '../../messages/legible.js';
import { unsupported } from './unsupported.js';

/** As it is. @throws {InspectorError} 'model-unsupported' where no model has as many */
export function checkedClassCount(classes: number): number {
  if (classes <= MAX_CLASSES) return classes;
  throw unsupported({ reason: 'too-many-classes', params: { classes, limit: MAX_CLASSES } });
}

/** An entry of the file's metadata, as it is. @throws {InspectorError} 'model-unsupported' where it is longer than any */
export function checkedMetadata(text: string): string {
  if (text.length <= MAX_METADATA) return text;
  throw unsupported({ reason: 'metadata-too-long', params: { limit: MAX_METADATA } });
}

/** In legible characters. @throws {InspectorError} 'model-unsupported' where one is too long, or where there are too many */
export function checkedNames(names: readonly string[]): readonly string[] {
  checkedClassCount(names.length);
  if (names.every(({ length }) => length <= MAX_NAME)) return names.map(legible);
  throw unsupported({ reason: 'name-too-long', params: { what: 'class', limit: MAX_NAME } });
}

/** As it is, pixels. @throws {InspectorError} 'model-unsupported' where no photo of that size can be prepared */
export function checkedInputSize<Size extends NonNullable<InputRule['size']>>(size: Size): Size {
  const { width, height } = size;
  if ([width, height].every((side) => side >= 1 && side <= MAX_INPUT_SIDE)) return size;
  throw unsupported({ reason: 'input-of-impossible-size', params: { width, height, limit: MAX_INPUT_SIDE } });
}

/** Network inputs that are smaller show nothing. */
const LEAST_SIDE = 32;

/**
 * Hints within bounds: a size that is no number is left out, one beyond them becomes the nearest that is within.
 * @throws {InspectorError} 'model-unsupported' where names are too long or too many
 */
export function checkedHints({ name, classes, shortSide }: ModelHints): ModelHints {
  return {
    ...(name !== undefined && { name: legible(name).slice(0, MAX_NAME) }),
    ...(classes && { classes: checkedNames(classes) }),
    ...(shortSide !== undefined &&
      !Number.isNaN(shortSide) && {
        shortSide: Math.min(MAX_INPUT_SIDE, Math.max(LEAST_SIDE, Math.round(shortSide))),
      }),
  };
}
