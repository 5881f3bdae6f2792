/** How long views take, by those that were run. */
import type { SeenView } from '../core/pipeline/found.js';
import type { Level, PlannedView } from '../core/pipeline/plan.js';

/**
 * What a view costs whatever its size, as network pixels that take as long. Measured with the shipped model on one thread: 157 ms for
 * 320 x 320, 369 ms for 960 x 320, 981 ms for 960 x 960.
 */
const FIXED_COST = 50_000;

type Sized = Pick<PlannedView, 'width' | 'height' | 'fit'>;

/** Of one model, on this device. */
export class ViewTimes {
  /** Milliseconds that the network took for the last view of a size, by its network pixels. */
  private readonly times = new Map<number, number>();
  private lastSize = 0;
  /** Making photo pixels the network's depends on them alone: a view of a whole photo reads as many as all of its tiles. */
  private readonly resampled = { pixels: 0, milliseconds: 0 };

  learn(view: Sized, { resample, infer, post }: SeenView['timing']): void {
    this.lastSize = networkPixels(view);
    this.times.set(this.lastSize, infer + post);
    this.resampled.pixels += photoPixels(view);
    this.resampled.milliseconds += resample;
  }

  /** @param workers side by side @returns undefined as long as nothing was run */
  secondsFor(levels: readonly Level[], workers: number): number | undefined {
    const last = this.times.get(this.lastSize);
    if (last === undefined) return undefined;
    const perNetworkPixel = last / (this.lastSize + FIXED_COST);
    const perPhotoPixel = this.resampled.milliseconds / this.resampled.pixels;
    const timeOf = (view: Sized) => {
      const pixels = networkPixels(view);
      const network = this.times.get(pixels) ?? (pixels + FIXED_COST) * perNetworkPixel;
      return network + photoPixels(view) * perPhotoPixel;
    };
    let [views, sum] = [0, 0];
    for (const level of levels) {
      const count = level.columns.length * level.rows.length;
      views += count;
      sum += count * timeOf(level);
    }
    return sum / 1000 / Math.min(workers, views);
  }
}

const networkPixels = ({ fit: { paddedWidth, paddedHeight } }: Sized) => paddedWidth * paddedHeight;
const photoPixels = ({ width, height }: Sized) => width * height;
