/** From the figures that the evaluator sends to those that the views show. */
import { ANY_CLASS } from '../../core/evaluation/compared-image.js';
import { unpackCurve } from '../../core/evaluation/curve.js';
import type { RunFigures } from './evaluator-api.js';
import type { Evaluated } from './state.js';

/** @param photos those that all models have. */
export const evaluatedOf = (run: RunFigures, photos: readonly number[]): Evaluated => ({
  ...run,
  precision: {
    ...run.precision,
    classes: run.precision.classes.map((one) => ({ ...one, curve: unpackCurve(one.curve) })),
  },
  photos,
  thresholdOf: thresholdsIn(run),
});

function thresholdsIn({ thresholds }: RunFigures): Evaluated['thresholdOf'] {
  const all = new Set(thresholds.values());
  const any = all.size === 1 ? [...all][0]! : NaN;
  return (id) => (id === ANY_CLASS ? any : (thresholds.get(id) ?? NaN));
}
