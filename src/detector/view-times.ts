/** How long views take, by those that were run. */
import type { SeenView } from '../core/pipeline/found.js';
import type { Level, PlannedView } from '../core/pipeline/plan.js';

/**
 * What a view costs whatever its size, as network pixels that take as long. Measured with the shipped model on one thread: 157 ms for
 * 320 x 320, 369 ms for 960 x 320, 981 ms for 960 x 960.
 */
const FIXED_COST = 50_000;

/** The median of so many views counts: one during which the device was busy with something else changes nothing. */
const RECENT = 9;

type Sized = Pick<PlannedView, 'width' | 'height' | 'fit'>;

/** Of one model, on this device. */
export class ViewTimes {
  /** Milliseconds that the network took for views of a size, by its network pixels. */
  private readonly bySize = new Map<number, Recent>();
  private readonly perNetworkPixel = new Recent();
  /** Making photo pixels the network's depends on them alone: a view of a whole photo reads as many as all of its tiles. */
  private readonly perPhotoPixel = new Recent();

  learn(view: Sized, { resample, infer, post }: SeenView['timing']): void {
    const pixels = networkPixels(view);
    const known = this.bySize.get(pixels) ?? new Recent();
    this.bySize.set(pixels, known);
    known.add(infer + post);
    this.perNetworkPixel.add((infer + post) / (pixels + FIXED_COST));
    this.perPhotoPixel.add(resample / photoPixels(view));
  }

  /** @param workers side by side @returns undefined as long as nothing was run */
  secondsFor(levels: readonly Level[], workers: number): number | undefined {
    const perNetworkPixel = this.perNetworkPixel.median;
    const perPhotoPixel = this.perPhotoPixel.median;
    if (perNetworkPixel === undefined || perPhotoPixel === undefined) return undefined;
    const timeOf = (view: Sized) => {
      const pixels = networkPixels(view);
      const network = this.bySize.get(pixels)?.median ?? (pixels + FIXED_COST) * perNetworkPixel;
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

/** The last few of some times. The first one also pays for what is done once: it counts as long as there is no other. */
class Recent {
  private values: readonly number[] = [];
  private count = 0;

  add(value: number): void {
    this.values = this.count++ === 1 ? [value] : [...this.values.slice(1 - RECENT), value];
  }

  /** Of an even number the lower one of the two in the middle; undefined of none. */
  get median(): number | undefined {
    return this.values.toSorted((a, b) => a - b)[(this.values.length - 1) >> 1];
  }
}

const networkPixels = ({ fit: { paddedWidth, paddedHeight } }: Sized) => paddedWidth * paddedHeight;
const photoPixels = ({ width, height }: Sized) => width * height;
