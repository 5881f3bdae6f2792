import { locateAssets } from './assets.js';
import { givenLesson } from './given-lesson.js';
import { givenOptions } from './given-options.js';
import type { Lesson, Taught, TeachOptions } from './teach.js';
import { requirePage } from './require-page.js';
import { measureSlowness } from './time-limit.js';
import { connectWorker } from './worker-connection.js';

/**
 * Learns a person's own part from photos: from good ones alone what is unlike them, and from marked ones what the marks show. Takes
 * seconds, in workers, and stores nothing.
 * @throws {InspectorError} `lesson-unusable` where nothing can be learnt from it; `cancelled`; what a photo fails with that can't be read
 */
export async function teach(lesson: Lesson, given: TeachOptions = {}): Promise<Taught> {
  requirePage();
  const options = givenOptions(given);
  const assets = locateAssets(options.assets);
  const [{ teachLesson }, { connectTeaching }] = await Promise.all([
    import('./teach.js'),
    import('./teaching-api.js'),
  ]);
  return teachLesson(givenLesson(lesson), options, {
    connect: () => connectWorker(assets.worker),
    connectTeaching: () => connectTeaching(assets.teaching),
    assets,
    cores: navigator.hardwareConcurrency,
    crossOriginIsolated,
    slowness: measureSlowness,
  });
}
