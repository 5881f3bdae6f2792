/** How far a figure made from few examples can be trusted. */
import { mulberry32 } from '../random.js';
import { weightedPrecision, type Ranking } from './average-precision.js';

/** Below so many examples a figure gets a warning: its interval is wider than about 0.3. */
export const FEW = 30;

/** From and to; both NaN where there is nothing to say. */
export type Interval = readonly [low: number, high: number];

/** Of the normal distribution, for 95 %. */
const Z = 1.959964;

/**
 * Wilson's 95 % score interval of a proportion (Wilson, J. Am. Stat. Assoc. 22, 1927), which holds for few examples and
 * near 0 and 1, too.
 *
 * @param hits of `total`, both whole and not negative.
 */
export function wilson(hits: number, total: number): Interval {
  if (total === 0) return [NaN, NaN];
  const share = hits / total;
  const z2 = Z * Z;
  const middle = share + z2 / (2 * total);
  const half = Z * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  const scale = 1 + z2 / total;
  const [low, high] = [(middle - half) / scale, (middle + half) / scale];
  return [hits === 0 ? 0 : Math.max(0, low), hits === total ? 1 : Math.min(1, high)];
}

export interface BootstrapOptions {
  /** Of images that are there; 1000 by default. */
  readonly replicates?: number;
  /** The same seed gives the same interval. */
  readonly seed?: number;
}

export interface PrecisionIntervals {
  /** Of the mean over classes. */
  readonly mean: Interval;
  /** In the order of the rankings. */
  readonly classes: readonly Interval[];
}

/**
 * 95 % percentile intervals of average precision by the bootstrap (Efron, 1979): images, not defects, are drawn with
 * replacement, since defects of one part are alike. Draws in which a class has no truth say nothing about it. Where
 * every draw gives the same, as for a class of which all of few defects are found, the bootstrap knows no doubt; then it
 * is Wilson's interval of the share that is found at all.
 *
 * @param rankings one per class, at one IoU, over the same images.
 * @param truths per class, per image: how many truths count.
 */
export function bootstrapPrecision(
  rankings: readonly Ranking[],
  truths: readonly (readonly number[])[],
  images: number,
  { replicates = 1000, seed = 1 }: BootstrapOptions = {},
): PrecisionIntervals {
  const random = mulberry32(seed);
  const means: number[] = [];
  const draws: number[][] = rankings.map(() => []);
  const weights = new Uint16Array(images);
  for (let replicate = 0; replicate < replicates && images > 0; replicate++) {
    weights.fill(0);
    for (let i = 0; i < images; i++) weights[Math.floor(random() * images)]!++;
    const values: number[] = [];
    rankings.forEach(({ ranked }, i) => {
      const count = truths[i]!.reduce((sum, number, image) => sum + number * weights[image]!, 0);
      if (count === 0) return;
      const value = weightedPrecision(ranked, count, (image) => weights[image]!);
      draws[i]!.push(value);
      values.push(value);
    });
    if (values.length > 0) means.push(values.reduce((sum, value) => sum + value, 0) / values.length);
  }
  const counts = rankings.map((ranking) => ({
    hits: ranking.ranked.filter(({ isHit }) => isHit).length,
    truths: ranking.truths,
  }));
  const all = {
    hits: counts.reduce((sum, { hits }) => sum + hits, 0),
    truths: counts.reduce((sum, one) => sum + one.truths, 0),
  };
  return {
    mean: withDoubt(percentiles(means), all),
    classes: draws.map((values, i) => withDoubt(percentiles(values), counts[i]!)),
  };
}

function withDoubt(interval: Interval, { hits, truths }: { hits: number; truths: number }): Interval {
  return interval[0] === interval[1] ? wilson(hits, truths) : interval;
}

function percentiles(values: readonly number[]): Interval {
  if (values.length === 0) return [NaN, NaN];
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.025), at(0.975)];
}
