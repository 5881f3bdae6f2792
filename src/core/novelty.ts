import type { NoveltyReference } from './types.js';

/**
 * The distance of a photo's features to the nearest cluster of the training data's, in units of the limit: 0 in the
 * middle of a cluster, above 1 beyond what validation photos reach. `training/novelty.py` says how they are learnt.
 *
 * @param features as many as a centre has coordinates
 */
export function novelty(features: ArrayLike<number>, { centres, limit }: NoveltyReference): number {
  const squares = centres.map((centre) =>
    centre.reduce((sum, value, axis) => sum + (value - features[axis]!) ** 2, 0),
  );
  return Math.sqrt(Math.min(...squares)) / limit;
}

/** Whether a photo with that novelty looks like nothing that the model was trained on. */
export const isForeign = (value: number | undefined): boolean => value !== undefined && value > 1;
