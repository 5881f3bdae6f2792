import type { InspectorError } from '../../core/errors.js';
import type { Inspection } from '../../core/types.js';
import type { Detector, ImageInput } from '../../detector/types.js';
import { text } from '../../messages/text.js';
import { photoName } from '../intake/photo-name.js';
import { Batch, type Work } from './batch.js';
import type { BatchEntry } from './entries.js';

/** A photo and what became of it. */
export type PhotoEntry = BatchEntry<ImageInput, Inspection>;

/** Where the detectors come from. */
export interface DetectorSource {
  get(): Promise<Detector>;
  /** A photo has failed: whether the next `get` gives another detector, which is to try that photo again. */
  replaceAfter?(error: InspectorError, detector: Detector): boolean;
}

/**
 * Photos to be inspected. The detector is asked for when there is something to do and again for every photo, so that its
 * owner can replace it in between.
 */
export class PhotoBatch extends Batch<ImageInput, Inspection, Detector> {
  constructor(detectors: DetectorSource, now?: () => number) {
    const work: Work<ImageInput, Inspection, Detector> = {
      nameOf: (input, id) => photoName(input) ?? text.photos.unnamed({ number: id }),
      lanes: (detector) => detector?.workers ?? 1,
      prepare: () => detectors.get(),
      run: (input, { name, signal, tool, former }) =>
        // Who asks the same model again wants to see it work.
        tool.inspect(input, { name, signal, again: former?.model.hash === tool.model.hash }),
      failed: (error, detector) => (detectors.replaceAfter?.(error, detector) ? 'retry' : 'give-up'),
    };
    super(work, now);
  }
}
