import { mulberry32 } from '../../src/core/random.js';

/** The fixed work that others are compared with: some ten milliseconds on a computer of 2020. */
function sortNumbers(): number {
  const random = mulberry32(1);
  const began = performance.now();
  Array.from({ length: 30_000 }, random).sort((a, b) => a - b);
  return performance.now() - began;
}

/**
 * How often 30,000 numbers could have been sorted in the time that `work` takes: a slow or busy computer is slow at both. What takes long
 * is tried again, up to `tries` times, and the least counts.
 */
export async function relativeTime(work: () => unknown, tries = 3): Promise<number> {
  const unit = Math.min(sortNumbers(), sortNumbers(), sortNumbers());
  let least = Infinity;
  for (let i = 0; i < tries; i++) {
    const began = performance.now();
    await work();
    least = Math.min(least, (performance.now() - began) / unit);
    if (least < 10) break;
  }
  return least;
}
