import { locateAssets } from './assets.js';
import { givenOptions } from './given-options.js';
import { openDetector } from './open-detector.js';
import { requirePage } from './require-page.js';
import { ResultCache } from './result-cache.js';
import { measureSlowness } from './time-limit.js';
import type { DetectorOptions, EstimatingDetector } from './types.js';
import { connectWorker } from './worker-connection.js';

/** Shared by all detectors of a page: going back to a former model costs nothing. */
const results = new ResultCache(64 * 2 ** 20);

/** Measured once a page. */
let slowness: number | undefined;

/**
 * Loads runtime and model and gives a detector that is ready for photos.
 * A model that was named and can't be used is an error, unless `fallback` is true: then the shipped one is used.
 * `signal` cancels the loading; afterwards, `dispose` is the way to end a detector.
 * @throws {InspectorError}
 */
export async function createDetector(given: DetectorOptions = {}): Promise<EstimatingDetector> {
  requirePage();
  const options = givenOptions(given);
  const assets = locateAssets(options.assets);
  return openDetector(options, {
    connect: () => connectWorker(assets.worker),
    assets,
    results,
    cores: navigator.hardwareConcurrency,
    crossOriginIsolated,
    slowness: () => (slowness ??= measureSlowness()),
  });
}
