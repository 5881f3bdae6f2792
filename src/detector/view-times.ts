/** How long views take, by those that were run. */
import type { PlannedView } from '../core/pipeline/plan.js';

/**
 * What a view costs whatever its size, as network pixels that take as long. Measured with the shipped model on one thread: 157 ms for
 * 320 x 320, 369 ms for 960 x 320, 981 ms for 960 x 960.
 */
const FIXED_COST = 50_000;

type Sized = Pick<PlannedView, 'fit'>;

/** Of one model, on this device. */
export class ViewTimes {
  /** Milliseconds that the last view of a size took, by its network pixels. */
  private readonly times = new Map<number, number>();
  private lastSize = 0;

  learn(view: Sized, milliseconds: number): void {
    this.lastSize = networkPixels(view);
    this.times.set(this.lastSize, milliseconds);
  }

  /** @param workers side by side @returns undefined as long as nothing was run */
  secondsFor(views: readonly Sized[], workers: number): number | undefined {
    const last = this.times.get(this.lastSize);
    if (last === undefined) return undefined;
    const perPixel = last / (this.lastSize + FIXED_COST);
    const timeOf = (pixels: number) => this.times.get(pixels) ?? (pixels + FIXED_COST) * perPixel;
    const sum = views.reduce((milliseconds, view) => milliseconds + timeOf(networkPixels(view)), 0);
    return sum / 1000 / Math.min(workers, views.length);
  }
}

const networkPixels = ({ fit: { paddedWidth, paddedHeight } }: Sized) => paddedWidth * paddedHeight;
